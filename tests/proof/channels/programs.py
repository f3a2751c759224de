"""The API: what a token of each person reads and writes, register by register."""

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter
from tests.proof.channels.registers import SHOWN, bad_values, expected, sample, tokens_of
from tests.proof.world import LINKED, TEXTS

AT = "/api/v1/registers/"
VERBS = ("submit", "withdraw", "accept", "return", "comment", "hand-on", "ask", "cosign")
ORDERS = ("", "&sort=-name", "&sort=changed", "&sort=-changed")


def url_of(key, more=""):
    return f"{AT}{key[0]}/{key[1]}/{more}"


@adapter("api record", "api:record", "api:history")
def record(world, person, draw):
    """A record and its history: everything in it, or as if it never was."""
    for key in sample(world, draw):
        acts = world.acts(person, key)
        must = tokens_of(world, person, key, "name", "field") if key[0] in SHOWN else frozenset()
        yield Probe(url_of(key), OPEN, must=must) if acts["see"] else Probe(url_of(key), HIDDEN)
        past, url = tokens_of(world, person, key, "past"), url_of(key, "history/")
        yield Probe(url, OPEN, must=past) if acts["history"] else Probe(url, HIDDEN)


@adapter("api list", "api:list", "api:registers", "api:openapi")
def lists(world, person, draw):
    """Whole lists: exactly the records that the oracle names, on pages together."""
    yield Probe(AT, ANY)
    yield Probe("/api/v1/openapi.json", ANY)
    for key in TEXTS:
        void, order = draw.choice(("", "1")), draw.choice(ORDERS)
        yield whole_list(world, person, key, f"limit=20&void={bool(void)}{order}", void)
        place = world.places[draw.choice(sorted(world.places))]
        yield Probe(f"{AT}{key}/?division={place.key}", ANY)
        other = draw.choice(sorted(world.things))
        yield Probe(f"{AT}{key}/?q={world.names.get(other, 'x')}", ANY)
        for link, target in LINKED.get(key, ()):
            parent = draw.choice([k for k in world.things if k[0] == target])
            yield Probe(f"{AT}{key}/?{link}={parent[1]}", ANY)


def whole_list(world, person, key, query, void):
    """A list that must hold exactly what the oracle names; the pages that follow are fetched."""

    def only(response, client):
        found, page = set(), response
        for _number in range(40):
            if page.status_code != 200:
                return f"the list answers {page.status_code}"
            told = page.json()
            found |= {(key, each["id"]) for each in told["items"]}
            if not told["next"]:
                break
            page = client.get(told["next"])
        wanted = expected(world, person, key, void, client)
        if found == wanted:
            return ""
        return f"a page not as the oracle says: {sorted(found ^ wanted)[:4]} of {len(wanted)}"

    return Probe(f"{AT}{key}/?{query}", ANY, only=only)


@adapter("api change", "api:record")
def change(world, person, draw):
    """Changes with bad values and good: refused in words, done, or as if there were no record."""
    for key in sample(world, draw, 0.5):
        other = draw.choice(sorted(world.things))
        sent = draw.choice([{"name": "x"}, {}, bad_values(world, draw, key, other)])
        may, version = world.acts(person, key)["change"], draw.choice((None, 1, 2, 3))
        done = (200, 412, 422, 428)
        yield Probe(
            url_of(key), OPEN if may else HIDDEN, sent, "patch", status=done, version=version
        )


@adapter("api voiding", "api:void", "api:restore")
def voiding(world, person, draw):
    """Voiding and bringing back."""
    for key in sample(world, draw, 0.3):
        acts = world.acts(person, key)
        may = acts["void"] or acts["restore"]
        for verb in ("void/", "restore/"):
            sent = draw.choice([{}, {"reason": "x"}])
            expect = OPEN if may else HIDDEN
            yield Probe(url_of(key, verb), expect, sent, "post", status=(200, 422))


@adapter("api new", "api:list", "api:form")
def new(world, person, draw):
    """New records, also under a parent that may lie out of sight; and the choices of forms."""
    for key in TEXTS:
        yield Probe(f"{AT}{key}/form/", ANY)
        other = draw.choice(sorted(world.things))
        sent = bad_values(world, draw, ("", 1), other)
        for link, target in LINKED.get(key, ()):
            parent = draw.choice([k for k in world.things if k[0] == target])
            sent = {**sent, link: parent[1]}
        yield Probe(f"{AT}{key}/", ANY, sent, "post")


@adapter(
    "api reviews",
    "api:review",
    "api:submit",
    "api:withdraw",
    "api:accept",
    "api:give_back",
    "api:comment",
    "api:colleagues",
    "api:hand_on",
    "api:ask",
    "api:cosign",
)
def reviews(world, person, draw):
    """How far records have come, and each verb: for whom the oracle names, or as if not there."""
    for key in sample(world, draw, 0.3):
        sees = world.acts(person, key)["history"]
        yield Probe(url_of(key, "review/"), OPEN if sees else HIDDEN)
        if not sees:
            yield Probe(url_of(key, "review/colleagues/"), HIDDEN)
            for verb in VERBS:
                yield Probe(url_of(key, f"review/{verb}/"), HIDDEN, {}, "post", version=1)
    for number in draw.sample(sorted(world.reviews), max(1, int(10 * world.share))):
        key, author, _turn, writers = world.reviews[number]
        sees, decides = world.acts(person, key)["history"], world.decides(person, number)
        told = (422,) if author == person.account.pk else (200, 412, 422)
        expect = OPEN if decides else HIDDEN
        for verb, sent in (("accept", {}), ("return", {"reason": "x"})):
            url = url_of(key, f"review/{verb}/")
            yield Probe(url, expect, sent, "post", status=told, version=1)
        yield Probe(url_of(key, "review/colleagues/"), expect)
        for verb, sent in (("hand-on", {"to": 0}), ("ask", {"to": 0}), ("cosign", {})):
            url = url_of(key, f"review/{verb}/")
            yield Probe(url, expect, sent, "post", status=(412, 422), version=1)
        url, typed = url_of(key, "review/comment/"), {"text": ""}
        yield Probe(url, OPEN if sees else HIDDEN, typed, "post", status=(422,))
        takes = person.account.pk in writers and sees
        url = url_of(key, "review/withdraw/")
        yield Probe(url, OPEN if takes else HIDDEN, {}, "post", status=(200,))
