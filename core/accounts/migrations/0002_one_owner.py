"""An address has one owner: whoever was named to the portal under it; others lose it, then the database keeps it so."""

from django.db import migrations

OWNED = """
DELETE FROM account_emailaddress claimed USING accounts_user owner
 WHERE lower(claimed.email) = lower(owner.email) AND claimed.user_id <> owner.id;
DELETE FROM account_emailaddress later USING account_emailaddress earlier
 WHERE lower(later.email) = lower(earlier.email)
   AND (earlier.verified, -earlier.id) > (later.verified, -later.id);
INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT person.id, lower(person.email), false,
       NOT EXISTS (SELECT FROM account_emailaddress own WHERE own.user_id = person.id AND own."primary")
  FROM accounts_user person
 WHERE NOT EXISTS (SELECT FROM account_emailaddress own WHERE lower(own.email) = lower(person.email));
SET CONSTRAINTS ALL IMMEDIATE;
"""
ONE_OWNER = "CREATE UNIQUE INDEX emailaddress_one_owner ON account_emailaddress (lower(email))"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunSQL(OWNED, migrations.RunSQL.noop),
        migrations.RunSQL(ONE_OWNER, "DROP INDEX emailaddress_one_owner"),
    ]
