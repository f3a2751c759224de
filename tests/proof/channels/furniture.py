"""The API beyond records: files, saved views, records entered twice, figures."""

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter
from tests.proof.channels.desk import works_somewhere
from tests.proof.channels.programs import AT, url_of
from tests.proof.channels.registers import sample
from tests.proof.world import TEXTS
from tongxin.indicators.catalogue import CATALOGUE

FIGURES = "/api/v1/figures/"
CHANGED = (200, 412, 422)


@adapter(
    "api files",
    "api:files",
    "api:file",
    "api:revisions",
    "api:remove_file",
    "api:restore_file",
    "api:download",
)
def files(world, person, draw):
    """Files of records, older ones like the newest; each list exactly what the oracle names."""
    for key in draw.sample(sorted(world.papers), max(1, int(50 * world.share))):
        yield from paper(world, person, key)
    held = [key[:2] for key in draw.sample(sorted(world.papers), 8)]
    for key in [*held, *sample(world, draw, 0.2)]:
        acts, url = world.acts(person, key), url_of(key, "files/")
        only = these_files(world, person, key)
        yield Probe(f"{url}?void=true", OPEN if acts["see"] else HIDDEN, only=only)
        yield Probe(url, OPEN if acts["change"] else HIDDEN, {}, "post", status=(415,))


def these_files(world, person, key):
    """The list holds the files that the oracle names, those that were removed among them."""

    def only(response, client):
        told = response.json().get("items", [])
        wanted = {k[2] for k in world.papers if k[:2] == key and world.opens(person, k)}
        found = {each["id"] for each in told}
        return "" if found == wanted else f"a page of files {found}, oracle {wanted}"

    return only if world.acts(person, key)["see"] else None


def paper(world, person, key):
    """One file: what is told of it, each of its versions, and what may be done with it."""
    opens, base = world.opens(person, key), url_of(key, f"files/{key[2]}/")
    changes = opens and world.acts(person, key[:2])["change"]
    yield Probe(base, OPEN if opens else HIDDEN)
    yield Probe(f"{base}revisions/1/", OPEN if opens else HIDDEN)
    yield Probe(f"{base}revisions/2/", ANY if opens else HIDDEN)
    expect = OPEN if changes and not world.papers[key].removed else HIDDEN
    sent = {"sensitivity": "public"}
    yield Probe(base, expect, sent, "patch", status=CHANGED, version=1)
    yield Probe(f"{base}revisions/", expect, {}, "post", status=(415,), version=1)
    expect = OPEN if changes else HIDDEN
    yield Probe(f"{base}remove/", expect, {}, "post", status=(200, 422))
    yield Probe(f"{base}restore/", expect, {}, "post")
    elsewhere = next((k for k in world.papers if k[:2] != key[:2]), None)
    if elsewhere:  # the number of one record's file under another record
        yield Probe(url_of(key, f"files/{elsewhere[2]}/"), HIDDEN)
        yield Probe(url_of(key, f"files/{elsewhere[2]}/revisions/1/"), HIDDEN)


@adapter("api views", "api:views", "api:view", "api:delete_view")
def saved_views(world, person, draw):
    """One's own views, others' by their keys: shared ones open, private ones do not exist."""
    for key in TEXTS:
        yield Probe(f"{AT}{key}/views/", OPEN)
        yield Probe(f"{AT}{key}/views/", OPEN, {"query": "q=x"}, "post", status=(422,))
    own = [key for key, view in world.views.items() if view.owner == person.account.pk]
    for token in [*own, *draw.sample(sorted(world.views), 8)]:
        view = world.views[token]
        mine = OPEN if view.owner == person.account.pk else HIDDEN
        base = f"{AT}{view.register}/views/{token}/"
        yield Probe(base, OPEN if world.shows(person, (token,)) else HIDDEN)
        yield Probe(base, mine, {"name": "x"}, "patch", status=(428,))
        yield Probe(f"{base}delete/", mine, {}, "post")
        other = "sites" if view.register != "sites" else "means"
        yield Probe(f"{AT}{other}/views/{token}/", HIDDEN)


