"""Saving, changing and deleting a view. A view is nobody's record: it is deleted, not voided."""

import hashlib
from typing import Any

from tongxin.core.errors import NotYours, Outdated, Problem, Refused, refuse_if
from tongxin.core.words import gettext as _
from tongxin.journal.actions import action, record, unchanged
from tongxin.registers import declaration
from tongxin.registers.declaration import Register
from tongxin.registers.models import QUERY_LENGTH, SavedView
from tongxin.registers.screening import blocked_in_text

from .queries import MOST, own_views

KEPT = ("name", "query", "shared", "first")


@action
def save_view(  # noqa: PLR0913  the facts of a view
    register: Register,
    *,
    by: Any,
    name: str,
    query: str,
    shared: bool = False,
    first: bool = False,
) -> SavedView:
    """Save how a list looks under a name. Raises Refused."""
    made = SavedView(owner=by, register=register.key, name=name, query=query, shared=shared)
    if own_views(by, register).count() >= MOST:
        words = _("这本台账已经存了 %(count)d 个视图。删掉一个不用的再存") % {"count": MOST}
        raise Refused(Problem("registers.many_views", words))
    _refuse(register, made)
    if first:
        _step_back(register, by)
    made.first = first
    made.save(force_insert=True)
    record(by, "registers.view_saved", made, after=_kept(made))
    return made


@action
def change_view(
    view: SavedView, *, by: Any, values: dict[str, Any], read: str | None = None
) -> SavedView:
    """Rename a view, change what it shows, share it or not, let it come first.

    `read` is the tag of what was read. Raises Refused, and Outdated when it is another now.
    """
    view = _own(view, by)
    register = declaration.get(view.register)
    before, tag = _kept(view), tag_of(view)
    for name, value in values.items():
        setattr(view, name, value)
    after = _kept(view)
    names = [name for name in KEPT if before[name] != after[name]]
    if not names:
        unchanged()
        return view
    if read is not None and read != tag:
        view.refresh_from_db()
        raise Outdated(view)
    _refuse(register, view)
    if view.first and not before["first"]:
        _step_back(register, by)
    view.save(update_fields=names)
    record(
        by,
        "registers.view_changed",
        view,
        before={name: before[name] for name in names},
        after={name: after[name] for name in names},
    )
    return view


@action
def delete_view(view: SavedView, *, by: Any) -> None:
    """Delete a view; its link leads nowhere from then on."""
    view = _own(view, by)
    record(by, "registers.view_deleted", view, before=_kept(view))
    view.delete()


def tag_of(view: SavedView) -> str:
    """Return a checksum of what is kept of a view: another after each change."""
    return hashlib.sha256(repr(sorted(_kept(view).items())).encode()).hexdigest()[:8]


def _own(view: SavedView, by: Any) -> SavedView:
    """Lock a view that the actor has saved; raises NotYours for any other."""
    found = SavedView.objects.select_for_update().filter(pk=view.pk, owner=by).first()
    if found is None:
        raise NotYours
    return found


def _refuse(register: Register, view: SavedView) -> None:
    """Refuse a name that is empty, taken, or holds a number of a person; and too long a query."""
    if not view.name.strip():
        raise Refused(Problem("registers.view_unnamed", _("给视图起个名称"), "name"))
    refuse_if(blocked_in_text(view.name, _("名称"), "name"))
    same = own_views(view.owner, register).filter(name=view.name).exclude(pk=view.pk)
    if same.exists():
        words = _("你已有叫“%(name)s”的视图。换一个名称，或改那一个") % {"name": view.name}
        raise Refused(Problem("registers.view_taken", words, "name"))
    if len(view.query) > QUERY_LENGTH:
        words = _("条件太多，存不下。去掉一些条件或列再存")
        raise Refused(Problem("registers.view_long", words))


def _step_back(register: Register, by: Any) -> None:
    """Let the view that has come first come first no more."""
    own_views(by, register).filter(first=True).update(first=False)


def _kept(view: SavedView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in KEPT}
