"""The planted faults: mistakes of the kind that were made elsewhere, each to be caught.

A fault that the proof does not see means that a zero elsewhere proves less than it says.
"""

from django.db.models import Q

from tests.proof.forgetting import CHANNELS_THAT_FORGET
from tests.proof.planting import ACCEPTING, GRANTS, POWERS, Fault
from tests.proof.twins import (
    ALL,
    NO,
    RESTRICTED,
    YES,
    always,
    both,
    by_prefix,
    condition,
    either,
    holds_accept,
    holds_here,
    merged_is_lost,
    mine,
    moved_stays_with_its_old_parent,
    no_author,
    power_here,
    reached_by,
    reviews_anyhow,
    role_with,
    siblings,
    standing_of,
    standing_with,
    town_reaches_its_county,
    where_held,
    without_days,
)
from tongxin.accounts.choices import Power, Role, Sensitivity
from tongxin.accounts.permissions import NOWHERE
from tongxin.registers.choices import Act
from tongxin.registers.models import ACCEPTED, STANDING

P, V = "registers.permissions", Sensitivity
SEE = ("record", "list")
FAULTS = (
    # --- Powers and postings
    Fault("a power is held everywhere", "accounts.permissions:holds", always(YES), (POWERS,)),
    Fault("a power is held nowhere", "accounts.permissions:holds", always(NO), (POWERS,)),
    Fault(
        "a power held anywhere is held here",
        "accounts.permissions:holds",
        lambda _r: lambda account, power, _d: standing_of(account).has(power),
        (POWERS,),
    ),
    Fault("every power is held", "accounts.queries:Standing.has", always(YES), (POWERS,)),
    Fault(
        "the last day counts",
        "accounts.queries:standing",
        standing_with(lambda d: Q(until__isnull=True) | Q(until__gte=d), lambda d: Q(since__gt=d)),
    ),
    Fault(
        "a posting counts before it begins",
        "accounts.queries:standing",
        standing_with(lambda d: Q(until__isnull=True) | Q(until__gt=d), lambda _d: Q(pk=0)),
    ),
    Fault(
        "a posting never ends",
        "accounts.queries:standing",
        standing_with(lambda _d: Q(), lambda d: Q(since__gt=d)),
    ),
    Fault(
        "the first day does not count",
        "accounts.queries:standing",
        standing_with(lambda d: Q(until__isnull=True) | Q(until__gt=d), lambda d: Q(since__gte=d)),
    ),
    Fault(
        "a clerk is cleared",
        "accounts.rules:powers_of",
        role_with(Role.CLERK, Power.VIEW, Power.EDIT, Power.RESTRICTED),
    ),
    Fault("a clerk may not edit", "accounts.rules:powers_of", role_with(Role.CLERK, Power.VIEW)),
    Fault(
        "an organisation sees registers",
        "accounts.rules:powers_of",
        role_with(Role.ORGANISATION, Power.PUBLIC, Power.VIEW),
    ),
    Fault("an expert sees nothing", "accounts.rules:powers_of", role_with(Role.EXPERT)),
    Fault(
        "an auditor edits",
        "accounts.rules:powers_of",
        role_with(
            Role.AUDITOR, Power.VIEW, Power.RESTRICTED, Power.BRIEF, Power.JOURNAL, Power.EDIT
        ),
    ),
    Fault(
        "the audit administrator reads records",
        "accounts.rules:powers_of",
        role_with(Role.AUDIT_ADMIN, Power.JOURNAL, Power.VIEW),
    ),
    Fault(
        "a coordinator is not cleared",
        "accounts.rules:powers_of",
        role_with(Role.COORDINATOR, Power.VIEW, Power.EDIT, Power.DECLARE, Power.BRIEF),
    ),
    Fault(
        "the system administrator grants postings",
        "accounts.rules:powers_of",
        role_with(Role.SYSTEM_ADMIN, Power.OFFICES, Power.ACCOUNTS, Power.POSTINGS),
        (POWERS,),
    ),
    Fault(
        "a clerk declares figures",
        "accounts.rules:powers_of",
        role_with(Role.CLERK, Power.VIEW, Power.EDIT, Power.DECLARE),
    ),
    Fault("clearance is taken for granted", "accounts.permissions:covers", always(YES)),
    # --- The tree
    Fault("reach without its days", "divisions.queries.trees:below", without_days, (POWERS,)),
    Fault(
        "reach of rows without its days",
        "divisions.queries.trees:reached",
        reached_by(lambda rows, ids: rows.filter(ancestor__in=ids)),
    ),
    Fault("scope by the beginning of a key", "divisions.queries.trees:below", by_prefix),
    Fault("siblings are reached", "divisions.queries.trees:reached", reached_by(siblings)),
    Fault(
        "only the own division is reached",
        "divisions.queries.trees:reached",
        reached_by(lambda rows, ids: rows.filter(ancestor__in=ids, descendant__in=ids)),
    ),
    Fault("a transferred town stays below", "", moved_stays_with_its_old_parent),
    Fault("a merged county is lost", "", merged_is_lost),
    Fault("a town reaches its county", "", town_reaches_its_county),
    # --- Records
    Fault("records without a filter", f"{P}:allowed", always(ALL)),
    Fault("records for nobody", f"{P}:allowed", always(NOWHERE)),
    Fault(
        "sensitivity is not asked",
        f"{P}:_by_post",
        lambda _r: lambda account, register, **how: where_held(account, Power.VIEW, register.place),
    ),
    Fault("links are ignored", f"{P}:_links_unrestricted", always(Q())),
    Fault("nothing is a link", f"{P}:links_of", always(())),
    Fault("everything counts as unrestricted", f"{P}:unrestricted", always(Q())),
    Fault("everything counts as restricted", f"{P}:unrestricted", always(Q(pk=0))),
    Fault(
        "the author is ignored",
        f"{P}:_by_post",
        lambda r: lambda account, register, **how: no_author(r, account, register, how),
    ),
    Fault(
        "the author sees past restricted links",
        f"{P}:_by_post",
        lambda r: (
            lambda account, register, **how: either(
                r(account, register, **how), mine(account, register)
            )
        ),
    ),
    Fault(
        "the public sees what is void",
        f"{P}:_in_public",
        lambda _r: (
            lambda account, register, **how: both(
                where_held(account, Power.PUBLIC, register.place), Q(sensitivity=V.PUBLIC)
            )
        ),
    ),
    Fault(
        "the public sees what is internal",
        f"{P}:_in_public",
        lambda _r: (
            lambda account, register, **how: both(
                where_held(account, Power.PUBLIC, register.place), Q(void=False) & ~RESTRICTED
            )
        ),
    ),
    Fault("the public sees nothing", f"{P}:_in_public", always(NOWHERE)),
    Fault(
        "one's own, though restricted",
        f"{P}:_own",
        lambda _r: (
            lambda account, register: NOWHERE if register.own is None else register.own(account)
        ),
    ),
    Fault("one's own is not one's own", f"{P}:_own", always(NOWHERE)),
    Fault(
        "representing without the role",
        "accounts.queries:Standing.holds_role",
        always(YES),
    ),
    Fault(
        "shared words, though void or restricted",
        f"{P}:_shared",
        lambda _r: (
            lambda account, register: (
                NOWHERE if register.shared is None else register.shared(account)
            )
        ),
    ),
    Fault("shared words for nobody", f"{P}:_shared", always(NOWHERE)),
    Fault(
        "the public reads the history",
        f"{P}:allowed",
        condition(Act.HISTORY, lambda r, a, g, _t: r(a, Act.SEE, g)),
    ),
    Fault(
        "a void record is changed",
        f"{P}:allowed",
        condition(Act.CHANGE, lambda r, a, g, t: either(t, r(a, Act.RESTORE, g))),
    ),
    Fault(
        "whoever sees may change",
        f"{P}:allowed",
        condition(Act.CHANGE, lambda r, a, g, _t: both(r(a, Act.SEE, g), Q(void=False))),
    ),
    Fault(
        "whoever edits here changes what he does not see",
        f"{P}:allowed",
        condition(Act.CHANGE, lambda _r, a, g, t: either(t, both(power_here(a, g), Q(void=False)))),
    ),
    Fault(
        "an auditor voids",
        f"{P}:allowed",
        condition(Act.VOID, lambda r, a, g, _t: both(r(a, Act.HISTORY, g), Q(void=False))),
    ),
    Fault(
        "one voids one's own",
        f"{P}:allowed",
        condition(Act.VOID, lambda r, a, g, _t: r(a, Act.CHANGE, g)),
    ),
    Fault(
        "what is in force is restored",
        f"{P}:allowed",
        condition(Act.RESTORE, lambda r, a, g, t: either(t, r(a, Act.VOID, g))),
    ),
    Fault("records are entered anywhere", f"{P}:may_enter_under", always(YES), (POWERS,)),
    *CHANNELS_THAT_FORGET,
    # --- Reviews
    Fault(
        "a clerk accepts",
        "accounts.rules:powers_of",
        role_with(Role.CLERK, Power.VIEW, Power.EDIT, Power.ACCEPT),
        (POWERS,),
    ),
    Fault(
        "a coordinator accepts nothing",
        "accounts.rules:powers_of",
        role_with(
            Role.COORDINATOR,
            Power.VIEW,
            Power.RESTRICTED,
            Power.EDIT,
            Power.DECLARE,
            Power.BRIEF,
        ),
        (POWERS,),
    ),
    Fault(
        "everything counts at once",
        "registers.permissions:stands_at_once",
        always(YES),
        (ACCEPTING,),
    ),
    Fault(
        "a county's own counts at once",
        "registers.permissions:stands_at_once",
        lambda _r: lambda account, _register, place: holds_accept(account, place),
        (ACCEPTING,),
    ),
    Fault(
        "money counts below the city",
        "registers.rules:reaches_up_to",
        always(YES),
        (ACCEPTING,),
    ),
    Fault(
        "it is everybody's turn",
        "reviews.queries:turn_after",
        lambda _r: lambda division, _day: division,
        (ACCEPTING,),
    ),
    Fault(
        "decided without the power",
        "reviews.permissions:decides",
        lambda _r: lambda account: where_held(account, Power.VIEW, "place"),
        ("reviews",),
    ),
    Fault(
        "decided on what is not seen",
        "reviews.permissions:decides",
        lambda _r: lambda account: where_held(account, Power.ACCEPT, "turn"),
        (ACCEPTING,),
    ),
    Fault(
        "decided by nobody", "reviews.permissions:decides", always(NOWHERE), ("reviews", "queues")
    ),
    Fault(
        "an author accepts his own",
        "reviews.rules:turn_problems",
        lambda r: lambda stage, **how: r(stage, **{**how, "author": False}),
        ("queues",),
    ),
    Fault(
        "anybody takes back what waits",
        "reviews.permissions:may_withdraw",
        always(YES),
        ("reviews",),
    ),
    Fault(
        "a review is read without its record",
        "reviews.views:_found",
        reviews_anyhow,
        ("reviews",),
    ),
    Fault(
        "figures count what waits",
        "registers.models:counted",
        lambda r: lambda link="", stages=ACCEPTED: r(link, STANDING),
        ("figures",),
    ),
    Fault(
        "the public sees what waits",
        f"{P}:_in_public",
        lambda _r: (
            lambda account, register, **how: both(
                where_held(account, Power.PUBLIC, register.place),
                Q(void=False, sensitivity=V.PUBLIC),
            )
        ),
    ),
    # --- Doors and grants
    Fault("no second factor is asked", "accounts.duties:first_of_all", always(None), ("locked",)),
    Fault(
        "a second factor is nobody's",
        "accounts.second_factor:is_asked_of",
        always(NO),
        ("locked",),
    ),
    Fault("everybody grants", "accounts.actions.postings:_refuse_grant", always(None), (GRANTS,)),
    Fault("rules of grants are not asked", "accounts.rules:grant_problems", always(()), (GRANTS,)),
    Fault(
        "administrators are granted by their like",
        "accounts.permissions:holds_above",
        lambda _r: holds_here,
        (GRANTS,),
    ),
)
