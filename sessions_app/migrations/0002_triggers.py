"""Versions, revisions and records of decisions stay as they were written, whichever role writes."""

from django.db import migrations

from core.db.immutable import protect


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0001_initial")]
    operations = [
        protect("sessions_app_minutesversion"),
        protect("sessions_app_minutesrevision"),
        protect("sessions_app_decisionrecord"),
    ]
