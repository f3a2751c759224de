"""A county with its towns, and somebody who brings sheets in."""

from dataclasses import dataclass
from typing import Any

import pytest


@dataclass
class Office:
    """The small tree, a programme, and the coordinator of the county in the east."""

    tree: Any
    pilot: Any
    account: Any

    @property
    def asker(self):
        from tongxin.registers.forms import Asker

        return Asker(self.account, self.pilot, self.pilot.day)


@pytest.fixture(autouse=True)
def _empty_folder_of_uploads():
    from tongxin.exchange import uploads

    for kept in uploads.folder().iterdir():
        kept.unlink()


@pytest.fixture
def office(db):
    from tests import factories as make

    tree = make.tree()
    pilot = make.programme(tree.city)
    return Office(tree, pilot, make.coordinator(tree.east))
