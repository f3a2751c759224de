"""Home, dashboards, search, figures, briefings, the journal, divisions, programmes."""

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter
from tongxin.indicators.catalogue import CATALOGUE
from tongxin.registers import declaration


@adapter("home", "desk:home", "desk:due", "desk:dashboards")
def home(world, person, draw):
    """What needs me today, and where I am sent."""
    yield Probe("/", ANY)
    sees = world.oracle.roots(person.viewer, "records.view") and world.programmes_of(person)
    for kind in ("", draw.choice(("objections", "notices", "reviews", "terms", "x"))):
        yield Probe(f"/due/?kind={kind}", OPEN if sees else HIDDEN)
    yield Probe("/dashboards/", OPEN if works_somewhere(world, person) else HIDDEN, status=(302,))


def works_somewhere(world, person):
    """Whether one of a person's postings still reaches anything."""
    roots = world.oracle.roots(person.viewer, "records.view")
    return any(world.oracle.answers(root, root) for root in roots)


@adapter("dashboard", "desk:dashboard")
def dashboards(world, person, draw):
    """Tiles, tables and own records of each division."""
    for key, place in world.places.items():
        may = world.oracle.over(person.viewer, "records.view", place.pk)
        standing = world.programmes_of(person)
        url = f"/dashboards/{key}/?map={draw.choice(('', 'today'))}"
        yield Probe(url, OPEN if may and standing else HIDDEN)


@adapter("search", "desk:search")
def search(world, person, draw):
    """Each name is sought: found by who sees it, and by nobody else."""
    seeing = ("records.view", "records.public")
    may = any(world.oracle.roots(person.viewer, power) for power in seeing)
    for key, name in draw.sample(sorted(world.names.items()), min(60, len(world.names))):
        hit = (
            world.acts(person, key)["see"]
            and not world.things[key].void
            and not declaration.get(key[0]).parent
        )
        yield Probe(
            f"/search/?q={name}", OPEN if may else HIDDEN, only=finds(key, hit) if may else None
        )
    yield Probe("/search/?q=", ANY)


def finds(key, wanted):
    """The record stands among what was found, or does not."""

    def only(response, client):
        there = f"/registers/{key[0]}/{key[1]}/" in response.content.decode()
        return "" if there == wanted else f"{key} found: {there}, oracle: {wanted}"

    return only


@adapter("figures", "indicators:index", "indicators:figure")
def figures(world, person, draw):
    """Figures of each division, their parts, and the records behind them."""
    own = {place for place, *_rest in person.viewer.postings}
    open_ = works_somewhere(world, person) and bool(world.programmes_of(person))
    yield Probe("/figures/", OPEN if open_ else HIDDEN)
    roots = [key for key, place in world.places.items() if place.pk in own]
    others = draw.sample(sorted(set(world.places) - set(roots)), 6)
    for key in [*roots, *others]:
        place = world.places[key]
        may = world.oracle.over(person.viewer, "records.view", place.pk)
        may = may and world.programmes_of(person)
        query = f"?division={key}&map=today"
        yield Probe(f"/figures/{query}", OPEN if may else HIDDEN)
        for name in draw.sample(sorted(CATALOGUE), 10 if key in roots else 2):
            part = "&level=city" if CATALOGUE[name].split else ""
            yield Probe(f"/figures/{name}/{query}{part}", OPEN if may else HIDDEN)
            # On the map of then: what has moved away since is counted, but named to nobody here.
            yield Probe(f"/figures/{name}/?division={key}{part}", OPEN if may else HIDDEN)
        counted = counts(world, person, place) if may else None
        yield Probe(f"/figures/training.sessions/{query}", OPEN if may else HIDDEN, only=counted)


def counts(world, person, place):
    """A total of powers of two names the records that are in it."""

    def only(response, client):
        found = response.context["trace"].told.figure.counted
        rows = world.oracle.counted(person.viewer, place.pk, world.trainings(client.working_in))
        wanted = sum(world.sums[row.name] for row in rows)
        told = int(found.value) if found else 0
        return "" if told == wanted else f"counted {told:b}, oracle {wanted:b}"

    return only


@adapter("briefing", "briefings:index", "briefings:briefing")
def briefings(world, person, draw):
    """Briefings, and what stands behind each of their figures and rows."""
    yield Probe("/briefings/", ANY)
    for programme in world.programmes.values():
        may = world.oracle.all_over(
            person.viewer, programme.division_id, "briefings.read", "records.restricted"
        )
        base = f"/briefings/about-{programme.key}/"
        yield Probe(base, OPEN if may else HIDDEN)
        for trace in (
            "figure:demonstration_sites",
            "row:incubation_bases:0",
            "row:regional_brands:0",
        ):
            yield Probe(f"{base}?trace={trace}", ANY if may else HIDDEN)
            yield Probe(f"{base}?trace={trace}", ANY if may else HIDDEN, fragment=True)


@adapter("export", "briefings:download")
def export(world, person, draw):
    """Briefings as files, searched to the last part of the archive."""
    for programme in world.programmes.values():
        may = world.oracle.all_over(
            person.viewer, programme.division_id, "briefings.read", "records.restricted"
        )
        for extension in ("json", "md", "html", "docx"):
            url = f"/briefings/about-{programme.key}/download/{extension}/"
            yield Probe(url, OPEN if may else HIDDEN)


@adapter("journal", "desk:journal")
def journal(world, person, draw):
    """The journal, back to its beginning."""
    may = bool(world.oracle.roots(person.viewer, "journal.read"))

    def only(response, client):
        page, pages = response, 0
        while pages < 20 and (following := page.context["following"]):
            page, pages = client.get(f"/journal/{following}"), pages + 1
            if leaks := world.leaks(client.person, page):
                return f"page {pages}: {leaks[:2]}"
        return ""

    yield Probe("/journal/", OPEN if may else HIDDEN, only=only if may else None)
    yield Probe("/journal/?before=999999999999", ANY)


@adapter("divisions", "divisions:tree", "divisions:division", "divisions:lookup")
def divisions(world, person, draw):
    """The tree is public to all who sign in; it tells nothing of records."""
    yield Probe("/divisions/", ANY)
    for key in draw.sample(sorted(world.places), 3):
        yield Probe(f"/divisions/{key}/", ANY)
    yield Probe("/divisions/lookup/?q=县", ANY, fragment=True)


@adapter("programme", "programmes:programme", "programmes:choose")
def programmes(world, person, draw):
    """Programmes of the divisions above, at or below a posting."""
    near = world.programmes_of(person)
    for programme in world.programmes.values():
        expect = OPEN if programme in near else HIDDEN
        yield Probe(f"/programmes/{programme.key}/", expect)
        typed = {"programme": programme.key}
        yield Probe("/programmes/choose/", expect, typed, "post", status=(302,))


@adapter("errors", "demo:roles", "demo:enter")
def errors(world, person, draw):
    """Addresses that nobody has: the answers are the same for everybody and name nothing."""
    yield Probe("/registers/people/", HIDDEN)
    yield Probe("/registers/sites/0/", HIDDEN)
    yield Probe(f"/registers/sites/{9 * 10**18}/history/", HIDDEN)
    yield Probe("/nowhere/", HIDDEN)
    yield Probe("/demo/", HIDDEN)
    yield Probe("/demo/enter/", HIDDEN, {"username": "x"}, "post")
    yield Probe("/registers/sites/?q=%00&sort=%00", ANY)
