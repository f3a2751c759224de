"""The table itself refuses to change a consent: it can only be ended, once."""

from django.db import migrations

KEPT = (
    "wording", "wording_hash", "language", "channel", "purposes", "given_on", "expires_on",
    "recorded_at", "recorded_by_id", "division_id",
)
NAME = "participants_consent_only_ended"
WORDS = "a consent is only ended"


def set_guard(apps, editor):
    vendor = editor.connection.vendor
    differ = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"NEW.{name} {differ} OLD.{name}" for name in KEPT)
    when = f"OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR {changed}"
    start = f"CREATE TRIGGER {NAME} BEFORE UPDATE ON participants_consent FOR EACH ROW WHEN ({when}) "
    if vendor == "postgresql":
        editor.execute(
            f"CREATE FUNCTION {NAME}() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$ "
            "LANGUAGE plpgsql"
        )
        editor.execute(f"{start}EXECUTE FUNCTION {NAME}()")
    else:
        editor.execute(f"{start}BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")


def lift_guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {NAME} ON participants_consent")
        editor.execute(f"DROP FUNCTION {NAME}()")
    else:
        editor.execute(f"DROP TRIGGER {NAME}")


class Migration(migrations.Migration):

    dependencies = [("participants", "0001_people_who_agreed")]
    operations = [migrations.RunPython(set_guard, lift_guard)]
