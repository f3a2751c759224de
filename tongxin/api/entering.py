"""Entering and changing for programs: the register's own form reads, the same action writes."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from tongxin.core.errors import Outdated, Refused
from tongxin.core.text import number_in
from tongxin.registers import actions, declaration, pages, permissions
from tongxin.registers.choices import Act
from tongxin.registers.declaration import Register
from tongxin.registers.forms import Asker

from . import reading
from .asking import asker_of
from .looking import at, day_of
from .problems import Declined, Wrong

LONGEST_REASON = 300


def enter(request: HttpRequest, register: Register, asker: Asker) -> tuple[Any, bool]:
    """Enter a record; return it, and whether it is new. Raises Declined, or Http404."""
    if not permissions.may_enter(request.user, register):
        raise Http404
    key = reading.key_in(request, register.key)
    sent = reading.body_of(request)
    fixed = _fixed(request, register, asker, sent)
    form = _filled(register, asker, sent, initial=fixed)
    if not form.is_valid():
        raise Declined(422, reading.wrongs_in(form))
    try:
        made, fresh = actions.enter(
            register, by=request.user, values={**form.values(), **fixed}, key=key
        )
    except Refused as refusal:
        raise _refused(form, refusal) from refusal
    if not fresh:
        _refuse_another(request, register, made, form, day_of(asker))
    return made, fresh


def change(request: HttpRequest, register: Register, found: Any) -> None:
    """Change what was sent. Raises Declined: with the record as it is, where it is another now."""
    version = reading.version_in(request, needed=True)
    asker = asker_of(request, "")
    form = _filled(register, asker, reading.body_of(request), instance=found)
    if not form.is_valid():
        raise Declined(422, reading.wrongs_in(form))
    try:
        actions.change(register, found, by=request.user, values=form.values(), version=version)
    except Refused as refusal:
        raise _refused(form, refusal) from refusal
    except Outdated as found_out:
        raise outdated(request, register, found_out) from found_out


def set_void(request: HttpRequest, register: Register, found: Any, *, void: bool) -> None:
    """Void a record or bring it back. Raises Declined."""
    version = reading.version_in(request, needed=False)
    reason = reason_in(request)
    try:
        actions.set_void(
            register, found, by=request.user, void=void, reason=reason, version=version
        )
    except Refused as refusal:
        sent = {"reason": reason}
        raise Declined(
            422,
            [Wrong(e.code, e.message, e.field, sent.get(e.field)) for e in refusal.problems],
        ) from refusal
    except Outdated as found_out:
        raise outdated(request, register, found_out) from found_out


def reason_in(request: HttpRequest) -> str:
    """Return the reason that was sent, no longer than one that is kept. Raises Declined."""
    reason = reading.texts_of(reading.body_of(request), {"reason"}).get("reason", "")
    if len(reason) > LONGEST_REASON:
        words = _("原因最多 %(most)d 字，现在 %(now)d 字")
        told = words % {"most": LONGEST_REASON, "now": len(reason)}
        raise Declined(422, Wrong("api.reason", told, "reason", reason))
    return reason


def _filled(register: Register, asker: Asker, sent: dict[str, Any], **how: Any) -> Any:
    """Return the register's form as if its page had been filled in with what was sent."""
    page = register.form(None, register=register, request=asker, **how)
    typed = reading.texts_of(sent, reading.names_of(page))
    data = reading.offered(page) | typed
    return register.form(data, register=register, request=asker, **how)


def _fixed(
    request: HttpRequest, register: Register, asker: Asker, sent: dict[str, Any]
) -> dict[str, Any]:
    """Take out of what was sent what decides the place of a new record, and return it."""
    fixed: dict[str, Any] = {}
    if register.within:
        if asker.programme is None:
            raise Http404
        fixed[register.within] = asker.programme
    told = sent.pop(register.parent, None)
    if register.parent:
        fixed[register.parent] = _parent(request, register, told)
    holder = fixed.get(register.place.split("__", maxsplit=1)[0])
    if holder is not None and not permissions.may_enter_under(request.user, register, holder):
        if register.parent:
            raise _no_parent(register, told)
        raise Http404
    return fixed


def _parent(request: HttpRequest, register: Register, value: Any) -> Any:
    """Return the record under which another is entered; hidden ones are as those that are not."""
    field: Any = register.model._meta.get_field(register.parent)
    parent = declaration.of(field.related_model)
    number = number_in(value) if isinstance(value, str) else None
    found, acts = permissions.acts_on(request.user, parent, number or 0)
    if found is None or Act.CHANGE not in acts:
        raise _no_parent(register, value)
    return found


def _no_parent(register: Register, value: Any) -> Declined:
    words = _("“%(name)s”要写一条你能修改的记录的编号") % {"name": register.parent}
    return Declined(422, Wrong("api.parent", words, register.parent, reading.echo(value)))


def _refused(form: Any, refusal: Refused) -> Declined:
    form.refuse(refusal.problems)
    return Declined(422, reading.wrongs_in(form))


def outdated(
    request: HttpRequest, register: Register, found: Outdated, field: str = "If-Match"
) -> Declined:
    """Tell what the record is now, to those who may still see it."""
    current, version = at(request, register, found.current.pk)
    words = _("你读过以后，记录有人改过，现在是版本 %(version)d。看过现在的内容再改")
    wrong = Wrong("api.outdated", words % {"version": version}, field)
    return Declined(412, wrong, current=current)


def _refuse_another(
    request: HttpRequest, register: Register, made: Any, form: Any, day: Any
) -> None:
    """Refuse a key under which something else was entered; the same again is no problem."""
    if not permissions.may(request.user, Act.SEE, register, made):
        raise Http404
    if pages.differences(register, made, form.values(), day):
        words = _("这个 Idempotency-Key 已经登记过“%(name)s”，内容不同。换一个再送") % {
            "name": made
        }
        raise Declined(422, Wrong("api.key_used", words, "Idempotency-Key"))
