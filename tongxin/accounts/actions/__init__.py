"""What administrators do: accounts, invitations, offices, postings. One verb for each change."""

from .accounts import change_account, deactivate, end_sessions, open_account, reactivate
from .invitations import accept_invitation, invite, revoke_invitation
from .offices import close_office, open_office, rename_office, reopen_office
from .postings import correct_posting, end_posting, end_unused, post, withdraw_posting

__all__ = [
    "accept_invitation",
    "change_account",
    "close_office",
    "correct_posting",
    "deactivate",
    "end_posting",
    "end_sessions",
    "end_unused",
    "invite",
    "open_account",
    "open_office",
    "post",
    "reactivate",
    "rename_office",
    "reopen_office",
    "revoke_invitation",
    "withdraw_posting",
]
