"""The pages of registers: lists, records, forms, histories, voiding."""

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter
from tests.proof.world import LINK, LINKED, TEXTS
from tongxin.registers import declaration

ABSENT = 99_999_999
SORTS = ("", "-name", "changed", "-changed", "nonsense")


def url_of(key, more=""):
    return f"/registers/{key[0]}/{key[1]}/{more}"


def tokens_of(world, person, key, *kinds):
    """The tokens of a record that stand on its page."""
    return frozenset(t for t, c in world.tokens.items() if c.key == key and c.kind in kinds)


def sample(world, draw, share=1.0):
    """A draw of the records, in another order for each person."""
    keys = sorted(world.things)
    return draw.sample(keys, max(1, int(len(keys) * share * world.share)))


@adapter("record", "registers:record")
def record(world, person, draw):
    """A record's page: everything on it, or as if it never was."""
    for key in sample(world, draw):
        into = world.merged.get(key)
        if into and world.acts(person, key)["see"] and world.acts(person, into)["see"]:
            yield Probe(url_of(key), OPEN, status=(302,), only=leads_to(into))
            yield Probe(url_of(key, "?stay=1"), OPEN)
        elif world.acts(person, key)["see"]:
            must = tokens_of(world, person, key, "name", "field") if key[0] in SHOWN else ()
            yield Probe(url_of(key), OPEN, must=frozenset(must))
        else:
            yield Probe(url_of(key), HIDDEN)


def leads_to(key):
    """The answer leads to a record's page."""

    def only(response, client):
        there = response.get("Location", "")
        return "" if there == url_of(key) else f"leads to {there}"

    return only


SHOWN = set(TEXTS) - {"participations"}


@adapter("history", "registers:history")
def history(world, person, draw):
    """Who changed what: the words of before, and the reasons."""
    for key in sample(world, draw):
        if world.acts(person, key)["history"]:
            yield Probe(url_of(key, "history/"), OPEN, must=tokens_of(world, person, key, "past"))
        else:
            yield Probe(url_of(key, "history/"), HIDDEN)


@adapter("form", "registers:edit")
def form(world, person, draw):
    """The form of a record, and its choices."""
    for key in sample(world, draw):
        may = world.acts(person, key)["change"]
        yield Probe(url_of(key, "edit/"), OPEN if may else HIDDEN)


@adapter("form errors", "registers:edit", "registers:void")
def form_errors(world, person, draw):
    """Forms sent with bad values: refused in words, or as if there were no record."""
    for key in sample(world, draw, 0.5):
        acts = world.acts(person, key)
        other = draw.choice(sorted(world.things))
        bad = bad_values(world, draw, key, other)
        expect = OPEN if acts["change"] else HIDDEN
        yield Probe(url_of(key, "edit/"), expect, bad, "post", status=(422, 409, 302))
        expect = OPEN if acts["void"] or acts["restore"] else HIDDEN
        yield Probe(url_of(key, "void/"), expect, {"void": "yes"}, "post", status=(422, 302))


def bad_values(world, draw, key, other):
    """What somebody types who guesses: names and numbers of what may lie out of sight."""
    name = world.names.get(other, "x")
    return draw.choice(
        [
            {},
            {"name": "", "place": "远县", "sensitivity": "secret"},
            {"name": name, "place": "北镇", "organisation": name, "means": str(other[1])},
            {"means": str(other[1]), "group": str(other[1]), "kind": str(other[1])},
            {"organisation": name, "credit_code": name, "version": "-1"},
        ]
    )


@adapter("new", "registers:new")
def new(world, person, draw):
    """An empty form, also under a parent that may lie out of sight."""
    for key in TEXTS:
        register = declaration.get(key)
        if not register.parent:
            yield Probe(f"/registers/{key}/new/", ANY)
            yield Probe(
                f"/registers/{key}/new/",
                ANY,
                bad_values(world, draw, ("", 1), draw.choice(sorted(world.things))),
                "post",
            )
            continue
        link, target = LINKED[key][0]
        parents = [k for k in world.things if k[0] == target]
        for parent in draw.sample(parents, 4):
            may = world.acts(person, parent)["change"]
            place = world.things[parent].place
            may = may and world.oracle.may_enter(person.viewer, key, place)
            url = f"/registers/{key}/new/?{link}={parent[1]}"
            yield Probe(url, OPEN if may else HIDDEN)
            other = draw.choice([k for k in world.things if k[0] == "organisations"])
            typed = {"organisation": world.names.get(other, "x"), "name": "", "level": ""}
            yield Probe(url, ANY if may else HIDDEN, typed, "post")


