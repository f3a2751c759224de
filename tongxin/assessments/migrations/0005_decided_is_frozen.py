from django.db import migrations

from tongxin.assessments.rules.freezing import DECIDED
from tongxin.standards.rules import freezing


def guard(apps, schema_editor):
    for statement in freezing.create(schema_editor.connection.vendor, DECIDED):
        schema_editor.execute(statement)


def release(apps, schema_editor):
    for statement in freezing.drop(schema_editor.connection.vendor, DECIDED):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The database itself refuses to change or delete an assessment that was decided."""

    dependencies = [('assessments', '0004_papers_belong_to_grades')]

    operations = [migrations.RunPython(guard, release)]
