import importlib

from django.db import migrations

frozen = importlib.import_module("tongxin.standards.migrations.0004_decided_is_frozen")


class Migration(migrations.Migration):
    """Assessments go to a room of their own: the table is renamed, no row is touched.

    Their guard is taken off here and set again by that room, when it has its own columns.
    """

    dependencies = [('standards', '0004_decided_is_frozen')]

    operations = [
        migrations.RunPython(frozen.release, frozen.guard),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel('Assessment')],
            database_operations=[
                migrations.AlterModelTable('Assessment', 'assessments_assessment')
            ],
        ),
    ]
