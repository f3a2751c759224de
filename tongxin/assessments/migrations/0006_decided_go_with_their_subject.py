from django.db import migrations

from tongxin.assessments.rules.freezing import COLUMNS, DECIDED
from tongxin.standards.rules import freezing


def loosen(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*freezing.drop(vendor, DECIDED), *freezing.create(vendor, DECIDED, COLUMNS)):
        schema_editor.execute(statement)


def tighten(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*freezing.drop(vendor, DECIDED), *freezing.create(vendor, DECIDED)):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """What was decided goes with its subject into which that is merged, and else never changes."""

    dependencies = [('assessments', '0005_decided_is_frozen')]

    operations = [migrations.RunPython(loosen, tighten)]
