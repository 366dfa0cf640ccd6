"""Versions, revisions and records of decisions stay as they were written, whichever role writes.

Earlier wordings of published minutes may go after their time: the owner's function removes them, and only them. What
an accepted request replaced stays with it: without it "what it changed" would compare with an older one.
"""

from django.db import migrations

from core.db.immutable import exception, protect


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0001_initial")]
    operations = [
        protect("sessions_app_minutesversion"),
        protect("sessions_app_minutesrevision"),
        protect("sessions_app_decisionrecord"),
        exception(
            "portal_forget_revisions",
            arguments="before timestamptz",
            table="sessions_app_minutesrevision",
            body="""
            IF before > now() - interval '29 days' THEN
                RAISE EXCEPTION 'revisions of the last month stay' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            DELETE FROM sessions_app_minutesrevision AS revision
                USING sessions_app_minutesentry AS entry, sessions_app_minutes AS minutes
                WHERE entry.id = revision.entry_id AND minutes.id = entry.minutes_id
                    AND minutes.state = 'published'
                    AND revision.saved_at < before AND revision.number < entry.revision
                    AND NOT EXISTS (
                        SELECT 1 FROM sessions_app_amendmentrequest AS request
                            JOIN sessions_app_minutesrevision AS answered ON answered.id = request.revision_id
                            WHERE answered.entry_id = revision.entry_id
                                AND revision.number IN (answered.number, answered.number - 1)
                    );
            GET DIAGNOSTICS changed = ROW_COUNT;
            """,
        ),
    ]
