"""Account holders, the offices they work in, and their dated postings."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongxin.divisions.models import Division

from .choices import Role


class Accounts(BaseUserManager["Account"]):
    """Makes accounts with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: str) -> "Account":
        """Create an account; without a password it cannot sign in until one is set."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in. There is no superuser: rights come from postings alone."""

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    display_name = models.CharField(_("显示名"), max_length=60, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    date_joined = models.DateTimeField(_("开户时间"), default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    def __str__(self) -> str:
        return self.display_name or self.username


class Office(models.Model):
    """A body that works in a division: a department, a street office, an organisation."""

    division = models.ForeignKey(
        Division, models.PROTECT, related_name="offices", verbose_name=_("地区")
    )
    name = models.CharField(_("单位名称"), max_length=60)

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
