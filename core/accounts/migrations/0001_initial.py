import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier"),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("first_name", models.CharField(db_collation="fr-x-icu", max_length=80, verbose_name="first name")),
                ("last_name", models.CharField(db_collation="fr-x-icu", max_length=80, verbose_name="last name")),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "français"), ("en", "English")],
                        default="fr",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("is_staff", models.BooleanField(default=False, verbose_name="administrator")),
                ("is_demo", models.BooleanField(default=False, verbose_name="demonstration account")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="known since"),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="user_email_unique",
                        violation_error_message="Somebody is already known under this e-mail address.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="personal_links",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("scope", models.CharField(max_length=60, verbose_name="what for")),
                ("object_kind", models.CharField(max_length=40, verbose_name="kind of object")),
                ("object_id", models.UUIDField(verbose_name="object")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="sent at")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used at")),
            ],
            options={
                "verbose_name": "personal link",
                "verbose_name_plural": "personal links",
                "indexes": [models.Index(fields=["object_kind", "object_id"], name="personal_link_object")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="personal_link_expires_later",
                    )
                ],
            },
        ),
    ]
