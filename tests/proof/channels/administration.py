"""The pages of the three administrators: offices, accounts, postings, locks, the review."""

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter

ABSENT = 99_999_999


@adapter(
    "offices",
    "accounts:offices",
    "accounts:office",
    "accounts:rename",
    "accounts:close",
    "accounts:reopen",
)
def offices(world, person, draw):
    """Offices of the administrator's territory."""
    may = bool(world.oracle.roots(person.viewer, "offices.manage"))
    yield Probe("/offices/", OPEN if may else HIDDEN)
    typed = {"place": "远县", "name": ""}
    yield Probe("/offices/", OPEN if may else HIDDEN, typed, "post", status=(422,))
    for number, place in draw.sample(world.offices, 5):
        reached = world.oracle.over(person.viewer, "offices.manage", place)
        for verb in ("", "rename/", "close/"):
            yield Probe(f"/offices/{number}/{verb}", OPEN if reached else HIDDEN)
        yield Probe(f"/offices/{number}/reopen/", ANY if reached else HIDDEN, {}, "post")


@adapter(
    "postings",
    "accounts:postings",
    "accounts:end",
    "accounts:correct",
    "accounts:withdraw",
    "accounts:unused",
)
def postings(world, person, draw):
    """Postings in the offices of one's territory, and ending them."""
    may = bool(world.oracle.roots(person.viewer, "postings.grant"))
    yield Probe("/offices/postings/", OPEN if may else HIDDEN)
    yield Probe("/offices/postings/unused/", OPEN if may else HIDDEN)
    typed = {"account": "nobody", "role": "clerk"}
    yield Probe("/offices/postings/", OPEN if may else HIDDEN, typed, "post", status=(422,))
    for number, place, account, role in draw.sample(world.postings, 8):
        reached = world.oracle.over(person.viewer, "postings.grant", place)
        grants = world.oracle.may_grant(person.viewer, account, role, place)
        for verb in ("end", "correct"):
            expect = OPEN if grants else (ANY if reached else HIDDEN)
            yield Probe(f"/offices/postings/{number}/{verb}/", expect)
        yield Probe(f"/offices/postings/{number}/withdraw/", ANY if reached else HIDDEN, {}, "post")


@adapter(
    "accounts",
    "accounts:accounts",
    "accounts:account",
    "accounts:change",
    "accounts:invite",
    "accounts:revoke",
    "accounts:switch",
    "accounts:open",
    "accounts:accept",
)
def accounts(world, person, draw):
    """Accounts kept by offices of the territory; a link that nobody was sent."""
    may = bool(world.oracle.roots(person.viewer, "accounts.manage"))
    yield Probe("/accounts/", OPEN if may else HIDDEN)
    yield Probe("/accounts/new/", OPEN if may else HIDDEN)
    yield Probe("/accounts/new/", ANY if may else HIDDEN, {"username": "person1"}, "post")
    yield Probe("/account/invitation/guessed/", ANY)
    for number, place in draw.sample(world.kept_accounts, 6):
        reached = place and world.oracle.over(person.viewer, "accounts.manage", place)
        yield Probe(f"/accounts/{number}/", OPEN if reached else HIDDEN)
        for verb in ("change", "switch"):
            yield Probe(f"/accounts/{number}/{verb}/", ANY if reached else HIDDEN)
        for verb in ("invite", "revoke"):
            yield Probe(f"/accounts/{number}/{verb}/", ANY if reached else HIDDEN, {}, "post")


@adapter(
    "calendar",
    "calendars:today",
    "calendars:year",
    "calendars:count",
    "calendars:new",
    "calendars:days",
    "calendars:clear",
    "calendars:complete",
)
def calendar(world, person, draw):
    """Working days, read by everybody and changed by the administrator at the top."""
    roots = world.oracle.roots(person.viewer, "calendar.keep")
    keeps = OPEN if any(not keepers_above(world, root) for root in roots) else HIDDEN
    yield Probe("/calendar/", OPEN)
    yield Probe("/calendar/2026/", OPEN)
    yield Probe("/calendar/due/?start=2026-09-25&count=5&unit=working_days", OPEN)
    yield Probe("/calendar/new/", keeps)
    yield Probe("/calendar/new/", keeps, {"year": ""}, "post", status=(422,))
    yield Probe("/calendar/2026/days/", ANY if keeps == OPEN else HIDDEN)
    yield Probe("/calendar/2026/clear/", HIDDEN, {"first": ""}, "post")
    yield Probe("/calendar/2026/complete/", ANY if keeps == OPEN else HIDDEN, {}, "post")


def keepers_above(world, place):
    """The system administrators strictly above a place: they keep the calendar, not those below."""
    held = world.oracle.holds
    return [
        person
        for person in world.people
        for root, role, since, until in person.viewer.postings
        if role == "system_admin"
        and person.viewer.active
        and held(since, until)
        and root != place
        and world.oracle.answers(root, place)
    ]


@adapter("review", "accounts:review")
def review(world, person, draw):
    """Who holds what, for those who read the journal."""
    may = bool(world.oracle.roots(person.viewer, "journal.read"))
    yield Probe("/accounts/review/", OPEN if may else HIDDEN)


@adapter("locks", "accounts:locks", "accounts:lift", "accounts:lost")
def locks(world, person, draw):
    """Accounts locked after guessing, and second factors that were lost."""
    may = bool(world.oracle.roots(person.viewer, "postings.grant"))
    yield Probe("/offices/locks/", OPEN if may else HIDDEN)
    yield Probe(f"/offices/locks/{ABSENT}/lift/", ANY if may else HIDDEN)
    yield Probe(f"/offices/locks/{ABSENT}/lift/", ANY if may else HIDDEN, {}, "post")
    yield Probe("/offices/locks/lost/", ANY if may else HIDDEN)
    yield Probe("/offices/locks/lost/", ANY if may else HIDDEN, {"account": "nobody"}, "post")