@adapter("voiding", "registers:void")
def voiding(world, person, draw):
    """The page on which a record is voided or brought back, and the act itself, undone again."""
    for key in sample(world, draw, 0.5):
        acts = world.acts(person, key)
        may = acts["void"] or acts["restore"]
        yield Probe(url_of(key, "void/"), OPEN if may else HIDDEN)
        if not may:
            yield Probe(url_of(key, "void/"), HIDDEN, {"reason": "x", "void": "yes"}, "post")


@adapter("list", "registers:list", "registers:index")
def lists(world, person, draw):
    """Whole lists in every order: exactly the records that the oracle names, on pages together."""
    yield Probe("/registers/", ANY)
    for key in TEXTS:
        sort, void = draw.choice(SORTS), draw.choice(("", "1"))
        yield whole_list(world, person, key, f"sort={sort}&void={void}", void)
        yield whole_list(world, person, key, f"sort={draw.choice(SORTS)}", "", fragment=True)
        place = world.places[draw.choice(sorted(world.places))]
        yield Probe(f"/registers/{key}/?division={place.key}&void={void}", ANY)
        other = draw.choice(sorted(world.things))
        yield Probe(f"/registers/{key}/?q={world.names.get(other, 'x')}", ANY)
        for link, target in LINKED.get(key, ()):
            parent = draw.choice([k for k in world.things if k[0] == target])
            yield Probe(f"/registers/{key}/?{link}={parent[1]}", ANY, fragment=True)
        yield Probe(f"/registers/{key}/?after=WyJhIiwxXQ&before={'A' * 20}", ANY)


def whole_list(world, person, key, query, void, *, fragment=False):
    """A list that must hold exactly what the oracle names; the pages that follow are fetched."""
    base = f"/registers/{key}/?{query}"

    def only(response, client):
        if response.status_code == 404:
            return "" if not expected(world, person, key, void, client) else "the list is not there"
        found, page, pages = set(), response, 0
        while pages < 9:
            pages += 1
            text = page.content.decode()
            found |= {(k, int(n)) for k, n in LINK.findall(text) if k == key}
            following = page.context["older"] if page.context else ""
            if not following:
                break
            page = client.get(f"/registers/{key}/{following}")
        wanted = expected(world, person, key, void, client)
        if found == wanted:
            return ""
        return f"not as the oracle says: {sorted(found ^ wanted)[:4]} of {len(wanted)}"

    return Probe(base, ANY, fragment=fragment, only=only)


def expected(world, person, key, void, client):
    """What a list holds: what is seen, of the programme in which the client works."""
    programme = client.working_in
    return {
        k
        for k in world.things
        if k[0] == key
        and world.acts(person, k)["see"]
        and (void == "1" or not world.things[k].void)
        and world.facts[k]["programme"] in (None, programme)
    }


@adapter("participants", "trainings:list", "trainings:withdraw", "trainings:strike")
def participants(world, person, draw):
    """The list of a training: head counts for who sees it, names for few."""
    for key in [k for k in sorted(world.things) if k[0] == "trainings"]:
        acts, base = world.acts(person, key), f"/trainings/{key[1]}/list/"
        names = (t for t, c in world.tokens.items() if c.kind == "person" and c.key == key)
        must = frozenset(token for token in names if world.allows(person, token))
        yield Probe(base, OPEN if acts["see"] else HIDDEN, must=must)
        typed = {"name": "x", "channel": "", "times": "0"}
        yield Probe(base, OPEN if acts["change"] else HIDDEN, typed, "post", status=(422,))
        for verb in ("withdraw", "strike"):
            yield Probe(f"{base}1/{verb}/", OPEN if acts["change"] else HIDDEN)
            yield Probe(f"{base}99/{verb}/", HIDDEN)


@adapter(
    "attachments",
    "registers:files",
    "registers:file",
    "registers:attach",
    "registers:replace_file",
    "registers:remove_file",
    "registers:download_file",
)
def attachments(world, person, draw):
    """Files of records, older ones like the newest; adding, replacing and removing them."""
    for key in draw.sample(sorted(world.papers), max(1, int(50 * world.share))):
        yield from paper(world, person, key)
    for key in sample(world, draw, 0.2):
        acts = world.acts(person, key)
        yield Probe(url_of(key, "files/"), OPEN if acts["see"] else HIDDEN)
        yield Probe(url_of(key, "files/new/"), OPEN if acts["change"] else HIDDEN)
        expect = OPEN if acts["change"] else HIDDEN
        yield Probe(url_of(key, "files/new/"), expect, {}, "post", status=(422,))


