"""Give the entries that stand there their numbers and hashes, in the order they were written."""

from django.conf import settings
from django.db import migrations

from tongxin.journal import rules, verifier

BATCH = 1000


def chain(apps, schema_editor):
    entries = apps.get_model('journal', 'Entry').objects.order_by('id')
    head = apps.get_model('journal', 'Head')(id=1, sequence=0, hash=verifier.NOTHING, algorithm=settings.JOURNAL_HASH)
    digest = verifier.hasher(head.algorithm)
    batch = []

    def write():
        entries.model.objects.bulk_update(batch, ['sequence', 'previous', 'hash', 'before', 'after', 'facts'])
        batch.clear()

    for entry in entries.iterator():
        # Fractions are kept as words: two databases would write the same number differently.
        for side in ('before', 'after', 'facts'):
            setattr(entry, side, rules.plain(getattr(entry, side), None))
        entry.sequence, entry.previous = head.sequence + 1, head.hash
        body = rules.body_of(
            at=entry.at,
            actor=entry.actor_id,
            verb=entry.verb,
            subject=(entry.subject_type, entry.subject_id, entry.subject_name, ''),
            place=entry.place_id,
            before=entry.before,
            after=entry.after,
            facts=entry.facts,
        )
        entry.hash = verifier.entry_hash(digest, entry.sequence, entry.previous, body)
        head.sequence, head.hash = entry.sequence, entry.hash
        batch.append(entry)
        if len(batch) == BATCH:
            write()
    write()
    head.save()


class Migration(migrations.Migration):
    dependencies = [('journal', '0002_chain')]

    operations = [migrations.RunPython(chain, migrations.RunPython.noop)]
