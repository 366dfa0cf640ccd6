import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("subject_kind", models.CharField(blank=True, max_length=40)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("values", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="told at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                ("awaits_digest", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
                "indexes": [
                    models.Index(fields=["recipient", "-created_at", "-id"], name="notification_newest_first"),
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["recipient"], name="notification_unread"
                    ),
                    models.Index(
                        condition=models.Q(("awaits_digest", True)),
                        fields=["created_at"],
                        name="notification_awaits_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("message_id", models.CharField(max_length=200, unique=True, verbose_name="Message-ID")),
                ("kind", models.CharField(default="account", max_length=60, verbose_name="kind")),
                ("subject_kind", models.CharField(blank=True, max_length=40)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("sender", models.CharField(max_length=320, verbose_name="from")),
                (
                    "to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=320), size=None, verbose_name="to"
                    ),
                ),
                (
                    "hidden_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=320),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="hidden copy to",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=998, verbose_name="subject")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("html", models.TextField(blank=True, verbose_name="HTML")),
                ("headers", models.JSONField(blank=True, default=dict, verbose_name="headers")),
                ("attachments", models.JSONField(blank=True, default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at")),
                (
                    "secrets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=500), blank=True, default=list, size=None
                    ),
                ),
                ("holds_secret", models.BooleanField(default=False)),
                ("emptied_at", models.DateTimeField(blank=True, null=True, verbose_name="emptied at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("taken", "taken up"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "refused"),
                            ("uncertain", "uncertain"),
                        ],
                        default="queued",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("queued_at", models.DateTimeField(blank=True, null=True)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("token", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("problem", models.CharField(blank=True, max_length=500, verbose_name="what went wrong")),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="mail_newest_first"),
                    models.Index(
                        condition=models.Q(("state", "sent"), _negated=True), fields=["state"], name="mail_under_way"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="mail_sent_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lease_until__isnull", False),
                                ("state__in", ("taken", "sending")),
                                ("token__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state__in", ("taken", "sending")), _negated=True),
                                ("lease_until", None),
                                ("token", None),
                            ),
                            _connector="OR",
                        ),
                        name="mail_held_has_a_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            models.Q(("holds_secret", False), ("secrets", [])),
                            _connector="OR",
                        ),
                        name="mail_sent_holds_no_secret",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                (
                    "delivery",
                    models.CharField(
                        choices=[
                            ("at_once", "by mail at once"),
                            ("weekly", "in a mail each Monday"),
                            ("never", "in the portal only"),
                        ],
                        max_length=12,
                        verbose_name="how",
                    ),
                ),
            ],
            options={
                "verbose_name": "preference",
                "verbose_name_plural": "preferences",
                "constraints": [models.UniqueConstraint(fields=("user", "kind"), name="preference_once")],
            },
        ),
    ]
