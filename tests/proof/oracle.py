"""The oracle: who may see and do what, written a second time, from the policy's text alone.

Plain Python, no Django, no query: it walks the dated tree step by step. The engine answers the
same questions by derived tables and joins; where the two differ, one of them is wrong.
"""

from functools import cache
from typing import NamedTuple

STRICTNESS = ("public", "internal", "restricted")
ROLES = {
    "coordinator": "records.view records.restricted records.edit records.accept figures.declare"
    " standards.keep briefings.read",
    "clerk": "records.view records.edit",
    "auditor": "records.view records.restricted briefings.read journal.read",
    "organisation": "records.public",
    "expert": "records.public",
    "system_admin": "offices.manage accounts.manage calendar.keep",
    "security_admin": "postings.grant",
    "audit_admin": "journal.read",
}
ADMINISTRATORS = {"system_admin", "security_admin", "audit_admin"}
SECOND_FACTOR = {"coordinator", "auditor", "expert"} | ADMINISTRATORS
EDITED_BY = {"observations": "figures.declare"}
UNREVIEWED, UP_TO_THE_TOP = {"means", "tenancies"}, {"budgets"}
OWNED, SHARED, VIEW = "organisations", "means", "records.view"


class Viewer(NamedTuple):
    """An account in a session; its postings are (division, role, since, until)."""

    name: object
    postings: tuple = ()
    active: bool = True
    factor: bool = True
    represents: frozenset = frozenset()
    homes: frozenset = frozenset()
    """Where those it represents work that are in force and not restricted."""


class Thing(NamedTuple):
    """A record; `links` are the records of registers that it refers to by foreign key."""

    register: str
    name: object
    place: object
    sensitivity: str = "internal"
    void: bool = False
    author: object = None
    links: tuple = ()
    stage: str = "accepted"


