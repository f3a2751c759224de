"""The wrong twins of the product's functions, as the planted faults put them in their places."""

from django.db.models import Exists, OuterRef, Q

from tongxin.accounts.choices import Power, Sensitivity
from tongxin.accounts.models import Posting
from tongxin.accounts.permissions import NOWHERE
from tongxin.divisions.models import Division, Reach
from tongxin.registers.choices import Act
from tongxin.registers.models import ACCEPTED

YES, NO = True, False
RESTRICTED = Q(sensitivity=Sensitivity.RESTRICTED)
ALL = Q(pk__isnull=False)


def always(answer):
    """A function that gives the same answer whatever it is asked."""
    return lambda _right: lambda *_args, **_kwargs: answer


def every_row(_right):
    """`visible_to` without a filter."""

    def all_of(_account, register, rows=None, **_how):
        return register.model._default_manager.all() if rows is None else rows

    return all_of


def role_with(role, *powers):
    """A table of roles in which one has other powers."""
    wanted = frozenset(powers)
    return lambda right: lambda held: wanted if held == role else right(held)


def condition(act, make):
    """`allowed` with another condition for one act."""

    def twin(right):
        def allowed(account, asked, register, **how):
            told = right(account, asked, register, **how)
            return make(right, account, register, told) if asked == act else told

        return allowed

    return twin


def or_all(told):
    return told if told is NOWHERE else ALL


def power_here(account, register):
    """Only the power over the place, nothing else asked."""
    from tongxin.accounts.permissions import where

    return where(account, register.edit_power, register.place)


def standing_with(keep, drop):
    """Standing read from postings that should not count, or without some that should."""

    def twin(right):
        def standing(account):
            found = right(account)
            if account is None or not account.pk or not getattr(account, "is_active", False):
                return found
            from tongxin.accounts.queries import Held, Standing

            rows = Posting.objects.filter(keep(found.on), account=account).exclude(drop(found.on))
            rows = rows.values_list("role", "office__name", "office__division_id", "since")
            held = tuple(
                Held(role, name, place, "city", since) for role, name, place, since in rows
            )
            return Standing(found.on, held)

        return standing

    return twin


def without_days(right):
    """Reach asked without its days: what was below once is below for ever."""

    def below(ancestor_ids, _day):
        rows = Reach.objects.filter(ancestor_id__in=ancestor_ids)
        return rows.order_by().values("descendant_id")

    return below


def by_prefix(_right):
    """Scope by the beginning of a key, without the separator."""

    def below(ancestor_ids, _day):
        condition = Q(pk__in=())
        for key in Division.objects.filter(pk__in=ancestor_ids).values_list("key", flat=True):
            condition |= Q(key__startswith=key)
        return Division.objects.filter(condition).values("pk").order_by()

    return below


def reached_by(make):
    """`reached` on other rows of the table of reach."""

    def twin(_right):
        def reached(path, ancestor_ids, _day):
            return Exists(
                make(Reach.objects.all(), ancestor_ids).filter(descendant=OuterRef(f"{path}_id"))
            )

        return reached

    return twin


def siblings(rows, ancestor_ids):
    """Whatever stands below the same parent."""
    above = Reach.objects.filter(descendant__in=ancestor_ids).values("ancestor_id")
    return rows.filter(ancestor__in=above)


def moved_stays_with_its_old_parent():
    moved, west = (Division.objects.get(key=key) for key in ("moved", "west"))
    Reach.objects.create(ancestor=west, descendant=moved)


def merged_is_lost():
    old, older = (Division.objects.get(key=key) for key in ("old", "older"))
    Reach.objects.filter(descendant__in=(old, older)).delete()


def town_reaches_its_county():
    north, east = (Division.objects.get(key=key) for key in ("north", "east"))
    Reach.objects.create(ancestor=north, descendant=east)


def acts_anyhow(right):
    """A page that looks a record up by its number and forgets to ask."""

    def acts_on(_account, register, number):
        found = register.model._default_manager.filter(pk=number).first()
        return found, frozenset(Act) if found else frozenset()

    return acts_on


def acts_all(right):
    def acts_on(account, register, number):
        found, acts = right(account, register, number)
        return found, frozenset(Act) if found else acts

    return acts_on


def whatever_is_asked(right):
    """The act that a page needs is not asked for."""
    return lambda request, key, pk, *_asked: right(request, key, pk)


def any_attachment(_right):
    """An attachment found by its number alone."""
    from django.http import Http404

    from tongxin.files.models import Attachment

    def found(_request, _register, _record, number):
        try:
            return Attachment.objects.get(pk=number)
        except Attachment.DoesNotExist as absent:
            raise Http404 from absent

    return found


def every_file(_right):
    """The files of a record, whoever asks."""
    from tongxin.files.queries import attachments_of

    return lambda _account, register, record: attachments_of(register.key, record.pk, Q())


def any_view(_right):
    """A saved view found by its key alone."""
    from tongxin.registers.models import SavedView

    return lambda _account, register, key: SavedView.objects.filter(
        register=register.key, key=key
    ).first()


def first_posting(_right):
    """Whoever is posted works there, though the division has ended."""
    return lambda request: next(iter(standing_of(request.user).roots(Power.VIEW)), None)


def forbidden(right):
    """A hidden record is refused, and so betrayed."""
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    def record_at(*args):
        try:
            return right(*args)
        except Http404:
            raise PermissionDenied from None

    return record_at


def standing_of(account):
    from tongxin.accounts.queries import standing

    return standing(account)


def holds_here(account, power, division):
    from tongxin.accounts.permissions import holds

    return holds(account, power, division)


def where_held(account, power, path):
    from tongxin.accounts.permissions import where

    return where(account, power, path)


def either(*conditions):
    from tongxin.registers import permissions

    return permissions._either(*conditions)


def both(*conditions):
    from tongxin.registers import permissions

    return permissions._both(*conditions)


def mine(account, register):
    return both(where_held(account, Power.VIEW, register.place), Q(entered_by=account))


def no_author(right, account, register, how):
    cleared = where_held(account, Power.RESTRICTED, register.place)
    from tongxin.registers.permissions import unrestricted

    here = right(account, register, **how)
    return both(here, either(unrestricted(register), cleared))


def of_programme(asked, indicator, stages=ACCEPTED):
    rows = indicator.records(asked.programme, asked.on, stages)
    return rows.model._default_manager.filter(programme=asked.programme)


def briefings_for(_account):
    from tongxin.briefings.models import Briefing

    return Briefing.objects.select_related("programme")


def programmes():
    from tongxin.programmes.models import Programme

    return list(Programme.objects.all())


def offices():
    from tongxin.accounts.models import Office

    return Office.objects.order_by("name", "pk")


def holds_accept(account, place):
    from tongxin.accounts.permissions import holds

    return holds(account, Power.ACCEPT, place)


def reviews_anyhow(_right):
    """A review by its number, whoever asks."""

    def found(_request, pk):
        from django.http import Http404

        from tongxin.registers import declaration
        from tongxin.reviews.models import Review

        review = Review.objects.filter(pk=pk).first()
        if review is None:
            raise Http404
        record = declaration.get(review.register).model.objects.get(pk=review.subject_id)
        return review, record, frozenset(Act)

    return found


def shared_views(register):
    """The views of a register that are shared, whoever saved them."""
    from tongxin.registers.models import SavedView

    return SavedView.objects.filter(register=register.key, shared=True)


def anyhow_survivor(_account, register, merging):
    """The record into which another was merged, seen or not."""
    return register.model.objects.filter(pk=merging.survivor_id).first()
