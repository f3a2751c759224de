"""What a refusal says, in the words that the user reads."""

import re
from contextlib import contextmanager

import pytest

from tongxin.core.errors import Refused


@contextmanager
def refused(words):
    """Expect a refusal one of whose problems says this; the words are a pattern."""
    with pytest.raises(Refused) as found:
        yield found
    said = [str(problem) for problem in found.value.problems]
    assert any(re.search(words, each) for each in said), said
