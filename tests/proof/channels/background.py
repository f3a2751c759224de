"""Lists made in the background: the rows of the page, and nobody else's file or progress."""

import json

from django.utils.translation import override

from tests.proof.channels import ANY, HIDDEN, OPEN, Probe, adapter
from tests.proof.channels.registers import expected
from tests.proof.world import TEXTS
from tongxin.exchange.background.jobs import ask_for_export, carry_out
from tongxin.exchange.background.wishes import kept_of
from tongxin.exchange.choices import JobKind
from tongxin.exchange.models import Batch, Job
from tongxin.registers import declaration
from tongxin.registers.queries import Wish

KEYS = tuple(TEXTS)


@adapter("background", "exchange:exports", "exchange:job", "exchange:fetch", "exchange:look")
def background(world, person, draw):
    """A list of one's own is made and fetched; that of somebody else is not there."""
    programmes = world.programmes_of(person)
    for key in draw.sample(KEYS, 2):
        yield Probe(f"/exchange/{key}/exports/", ANY)
        yield from others(world, person, key)
        if programmes:
            yield from own(world, person, key, programmes[0])


def own(world, person, key, programme):
    """Ask for a list, let a worker make it, and fetch it: exactly what the oracle names."""
    register, account = declaration.get(key), person.fresh()
    wishes = {"wish": kept_of(Wish()), "extension": "json", "narrowed": ""}
    with override("zh-hans"):
        job = ask_for_export(register, by=account, programme=programme, wishes=wishes)
        carry_out.call(job.pk)
    url = f"/exchange/{key}/jobs/{job.pk}/"
    yield Probe(url, OPEN)

    def only(_response, client):
        """Fetched again, because a file is read once."""
        wanted = expected(world, person, key, "", client)
        answer = client.get(f"{url}file/")
        rows = json.loads(b"".join(answer.streaming_content))["rows"]
        found = {(key, row["number"]) for row in rows}
        if found == wanted:
            return ""
        return f"not as the oracle says: {sorted(found ^ wanted)[:4]} of {len(wanted)}"

    yield Probe(f"{url}file/", OPEN, only=only)
    job.refresh_from_db()
    job.delete()


def others(world, person, key):
    """What somebody else asked for, and his workbook."""
    other = world.people[0].account
    if other.pk == person.account.pk:
        return
    facts = {"register": key, "account": other, "kind": JobKind.EXPORT, "language": "zh-hans"}
    wishes = {"wish": kept_of(Wish()), "extension": "json", "narrowed": ""}
    job, _created = Job.objects.get_or_create(**facts, defaults={"wishes": wishes})
    batch, _created = Batch.objects.get_or_create(
        register=key, account=other, file_name="other.csv", sha256="0" * 64
    )
    yield Probe(f"/exchange/{key}/jobs/{job.pk}/", HIDDEN)
    yield Probe(f"/exchange/{key}/jobs/{job.pk}/", HIDDEN, fragment=True)
    yield Probe(f"/exchange/{key}/jobs/{job.pk}/file/", HIDDEN)
    yield Probe(f"/exchange/{key}/jobs/99999999/", HIDDEN)
    yield Probe(f"/exchange/{key}/{batch.pk}/look/", HIDDEN, {}, "post")
