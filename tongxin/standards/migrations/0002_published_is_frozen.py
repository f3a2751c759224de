from django.db import migrations

from tongxin.standards.rules import freezing


def guard(apps, schema_editor):
    for statement in freezing.create(schema_editor.connection.vendor, freezing.VERSIONS):
        schema_editor.execute(statement)


def release(apps, schema_editor):
    for statement in freezing.drop(schema_editor.connection.vendor, freezing.VERSIONS):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The database itself refuses to change or delete a version that was published."""

    dependencies = [('standards', '0001_standards_and_versions')]

    operations = [migrations.RunPython(guard, release)]
