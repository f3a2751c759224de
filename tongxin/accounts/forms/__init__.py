"""Reading what is typed at the door and by administrators."""

from .accounts import AccountForm, OpenForm, ReasonForm
from .door import InvitationForm, SignInForm
from .house import HouseForm
from .offices import CloseForm, OfficeForm, RenameForm
from .postings import CorrectForm, EndForm, PostingForm

__all__ = [
    "AccountForm",
    "CloseForm",
    "CorrectForm",
    "EndForm",
    "HouseForm",
    "InvitationForm",
    "OfficeForm",
    "OpenForm",
    "PostingForm",
    "ReasonForm",
    "RenameForm",
    "SignInForm",
]
