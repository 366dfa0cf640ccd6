"""Says of each review that led to a version which one: published at its end, or approved at the following session."""

from django.db import migrations

ADOPTED = """
UPDATE sessions_app_circulation c SET version_id = v.id FROM sessions_app_minutesversion v
WHERE c.outcome = 'adopted' AND v.session_id = c.session_id AND v.published_at = c.ended_at
"""
APPROVED = """
UPDATE sessions_app_circulation c SET version_id = v.id
FROM (SELECT DISTINCT ON (c.id) c.id AS review, v.id FROM sessions_app_circulation c
      JOIN sessions_app_minutesversion v ON v.session_id = c.session_id AND v.procedure = 'approved'
      AND v.published_at >= c.ended_at WHERE c.outcome = 'deferred' ORDER BY c.id, v.number) v
WHERE v.review = c.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0009_review_version"),
    ]

    operations = [
        migrations.RunSQL([ADOPTED, APPROVED], migrations.RunSQL.noop),
    ]
