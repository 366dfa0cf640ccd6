"""Saved views stand in members now; their table went there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_kept_rows"), ("members", "0002_saved_views")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("SavedView")])]
