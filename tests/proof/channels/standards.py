"""Standards: what is published is read by everybody who signs in, a draft by those who write it."""

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter


@adapter(
    "standards",
    "standards:index",
    "standards:standard",
    "standards:version",
    "standards:compare",
    "standards:download",
)
def reading(world, person, draw):
    """The list, versions published and drafted, what differs, and the files."""
    yield Probe("/standards/", OPEN)
    yield Probe("/standards/makerspace-incubating/1/", OPEN)
    yield Probe("/standards/nothing/", HIDDEN)
    for at, place in world.standards.items():
        keeps = OPEN if world.oracle.over(person.viewer, "standards.keep", place) else HIDDEN
        yield Probe(f"/standards/draft-{at}/", keeps, status=(302,))
        yield Probe(f"/standards/draft-{at}/1/", keeps)
        yield Probe(f"/standards/draft-{at}/1/as/xlsx/", keeps)
        yield Probe(f"/standards/kept-{at}/", OPEN, status=(302,))
        yield Probe(f"/standards/kept-{at}/1/", OPEN)
        yield Probe(f"/standards/kept-{at}/1/as/json/", OPEN)
        yield Probe(f"/standards/kept-{at}/2/", keeps)
        yield Probe(f"/standards/kept-{at}/1/against/2/", keeps)


@adapter(
    "writing standards",
    "standards:new",
    "standards:begin",
    "standards:general",
    "standards:add",
    "standards:clause",
    "standards:arrange",
    "standards:publish",
    "standards:discard",
    "standards:upload",
)
def writing(world, person, draw):
    """Drafts are changed by those who hold the power where the standard is kept."""
    may = bool(world.oracle.roots(person.viewer, "standards.keep"))
    yield Probe("/standards/new/", OPEN if may else HIDDEN)
    yield Probe("/standards/makerspace-incubating/1/begin/", HIDDEN, {}, "post")
    for at, place in world.standards.items():
        reached = world.oracle.over(person.viewer, "standards.keep", place)
        keeps = OPEN if reached else HIDDEN
        base = f"/standards/kept-{at}/2"
        for page in ("general/", "add/", "clauses/1/", "upload/"):
            yield Probe(f"{base}/{page}", keeps)
        # Nothing is changed: each says that it saw another revision.
        pressed = ANY if reached else HIDDEN
        arranged = {"code": "1", "act": "down", "seen": "0"}
        yield Probe(f"{base}/arrange/", pressed, arranged, "post")
        yield Probe(f"{base}/publish/", pressed, {"seen": "0"}, "post")
        yield Probe(f"{base}/discard/", pressed, {"seen": "0"}, "post")
        yield Probe(f"/standards/kept-{at}/1/begin/", pressed, {}, "post")
