from django.db import migrations


def give_grades(apps, _schema):
    """What was decided with a grade has been in force since: before, there was no other way."""
    Assessment = apps.get_model("assessments", "Assessment")
    Grade = apps.get_model("assessments", "Grade")
    rows = Assessment.objects.filter(state="decided", valid_until__isnull=False).exclude(grade="")
    made = (
        Grade(
            assessment_id=row.pk,
            name=row.grade,
            state="in_force",
            confirmed_on=row.decided_on,
            valid_until=row.valid_until,
            certificate=row.certificate,
            plaque=row.plaque,
        )
        for row in rows.defer("told", "result").order_by("pk").iterator()
    )
    Grade.objects.bulk_create(made, batch_size=500)


def take_grades(apps, _schema):
    """Write back what the old table knows of; what experts and committees hold goes to the check.

    A grade that was only proposed, or withdrawn, is none in the old table.
    """
    Assessment = apps.get_model("assessments", "Assessment")
    Grade = apps.get_model("assessments", "Grade")
    Assessment.objects.filter(state__in=("experts", "committee")).update(state="check")
    for grade in Grade.objects.filter(state="in_force").order_by("pk").iterator():
        Assessment.objects.filter(pk=grade.assessment_id).update(
            grade=grade.name,
            valid_until=grade.valid_until,
            certificate=grade.certificate,
            plaque=grade.plaque,
        )
    lost = Grade.objects.exclude(state="in_force").values("assessment_id")
    Assessment.objects.filter(pk__in=lost).update(grade="")


class Migration(migrations.Migration):
    """Each decided assessment with a grade gives it a life of its own."""

    dependencies = [('assessments', '0002_grades_appeals_and_evidence')]

    operations = [migrations.RunPython(give_grades, take_grades)]
