"""Why the child does not read a file. Without Django: the parent finds the words for it."""


class Declined(Exception):
    """A file that is not read; `code` is a key of `words.REFUSALS`, `facts` fill its words."""

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)
