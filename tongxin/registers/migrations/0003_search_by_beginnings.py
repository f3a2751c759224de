from django.db import migrations, models


def collate(apps, schema_editor):
    """Let PostgreSQL keep pieces in the order of code points, in which their ranges are asked."""
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(
            'ALTER TABLE registers_piece ALTER COLUMN text TYPE varchar(6) COLLATE "C"'
        )


def release(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(
            'ALTER TABLE registers_piece ALTER COLUMN text TYPE varchar(6) COLLATE "default"'
        )


def forget(apps, schema_editor):
    """Drop the pieces of before: they are made anew once every room is migrated."""
    apps.get_model('registers', 'Piece').objects.all().delete()


class Migration(migrations.Migration):
    """An index of what begins at each character of a name, in the place of characters and pairs."""

    dependencies = [('registers', '0002_saved_views')]

    operations = [
        migrations.RunPython(forget, forget),
        migrations.RemoveIndex('piece', 'pieces_of_a_record'),
        migrations.AlterField('piece', 'text', models.CharField(max_length=6)),
        migrations.RunPython(collate, release),
        migrations.AddIndex(
            'piece', models.Index(fields=['register', 'subject_id', 'text'], name='pieces_of_a_record')
        ),
    ]
