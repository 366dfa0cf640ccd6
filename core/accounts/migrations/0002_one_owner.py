"""An address has one owner, also where allauth keeps it."""

from django.db import migrations

ONE_OWNER = "CREATE UNIQUE INDEX emailaddress_one_owner ON account_emailaddress (lower(email))"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunSQL(ONE_OWNER, "DROP INDEX emailaddress_one_owner"),
    ]
