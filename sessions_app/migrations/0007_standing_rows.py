"""Gives each published version and record the standing that the flags of its session's minutes gave it."""

from django.db import migrations

# The flags closed all versions of a session at once, later ones too: each of them is withdrawn.
FORWARD = """
INSERT INTO sessions_app_{kind}standing
    (session_id, document_id, state, withdrawn_at, withdrawal_reason, restoration_reason)
SELECT d.session_id, d.id,
       CASE WHEN m.withdrawn_at IS NOT NULL THEN 'withdrawn'
            WHEN d.number = max(d.number) OVER (PARTITION BY d.session_id) THEN 'in_force'
            ELSE 'replaced' END,
       m.withdrawn_at, coalesce(m.withdrawal_reason, ''), ''
FROM sessions_app_{table} d LEFT JOIN sessions_app_minutes m ON m.session_id = d.session_id
ORDER BY d.id
"""
BACKWARD = """
UPDATE sessions_app_minutes m SET withdrawn_at = s.withdrawn_at, withdrawal_reason = s.withdrawal_reason
FROM (SELECT DISTINCT ON (session_id) session_id, withdrawn_at, withdrawal_reason FROM sessions_app_{kind}standing
      WHERE state = 'withdrawn' ORDER BY session_id, withdrawn_at DESC) s
WHERE s.session_id = m.session_id
"""
EMPTY = "DELETE FROM sessions_app_{kind}standing"
TABLES = {"version": "minutesversion", "record": "decisionrecord"}


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0006_standing"),
    ]

    operations = [
        migrations.RunSQL(
            FORWARD.format(kind=kind, table=table),
            [BACKWARD.format(kind=kind), EMPTY.format(kind=kind)],
        )
        for kind, table in TABLES.items()
    ]
