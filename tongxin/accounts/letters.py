"""Letters to the holders of accounts; written in the language of whoever sends them."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from .models import Account

logger = logging.getLogger(__name__)


def send_invitation(account: Account, link: str) -> bool | None:
    """Send the link of an invitation: True when it is on its way, False when it could not be sent.

    None where no mail is set up, or the account has no address. It is sent at once and not by a
    task: a task would keep the link in the database.
    """
    if not settings.MAIL_SET_UP or not account.email:
        return None
    text = _(
        "你的账号“%(name)s”已开好。\n\n打开这个链接设密码，7 天内有效，只能用一次：\n%(link)s\n\n"
        "你没有要过这个账号，就不要打开，告诉发信的管理员。\n"
    )
    try:
        facts = {"name": account.username, "link": link}
        send_mail(_("设好你在同心的密码"), text % facts, None, [account.email])
    except (SMTPException, OSError) as error:
        logger.warning("an invitation could not be mailed: %s", error)
        return False
    return True
