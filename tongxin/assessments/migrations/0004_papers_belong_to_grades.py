from django.db import migrations


class Migration(migrations.Migration):
    """How long a grade holds, and the numbers of its papers, stand with the grade alone."""

    dependencies = [('assessments', '0003_grades_of_decided')]

    operations = [
        migrations.RemoveField('assessment', 'valid_until'),
        migrations.RemoveField('assessment', 'certificate'),
        migrations.RemoveField('assessment', 'plaque'),
    ]
