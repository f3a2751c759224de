"""What somebody may correct of what is kept about himself."""

from tongxin.core.errors import refuse_if
from tongxin.journal.actions import action, record, unchanged

from .models import Account
from .own_rules import own_problems


@action
def correct_own(account: Account, *, display_name: str, email: str) -> Account:
    """Correct the name shown and the address; the user name is the administrator's to change.

    Raises Refused with every problem found.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    wanted = {"display_name": display_name.strip(), "email": email.strip()}
    refuse_if(own_problems(**wanted))
    differ = {name: value for name, value in wanted.items() if getattr(account, name) != value}
    if not differ:
        unchanged()
        return account
    before = {name: getattr(account, name) for name in differ}
    for name, value in differ.items():
        setattr(account, name, value)
    account.save(update_fields=list(differ))
    record(account, "accounts.corrected", account, before=before, after=differ)
    return account
