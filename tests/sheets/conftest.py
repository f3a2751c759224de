"""Files to read: a test gives bytes and a name, and gets a book or the code of the refusal."""

import pytest

from tongxin.sheets.book import Unreadable
from tongxin.sheets.reading import read


@pytest.fixture
def opened(tmp_path):
    def open_(content, name="表.xlsx"):
        path = tmp_path / "sent"
        path.write_bytes(content)
        return read(path, name)

    return open_


@pytest.fixture
def refused(opened):
    """The code with which a file is refused; None when it is read."""

    def refuse(content, name="表.xlsx"):
        try:
            opened(content, name)
        except Unreadable as caught:
            said = caught
        else:
            return None
        assert name in str(said)
        assert "%(" not in str(said)
        return said.code

    return refuse
