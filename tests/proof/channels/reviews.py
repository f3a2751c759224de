"""What waits to be accepted: queues, the page of each review, and every door of it."""

import re
from uuid import uuid4

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter
from tests.proof.channels.registers import SHOWN, tokens_of

ROW = re.compile(r'href="/reviews/(\d+)/')
DECIDING = {
    "accept": ({}, (302,)),
    "return": ({"reason": "x"}, (302,)),
    "hand-on": ({"to": "0"}, (422,)),
    "ask": ({"to": "0"}, (422,)),
    "cosign": ({}, (422,)),
}


@adapter(
    "reviews",
    "reviews:review",
    "reviews:accept",
    "reviews:give_back",
    "reviews:hand_on",
    "reviews:ask",
    "reviews:cosign",
    "reviews:comment",
    "reviews:withdraw",
    "reviews:submit",
    "reviews:undo",
)
def reviews(world, person, draw):
    """One review: read by who sees the past of its record, decided by whom the oracle names."""
    for number in draw.sample(sorted(world.reviews), max(1, int(30 * world.share))):
        key, author, _turn, writers = world.reviews[number]
        base, sees = f"/reviews/{number}/", world.acts(person, key)["history"]
        mine = author == person.account.pk
        kinds = ("name", "field") if key[0] in SHOWN else ("name",)
        must = tokens_of(world, person, key, *kinds) if sees else frozenset()
        yield Probe(base, OPEN if sees else HIDDEN, must=must)
        decides = world.decides(person, number)
        for verb, (typed, status) in DECIDING.items():
            sent = {"version": str(version_of(world, key)), **typed}
            told = (422,) if mine else status
            yield Probe(f"{base}{verb}/", OPEN if decides else HIDDEN, sent, "post", status=told)
        yield Probe(
            f"{base}comment/", OPEN if sees else HIDDEN, {"text": ""}, "post", status=(422,)
        )
        takes = person.account.pk in writers and sees
        yield Probe(f"{base}withdraw/", OPEN if takes else HIDDEN, {}, "post", status=(302,))
        yield Probe(f"{base}submit/", HIDDEN, {}, "post")
    yield Probe(f"/reviews/undo/{uuid4()}/", HIDDEN, {}, "post")
    yield Probe("/reviews/99999999/", HIDDEN)


def version_of(world, key):
    """The version of a record that waits."""
    from tongxin.registers import declaration

    return declaration.get(key[0]).model.objects.values_list("version", flat=True).get(pk=key[1])


@adapter("queues", "reviews:queue", "reviews:accept_all", "reviews:keys")
def queues(world, person, draw):
    """Exactly what a person may decide on, and nothing of his own, under one tab or the other."""
    roots = world.oracle.roots(person.viewer, "records.accept")
    edits = bool(world.oracle.roots(person.viewer, "records.edit"))
    opens = OPEN if roots or edits else HIDDEN

    def only(response, client):
        found = {int(n) for n in ROW.findall(response.content.decode())}
        for tab in ("elsewhere", "decided"):
            page = client.get(f"/reviews/?tab={tab}").content.decode()
            found |= {int(n) for n in ROW.findall(page)}
        wanted = {
            number
            for number, (_key, author, *_rest) in world.reviews.items()
            if world.decides(person, number) and author != person.account.pk
        }
        return "" if found == wanted else f"page holds {sorted(found)}, oracle {sorted(wanted)}"

    for number, (key, author, *_rest) in world.reviews.items():
        if author == person.account.pk and world.decides(person, number):
            sent = {"version": str(version_of(world, key))}
            yield Probe(f"/reviews/{number}/accept/", OPEN, sent, "post", status=(422,))
    yield Probe("/reviews/", opens, only=only if roots else None)
    yield Probe("/reviews/?tab=sent", opens)
    yield Probe("/reviews/?tab=nonsense&after=0-9&done=x", opens)
    yield Probe("/reviews/accept/", OPEN if roots else HIDDEN)
    read = [f"{n}:{version_of(world, world.reviews[n][0])}" for n in world.reviews]
    yield Probe("/reviews/accept/", ANY if roots else HIDDEN, {"read": read}, "post")
    yield Probe("/reviews/keys/", ANY, {"off": "1"}, "post")
