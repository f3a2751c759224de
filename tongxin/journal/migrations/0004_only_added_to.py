from django.db import migrations, models

from tongxin.journal import triggers


def guard(apps, schema_editor):
    for statement in triggers.create(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def release(apps, schema_editor):
    for statement in triggers.drop(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Every entry has its number, and the database itself refuses to change what was written."""

    dependencies = [('journal', '0003_chain_what_stands')]

    operations = [
        migrations.AlterField('entry', 'sequence', models.BigIntegerField(unique=True, verbose_name='序号')),
        migrations.RunPython(guard, release),
    ]
