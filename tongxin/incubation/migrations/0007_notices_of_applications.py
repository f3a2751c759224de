"""Let what was put up before notices were records have its notice, so that it can go on.

An application that stands publicised was put up by a step alone. It gets the notice that the step
stood for: posted on its day, until the day that was told then. Who has been admitted is through
with it and keeps his step.
"""

from django.db import migrations

KEY = "tenancies"
NOT_KNOWN = "按入驻办理记录转来，当时没有登记地点"
"""Where the notice was posted; by these words the way back knows what it may take away."""


def give_notices(apps, _schema):
    Tenancy = apps.get_model("incubation", "Tenancy")
    PublicNotice = apps.get_model("public_notices", "PublicNotice")
    known = set(
        PublicNotice.objects.filter(register=KEY, state__in=("draft", "posted", "closed"))
        .values_list("subject_id", flat=True)
        .iterator()
    )
    rows = Tenancy.objects.filter(state="publicised", void=False).select_related("base")
    made = []
    for tenancy in rows.iterator():
        if tenancy.pk in known or tenancy.state_on is None or tenancy.due_on is None:
            continue
        made.append(
            PublicNotice(
                register=KEY,
                subject_id=tenancy.pk,
                state="posted",
                name=f"关于“{tenancy.name}”拟入驻的公示"[:60],
                text=f"拟同意“{tenancy.name}”入驻“{tenancy.base.name}”。",
                put_up_at=NOT_KNOWN,
                count=tenancy.base.notice_days,
                unit=tenancy.base.notice_unit,
                starts_on=tenancy.state_on,
                announced_until=tenancy.due_on,
            )
        )
    PublicNotice.objects.bulk_create(made, batch_size=500)


def take_notices(apps, _schema):
    """Take away those that nobody has touched since: the step says the same."""
    PublicNotice = apps.get_model("public_notices", "PublicNotice")
    PublicNotice.objects.filter(
        register=KEY, state="posted", put_up_at=NOT_KNOWN, version=1, objections__isnull=True
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("incubation", "0006_names_of_steps"),
        ("public_notices", "0001_notices_and_objections"),
    ]

    operations = [migrations.RunPython(give_notices, take_notices)]
