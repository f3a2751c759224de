"""A base, the people around it, and a tenancy that is taken as far as a test wants."""

import datetime as dt
from itertools import count

from tests import factories as make
from tongxin.incubation import actions
from tongxin.incubation.actions.incubating import Agreed
from tongxin.incubation.choices import Verb
from tongxin.incubation.models import Tenancy
from tongxin.public_notices import actions as notices
from tongxin.public_notices.queries import notice_for
from tongxin.registers.moves import Said

BEGINS = dt.date(2017, 9, 4)
PLAN = "一年内登记"
_numbers = count(1)


def day(number=0):
    """A day, so many after the first of September's first Monday."""
    return BEGINS + dt.timedelta(days=number)


def base(world, capacity=1, **values):
    """A base in 北镇."""
    return world.record("bases", capacity=capacity, **values)


def application(of, name="", **values):
    """An application of a group, with all its papers."""
    facts = {"applicant": name or f"申请团队{next(_numbers)}", "plan": PLAN} | values
    made = make.record("tenancies", base=of, **facts)
    return actions.note_papers(made, by=None, papers=("form", "plan", "proof", "rules", "team"))


TO_ADMIT = (Verb.SUBMIT, Verb.CHECK, Verb.APPROVE, Verb.PUBLICISE, Verb.ADMIT)
OWN = {
    Verb.ADMIT: {"agreed": Agreed(day(700))},
    Verb.RELOCATE: {"premises": "off", "places": None},
    Verb.REVIEW: {"finding": "good"},
    Verb.EXTEND: {"until": day(900)},
    Verb.ASSESS: {"finding": "good"},
    Verb.GRADUATE: {"outcome": "registered"},
    Verb.FOLLOW_UP: {"outcome": "federation"},
}
"""What a move says beyond its day, where a test is not about that."""


def act(verb):
    """The action of a verb."""
    return getattr(actions, verb.name.lower())


def move(tenancy, verb, *, on=None, by=None, note="原因", **said):
    """Make one move."""
    told = OWN.get(verb, {}) | said
    return act(verb)(tenancy, by=by, said=Said(on or tenancy.state_on or BEGINS, note), **told)


def put_up(tenancy, on, **values):
    """Post the notice about an application, as long as its base says."""
    facts = actions.notice_begins(Tenancy.objects.select_related("base").get(pk=tenancy.pk))
    return make.notice(tenancy, starts_on=on, **(facts | values))


def notice_over(tenancy):
    """Close the notice about an application the day after its last; return that day."""
    notice = notice_for(tenancy)
    on = notice.announced_until + dt.timedelta(days=1)
    notices.close(notice, by=None, on=on)
    return on


def taken_to(tenancy, *verbs, on=BEGINS):
    """Make some moves, each a day after the one before; the agreement after the notice."""
    for verb in verbs:
        if verb == Verb.PUBLICISE:
            put_up(tenancy, on)
        if verb == Verb.ADMIT:
            on = notice_over(tenancy)
        tenancy = move(tenancy, verb, on=on)
        on += dt.timedelta(days=1)
    return tenancy


def tenant(of, name="", on=BEGINS, **values):
    """Somebody who is inside."""
    return taken_to(application(of, name, **values), *TO_ADMIT, on=on)
