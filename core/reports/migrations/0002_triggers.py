"""A report that is done stays as it was made, whichever role writes."""

from django.db import migrations

from core.db.immutable import protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [protect("reports_report", when="OLD.state = 'done'")]
