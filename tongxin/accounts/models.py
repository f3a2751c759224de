"""Account holders, the offices they work in, and their dated postings."""

import datetime as dt
import hashlib
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.divisions.models import Division

from .choices import AccountState, Role, TokenScope

SESSION_SALT = "tongxin.accounts.session"


class Accounts(BaseUserManager["Account"]):
    """Makes accounts with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        """Create an account; without a password it cannot sign in until one is set."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in. There is no superuser: rights come from postings alone.

    `office` is the one whose administrators look after the account; it gives no rights. Without
    one only the operator does.

    `rights_version` counts changes of what the account may do; a session that began under another
    one has ended.
    """

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    display_name = models.CharField(_("显示名"), max_length=60, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    office = models.ForeignKey(
        "Office",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name=_("所属单位"),
    )
    date_joined = models.DateTimeField(_("开户时间"), default=timezone.now)
    password_set_at = models.DateTimeField(_("设密码的时间"), null=True, editable=False)
    rights_version = models.PositiveIntegerField(default=1, editable=False)

    personal_in_journal: ClassVar[tuple[str, ...]] = (
        "subject_name",
        "username",
        "display_name",
        "email",
        "address",
    )
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    def __str__(self) -> str:
        return self.display_name or self.username

    def set_password(self, raw_password: str | None) -> None:
        """Set a password, and remember when."""
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    @property
    def state(self) -> AccountState:
        """What an administrator sees of it: in use, invited, or deactivated."""
        if not self.is_active:
            return AccountState.DEACTIVATED
        return AccountState.IN_USE if self.has_usable_password() else AccountState.INVITED

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to the password and to the rights they began with."""
        bound = f"{self.password}:{self.rights_version}"
        return salted_hmac(SESSION_SALT, bound, secret=secret, algorithm="sha256").hexdigest()


class SignIn(AbstractBaseSession):
    """A session: until it has signed in, it belongs to no account. Its data are sealed."""

    account = models.ForeignKey(
        Account, models.CASCADE, null=True, related_name="sign_ins", verbose_name=_("账号")
    )
    device = models.CharField(_("设备"), max_length=40, blank=True)
    began = models.DateTimeField(_("登录时间"), null=True)
    seen = models.DateTimeField(_("上次使用"), null=True)

    class Meta(AbstractBaseSession.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.account or '—'} {self.device}"

    @property
    def handle(self) -> str:
        """A name for this row that a page may show: the key itself would open it."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:16]


class Lock(models.Model):
    """Failures at the door against one name or one address; `mark` tells neither."""

    mark = models.CharField(_("标记"), max_length=64, unique=True)
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, related_name="locks", verbose_name=_("账号")
    )
    failures = models.PositiveIntegerField(_("次数"), default=0)
    since = models.DateTimeField(_("第一次"))
    until = models.DateTimeField(_("锁定到"), null=True)

    def __str__(self) -> str:
        return str(self.account or "—")

    def is_shut(self, now: dt.datetime) -> bool:
        """Whether the lock holds."""
        return self.until is not None and self.until > now


class Office(models.Model):
    """A body that works in a division: a department, a street office, an organisation."""

    division = models.ForeignKey(
        Division, models.PROTECT, related_name="offices", verbose_name=_("地区")
    )
    name = models.CharField(_("单位名称"), max_length=60)
    closed_on = models.DateField(_("关闭日期"), null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("division", "name"), name="office_named_once"),
        )

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """An account works in an office in a role, from a day up to but not including another."""

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="postings", verbose_name=_("账号")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="postings", verbose_name=pgettext_lazy("one", "单位")
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("结束日期"), null=True, blank=True)

    personal_in_journal: ClassVar[tuple[str, ...]] = ("subject_name", "account")

    class Meta:
        ordering = ("account", "since")
        constraints = (
            models.CheckConstraint(
                name="posting_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
            models.UniqueConstraint(
                fields=("account", "office", "since"), name="one_posting_begins_on_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.office} {self.get_role_display()}"


class Invitation(models.Model):
    """A link by which the holder of an account sets its password: once, within some days.

    Only a digest of the link's secret is kept. A new invitation takes the place of the last.
    """

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="invitations", verbose_name=_("账号")
    )
    digest = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(_("发出时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("失效时间"))
    accepted_at = models.DateTimeField(_("接受时间"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("account",),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_invitation_is_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.account)


class Token(models.Model):
    """A personal token: a program that shows it acts as its account, until it expires.

    Only a digest of the secret is kept. `bound` ties it to the password and the rights with which
    it was made, as a session is; `second_factor` says whether it was made in a session that had
    shown one.
    """

    account = models.ForeignKey(
        Account, models.CASCADE, related_name="tokens", verbose_name=_("账号")
    )
    name = models.CharField(_("用途"), max_length=40)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("能做什么"), max_length=10, choices=TokenScope)
    second_factor = models.BooleanField(default=False, editable=False)
    bound = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(_("创建时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_on = models.DateField(_("上次使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="token_expires_after_it_is_made", condition=Q(expires_at__gt=F("made_at"))
            ),
        )

    def __str__(self) -> str:
        return self.name
