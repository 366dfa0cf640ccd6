"""Saved views come down from funding with their rows, and can tell what is new."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0001_initial"),
        ("funding", "0003_kept_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE funding_savedview RENAME TO members_savedview",
                    "ALTER TABLE members_savedview RENAME TO funding_savedview",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("page", models.CharField(max_length=20, verbose_name="page")),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("query", models.CharField(max_length=1000, verbose_name="filter")),
                        ("saved_at", models.DateTimeField(verbose_name="saved at")),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_views",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "shared_with",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="members.organisation",
                                verbose_name="shared with",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved view",
                        "verbose_name_plural": "saved views",
                        "indexes": [models.Index(fields=["shared_with", "page"], name="view_shared")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "page", "name"),
                                name="view_name_once",
                                violation_error_message="You already have a view of this name for this page.",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            "savedview",
            "alert",
            models.CharField(
                blank=True,
                choices=[("at_once", "at once"), ("weekly", "once a week")],
                default="",
                max_length=10,
                verbose_name="what is new",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "savedview",
            "alert_since",
            models.DateTimeField(blank=True, null=True, verbose_name="what is new is told since"),
        ),
        migrations.AddConstraint(
            "savedview",
            models.CheckConstraint(
                condition=models.Q(("alert", ""), ("alert_since", None))
                | models.Q(models.Q(("alert", ""), _negated=True), ("alert_since__isnull", False)),
                name="view_alert_has_its_moment",
            ),
        ),
        migrations.CreateModel(
            name="SavedViewNews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.UUIDField(verbose_name="what was told")),
                ("told_at", models.DateTimeField(verbose_name="told at")),
                (
                    "view",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="members.savedview",
                        verbose_name="saved view",
                    ),
                ),
            ],
            options={
                "verbose_name": "row told of a saved view",
                "verbose_name_plural": "rows told of saved views",
                "constraints": [models.UniqueConstraint(fields=("view", "subject"), name="view_news_once")],
            },
        ),
    ]