class Oracle:
    """Answers for one day; `stands` holds (division, parent, since, until) for each dated row of
    the tree, `follows` (predecessor, successor, since) for each succession, `tops` the cities and
    provinces, which have nobody above them for what is their own."""

    def __init__(self, today, stands, follows=(), tops=()):
        self.today, self.stands, self.follows, self.tops = today, stands, follows, set(tops)
        self.answers, self.over = cache(self.answers), cache(self.over)  # asked a million times

    def holds(self, since, until):
        return (since is None or since <= self.today) and (until is None or self.today < until)

    def upper(self, division):
        """Who is asked next: the parent; of one that has ended the heirs, or the last parent."""
        rows = [row for row in self.stands if row[0] == division]
        if today := [parent for _d, parent, since, until in rows if self.holds(since, until)]:
            return set(today) - {None}
        if not rows or any(until is None or self.today < until for *_, until in rows):
            return set()  # it does not stand yet
        heirs = {
            heir for gone, heir, since in self.follows if gone == division and since <= self.today
        }
        return heirs or {max(rows, key=lambda row: row[3])[1]} - {None}

    def answers(self, ancestor, division):
        """Whether one division answers for another today."""
        seen, ask = set(), {division}
        while ask - seen:
            seen |= ask
            ask = {upper for one in ask for upper in self.upper(one)}
        stands = any(d == ancestor and self.holds(s, u) for d, _p, s, u in self.stands)
        return stands and ancestor in seen

    def roles(self, viewer):
        """The postings that count: today's, and none while a second factor is wanting."""
        rows = [(d, r) for d, r, s, u in viewer.postings if viewer.active and self.holds(s, u)]
        wanting = not viewer.factor and any(role in SECOND_FACTOR for _d, role in rows)
        return [] if wanting else rows

    def roots(self, viewer, power):
        return [d for d, role in self.roles(viewer) if power in ROLES.get(role, "").split()]

    def over(self, viewer, power, division):
        return any(self.answers(root, division) for root in self.roots(viewer, power))

    @staticmethod
    def strictest(thing):
        every = [thing.sensitivity, *(link.sensitivity for link in thing.links)]
        return max(every, key=STRICTNESS.index)

    def cases(self, viewer, thing):
        """Why a record is seen: by scope, as public, as one's own, as shared words."""
        strict, place = self.strictest(thing), thing.place
        open_links = all(link.sensitivity != "restricted" for link in thing.links)
        authored = thing.author is not None and thing.author == viewer.name and open_links
        clear = strict != "restricted" or self.over(viewer, "records.restricted", place)
        scope = self.over(viewer, VIEW, place) and (clear or authored)
        public = self.over(viewer, "records.public", place) and strict == "public"
        public = public and thing.stage == "accepted"
        serves = any(role == "organisation" for _d, role in self.roles(viewer))
        mine = serves and thing.register == OWNED and thing.name in viewer.represents
        near = any(
            self.answers(d, place) or self.answers(place, d) for d in self.roots(viewer, VIEW)
        )
        shared = thing.register == SHARED and not thing.void and strict != "restricted" and near
        return scope, public and not thing.void, mine and thing.sensitivity != "restricted", shared

    def may_follow(self, viewer, thing):
        """What its own organisation sent in, and the calls that it may answer: those that stand,
        of bases whose division answers for its place."""
        serves = any(role == "organisation" for _d, role in self.roles(viewer))
        if not serves or self.strictest(thing) == "restricted":
            return False
        if thing.register == "tenancies":
            mine = (link for link in thing.links if link.register == OWNED)
            return any(link.name in viewer.represents for link in mine)
        stand = all(not each.void and each.stage == "accepted" for each in (thing, *thing.links))
        near = any(self.answers(thing.place, home) for home in viewer.homes)
        return thing.register == "intakes" and stand and near

    def may_enter(self, viewer, register, place):
        return self.over(viewer, EDITED_BY.get(register, "records.edit"), place)

    def may(self, viewer, thing):
        """Every act on a record, answered."""
        scope, public, mine, shared = self.cases(viewer, thing)
        edits = self.may_enter(viewer, thing.register, thing.place)
        return {
            "see": scope or public or mine or shared,
            "history": scope or mine,
            "change": (scope or public or mine) and not thing.void and (edits or mine),
            "void": scope and edits and not thing.void,
            "restore": scope and edits and thing.void,
            "follow": self.may_follow(viewer, thing),
            "send": self.may_follow(viewer, thing) and not thing.void,
        }

    def may_open(self, viewer, thing, sensitivity, uploader, removed):
        """An attachment: whoever sees its record, and would see it as a record of its uploader."""
        paper = thing._replace(sensitivity=sensitivity, author=uploader, void=removed or thing.void)
        return any(self.cases(viewer, thing)) and any(self.cases(viewer, paper))

    def counted(self, viewer, division, things):
        """What a figure of a division counts."""
        clear = self.over(viewer, "records.restricted", division)
        here = [t for t in things if not t.void and self.answers(division, t.place)]
        here = [thing for thing in here if thing.stage == "accepted"]
        return [thing for thing in here if clear or self.strictest(thing) != "restricted"]

    def stands_at_once(self, viewer, register, place):
        """What somebody enters counts at once where he accepts from above; tops their own."""
        roots = [r for r in self.roots(viewer, "records.accept") if r != place or r in self.tops]
        if register in UP_TO_THE_TOP:
            roots = [root for root in roots if root in self.tops]
        return register in UNREVIEWED or any(self.answers(root, place) for root in roots)

    def may_decide(self, viewer, thing, turn):
        """On what waits decides who sees it and accepts for the division whose turn it is."""
        return self.cases(viewer, thing)[0] and self.over(viewer, "records.accept", turn)

    def turns(self, place, accepting):
        """Whose turn it may be: the nearest above in which somebody accepts; a top is its own."""
        ask, first = {place}, None
        while place not in self.tops and ask:
            ask = {upper for one in ask for upper in self.upper(one)}
            first = first or ask
            if ask & accepting:
                return ask & accepting
        return {place} if place in self.tops else first or {place}

    def all_over(self, viewer, place, *powers):
        """A briefing: briefings.read, records.restricted. The journal: journal.read; its values:
        records.view and records.restricted too. Offices, accounts: their own power."""
        return place is not None and all(self.over(viewer, power, place) for power in powers)

    def may_grant(self, viewer, account, role, place):
        """Whom, what, where: not oneself; administrators strictly below the own division."""
        roots = [r for r in self.roots(viewer, "postings.grant") if self.answers(r, place)]
        lower = [root for root in roots if role not in ADMINISTRATORS or root != place]
        return account != viewer.name and bool(lower)
