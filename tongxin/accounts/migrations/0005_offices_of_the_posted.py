from django.db import migrations
from django.db.models import OuterRef, Subquery


def give_offices(apps, _schema):
    """Let each account be kept by the office to which it was posted first."""
    accounts, postings = apps.get_model("accounts", "Account"), apps.get_model("accounts", "Posting")
    first = postings.objects.filter(account=OuterRef("pk")).order_by("id").values("office")[:1]
    accounts.objects.filter(office=None).update(office=Subquery(first))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_offices_keep_accounts'),
    ]

    operations = [
        # Going back drops the column anyway.
        migrations.RunPython(give_offices, migrations.RunPython.noop),
    ]
