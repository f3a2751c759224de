"""Public notices: read by who sees the record, prepared and decided by posting."""

from tests.proof.channels import HIDDEN, OPEN, Probe, adapter


@adapter(
    "notices",
    "public_notices:notice",
    "public_notices:edit",
    "public_notices:post",
    "public_notices:close",
    "public_notices:withdraw",
    "public_notices:object_to",
    "public_notices:answer",
)
def notices(world, person, draw):
    """One notice, and every door of it."""
    over = world.oracle.over
    for number in draw.sample(sorted(world.notices), max(1, int(len(world.notices) * world.share))):
        key, posted, tokens = world.notices[number]
        place, base = world.things[key].place, f"/notices/{number}/"
        inside = world.acts(person, key)["see"] and over(person.viewer, "records.view", place)
        sees = world.acts(person, key)["see"] if posted else inside
        yield Probe(base, OPEN if sees else HIDDEN, must=frozenset(tokens) if sees else frozenset())
        prepares = sees and over(person.viewer, powers(key), place)
        decides = sees and over(person.viewer, "records.accept", place)
        for verb in ("edit", "objections/new"):
            yield Probe(f"{base}{verb}/", OPEN if prepares else HIDDEN)
            yield Probe(f"{base}{verb}/", OPEN if prepares else HIDDEN, {}, "post", status=(422,))
        yield Probe(f"{base}post/", OPEN if decides else HIDDEN)
        yield Probe(f"{base}post/", OPEN if decides else HIDDEN, {}, "post", status=(422,))
        yield Probe(f"{base}withdraw/", OPEN if decides else HIDDEN)
        sent = {"reason": "", "version": ""}
        yield Probe(f"{base}withdraw/", OPEN if decides else HIDDEN, sent, "post", status=(422,))
        stale = {"version": "0"}
        yield Probe(f"{base}close/", OPEN if decides else HIDDEN, stale, "post", status=(409,))
        answers = number in world.objected and decides
        yield Probe(f"{base}objections/1/", OPEN if answers else HIDDEN)
        yield Probe(f"{base}objections/9/", HIDDEN)
    yield Probe("/notices/99999999/", HIDDEN)


@adapter(
    "notices of records",
    "public_notices:index",
    "public_notices:of_record",
    "public_notices:new",
)
def lists(world, person, draw):
    """The list holds exactly the notices that a person sees; those of a record follow it."""

    def only(response, client):
        text = response.content.decode()
        found = {number for number in world.notices if f'"/notices/{number}/"' in text}
        wanted = {number for number in world.notices if seen(world, person, number)}
        return "" if found == wanted else f"page holds {sorted(found)}, oracle {sorted(wanted)}"

    yield Probe("/notices/", OPEN, only=only)
    yield Probe("/notices/?state=posted&after=x", OPEN)
    keys = sorted(world.things)
    for key in draw.sample(keys, max(1, int(len(keys) * world.share / 4))):
        sees, place = world.acts(person, key)["see"], world.things[key].place
        base = f"/notices/of/{key[0]}/{key[1]}/"
        prepares = sees and world.oracle.over(person.viewer, powers(key), place)
        yield Probe(base, OPEN if sees else HIDDEN)
        yield Probe(f"{base}new/", OPEN if prepares else HIDDEN)
        yield Probe(f"{base}new/", OPEN if prepares else HIDDEN, {}, "post", status=(422,))


def seen(world, person, number):
    """Whether a person sees a notice, by what the oracle says of its record."""
    key, posted, _tokens = world.notices[number]
    sees = world.acts(person, key)["see"]
    place = world.things[key].place
    return sees and (posted or world.oracle.over(person.viewer, "records.view", place))


def powers(key):
    """The power with which records of a register are entered."""
    from tongxin.registers import declaration

    return declaration.get(key[0]).edit_power
