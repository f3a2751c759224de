from django.db import migrations

from tongxin.standards.rules import freezing

HERE = (("standards_assessment", "decided"),)
"""Where assessments lay until they got a room of their own."""


def guard(apps, schema_editor):
    for statement in freezing.create(schema_editor.connection.vendor, HERE):
        schema_editor.execute(statement)


def release(apps, schema_editor):
    for statement in freezing.drop(schema_editor.connection.vendor, HERE):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The database itself refuses to change or delete an assessment that was decided."""

    dependencies = [('standards', '0003_assessments')]

    operations = [migrations.RunPython(guard, release)]
