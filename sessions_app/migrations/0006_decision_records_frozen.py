"""Records of decisions stay as they were circulated; what published minutes hold has been open since they came out."""

from django.db import migrations

from core.db.immutable import protect

OPEN_SINCE = """
UPDATE {table} SET released_at = published.first FROM (
    SELECT session_id, min(published_at) AS first FROM sessions_app_minutesversion GROUP BY session_id
) AS published WHERE published.session_id = {table}.session_id AND released_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0005_decision_records")]
    operations = [
        protect("sessions_app_decisionrecord"),
        *(
            migrations.RunSQL(OPEN_SINCE.format(table=table), migrations.RunSQL.noop)
            for table in ("sessions_app_decision", "sessions_app_actionitem")
        ),
    ]