def paper(world, person, key):
    """One attachment: its page, each of its files, and what may be done with it."""
    opens, base = world.opens(person, key), url_of(key, f"files/{key[2]}/")
    changes = opens and world.acts(person, key[:2])["change"]
    yield Probe(base, OPEN if opens else HIDDEN)
    yield Probe(f"{base}revisions/1/", OPEN if opens else HIDDEN)
    yield Probe(f"{base}revisions/2/", ANY if opens else HIDDEN)
    replaces = changes and not world.papers[key].removed
    yield Probe(f"{base}replace/", OPEN if replaces else HIDDEN)
    yield Probe(f"{base}remove/", OPEN if changes else HIDDEN)
    if not changes:
        yield Probe(f"{base}remove/", HIDDEN, {"reason": "x", "void": "yes"}, "post")
    elsewhere = next((k for k in world.papers if k[:2] != key[:2]), None)
    if elsewhere:  # the number of one record's attachment under another record
        yield Probe(url_of(key, f"files/{elsewhere[2]}/"), HIDDEN)


@adapter(
    "saved views",
    "registers:views",
    "registers:new_view",
    "registers:view",
    "registers:change_view",
    "registers:delete_view",
)
def saved_views(world, person, draw):
    """One's own views, others' by their links: shared ones open, private ones do not exist."""
    for key in TEXTS:
        yield Probe(f"/registers/{key}/views/", ANY)
        yield Probe(f"/registers/{key}/views/new/?q=x&sort=-name", ANY)
    own = [key for key, view in world.views.items() if view.owner == person.account.pk]
    for token in [*own, *draw.sample(sorted(world.views), 8)]:
        view = world.views[token]
        mine = OPEN if view.owner == person.account.pk else HIDDEN
        base = f"/registers/{view.register}/views/{token}/"
        yield Probe(base, OPEN if world.shows(person, (token,)) else HIDDEN, status=(302,))
        yield Probe(f"{base}edit/", mine)
        yield Probe(f"{base}delete/", mine)
        yield Probe(f"{base}edit/", mine, {"name": "", "query": ""}, "post", status=(422,))
        if mine == HIDDEN:
            yield Probe(f"{base}delete/", HIDDEN, {}, "post")
        other = "sites" if view.register != "sites" else "means"
        yield Probe(f"/registers/{other}/views/{token}/", HIDDEN)


@adapter("duplicates", "registers:duplicates", "registers:similar")
def duplicates(world, person, draw):
    """Like records, of a register, of one record, and of one being entered: those in sight only."""
    for key in ("organisations", "sites"):
        yield Probe(f"/registers/{key}/duplicates/", ANY)
        name = world.names[draw.choice([k for k in world.names if k[0] == key])]
        place = draw.choice(("北镇", "河镇", "甲市", "东县"))
        typed = {"name": name[:-1] + "z", "place": place, "kind": "52", "status": "filed"}
        yield Probe(f"/registers/{key}/new/", ANY, typed | {"sensitivity": "public"}, "post")
    yield Probe("/registers/means/duplicates/", HIDDEN)
    for key in sample(world, draw):
        near = key[0] in {"organisations", "sites"} and world.acts(person, key)["see"]
        yield Probe(url_of(key, "similar/"), OPEN if near else HIDDEN)


@adapter("merging", "registers:merge", "registers:unmerge")
def merging(world, person, draw):
    """Merging two records, or parting them: for who may change both; else they do not exist."""
    for kind in ("organisations", "sites"):
        keys = [key for key in sorted(world.things) if key[0] == kind]
        for one, other in zip(draw.sample(keys, 8), draw.sample(keys, 8), strict=True):
            may = one != other and all(world.acts(person, key)["void"] for key in (one, other))
            url = f"{url_of(one)}merge/{other[1]}/"
            yield Probe(url, OPEN if may else HIDDEN)
            sent = {"one": "1", "two": "1", "f-name": "other"}
            yield Probe(url, OPEN if may else HIDDEN, sent, "post", status=(302, 409, 422))
    for key, into in world.merged.items():
        may = world.acts(person, key)["restore"] and world.acts(person, into)["void"]
        yield Probe(url_of(key, "unmerge/"), OPEN if may else HIDDEN)
        expect = OPEN if may else HIDDEN
        yield Probe(url_of(key, "unmerge/"), expect, {}, "post", status=(302, 422))
    for key in sample(world, draw, 0.2):
        if key not in world.merged:
            yield Probe(url_of(key, "unmerge/"), HIDDEN)