@adapter("api merging", "api:duplicates", "api:similar", "api:merge", "api:unmerge")
def merging(world, person, draw):
    """Like records in sight only; merging and parting for who may do so with both."""
    for kind in ("organisations", "sites"):
        yield Probe(f"{AT}{kind}/duplicates/", ANY)
        keys = [key for key in sorted(world.things) if key[0] == kind]
        for one, other in zip(draw.sample(keys, 8), draw.sample(keys, 8), strict=True):
            may = world.acts(person, one)["void"]
            both = may and one != other and world.acts(person, other)["void"]
            sent = {"other": other[1], "other_version": 1, "taken": ["name"]}
            status = CHANGED if both else (422,)
            url = url_of(one, "merge/")
            yield Probe(url, OPEN if may else HIDDEN, sent, "post", status=status, version=1)
    yield Probe(f"{AT}means/duplicates/", HIDDEN)
    for key in sample(world, draw, 0.3):
        near = key[0] in {"organisations", "sites"} and world.acts(person, key)["see"]
        yield Probe(url_of(key, "similar/"), OPEN if near else HIDDEN)
        if key not in world.merged:
            yield Probe(url_of(key, "unmerge/"), HIDDEN, {}, "post")
    for key, into in world.merged.items():
        may = world.acts(person, key)["restore"] and world.acts(person, into)["void"]
        expect = OPEN if may else HIDDEN
        yield Probe(url_of(key, "unmerge/"), expect, {}, "post", status=(200, 422))


@adapter("api figures", "api:figures", "api:figure", "api:figure_records")
def figures(world, person, draw):
    """Figures of each division, their parts, and exactly the records behind that are in sight."""
    near = bool(world.programmes_of(person))
    yield Probe(FIGURES, OPEN if near and works_somewhere(world, person) else HIDDEN)
    own = {place for place, *_rest in person.viewer.postings}
    roots = [key for key, place in world.places.items() if place.pk in own]
    others = draw.sample(sorted(set(world.places) - set(roots)), 6)
    for key in [*roots, *others]:
        place = world.places[key]
        may = near and world.oracle.over(person.viewer, "records.view", place.pk)
        expect, query = OPEN if may else HIDDEN, f"?division={key}&map=today"
        yield Probe(f"{FIGURES}{query}", expect)
        for name in draw.sample(sorted(CATALOGUE), 8 if key in roots else 2):
            part = draw.choice(CATALOGUE[name].parts())
            more = f"&part={part}" if part else ""
            yield Probe(f"{FIGURES}{name}/{query}{more}", expect)
            yield Probe(f"{FIGURES}{name}/records/{query}{more}", expect)
            # On the map of then: what has moved away since is counted, but named to nobody here.
            yield Probe(f"{FIGURES}{name}/?division={key}{more}", expect)
            yield Probe(f"{FIGURES}{name}/records/?division={key}{more}", expect)
        counted = counts(world, person, place) if may else None
        yield Probe(f"{FIGURES}training.sessions/{query}", expect, only=counted)
        behind = stands_behind(world, person, place) if may else None
        yield Probe(f"{FIGURES}training.sessions/records/{query}&limit=2", expect, only=behind)


def counts(world, person, place):
    """A total of powers of two names the records that are in it."""

    def only(response, client):
        found = response.json()["counted"]
        rows = world.oracle.counted(person.viewer, place.pk, world.trainings(client.working_in))
        wanted = sum(world.sums[row.name] for row in rows)
        told = int(found["value"]) if found else 0
        return "" if told == wanted else f"counted {told:b}, oracle {wanted:b}"

    return only


def stands_behind(world, person, place):
    """The pages of records behind a count hold those of it that the oracle lets one see."""

    def only(response, client):
        found, page = set(), response.json()
        for _number in range(40):
            found |= {each["id"] for each in page["items"]}
            if not page["next"]:
                break
            page = client.get(page["next"]).json()
        rows = world.oracle.counted(person.viewer, place.pk, world.trainings(client.working_in))
        keys = [("trainings", row.name) for row in rows]
        wanted = {key[1] for key in keys if world.acts(person, key)["see"]}
        return "" if found == wanted else f"a page of {found} behind a count, oracle {wanted}"

    return only
