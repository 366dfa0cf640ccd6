import django.db.models.deletion
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
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=60, verbose_name="contents")),
                ("subject_id", models.BigIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("file_name", models.CharField(max_length=180, verbose_name="file name")),
                ("sent_at", models.DateTimeField(verbose_name="sent at")),
                ("sheet", models.CharField(blank=True, max_length=100, verbose_name="sheet")),
                ("mapping", models.JSONField(blank=True, default=list)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("layout", models.JSONField(blank=True, default=dict, verbose_name="layout")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("choosing", "to be laid out"),
                            ("to_check", "waiting to be read"),
                            ("checking", "being read"),
                            ("checked", "read, nothing written"),
                            ("to_write", "waiting to be written"),
                            ("writing", "being written"),
                            ("done", "written"),
                            ("failed", "failed"),
                            ("cancelled", "called off"),
                        ],
                        default="choosing",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked for at")),
                ("queued_at", models.DateTimeField(blank=True, null=True, verbose_name="handed to the broker at")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="written at")),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="attempt")),
                ("token", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reading", "Reading the file"),
                            ("comparing", "Comparing the rows with the portal"),
                            ("writing", "Writing the rows"),
                        ],
                        max_length=12,
                        verbose_name="step",
                    ),
                ),
                ("progress_done", models.PositiveIntegerField(default=0)),
                ("progress_total", models.PositiveIntegerField(blank=True, null=True)),
                ("error_code", models.CharField(blank=True, max_length=40, verbose_name="error")),
                ("error_detail", models.CharField(blank=True, max_length=500, verbose_name="detail of the error")),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="outcome")),
                ("problems", models.JSONField(blank=True, default=list)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("changed_meanwhile", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "indexes": [
                    models.Index(fields=["kind", "subject_id", "-sent_at"], name="import_by_subject"),
                    models.Index(
                        condition=models.Q(("state__in", ("to_check", "to_write", "checking", "writing"))),
                        fields=["state", "asked_at"],
                        name="import_active",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("checking", "writing")),
                                ("lease_until__isnull", False),
                                ("started_at__isnull", False),
                                ("token__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state__in", ("checking", "writing")), _negated=True),
                                ("lease_until__isnull", True),
                                ("token__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="import_held_while_run",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("applied_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="import_done_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), models.Q(("error_code", ""), _negated=True)),
                            models.Q(models.Q(("state", "failed"), _negated=True), ("error_code", "")),
                            _connector="OR",
                        ),
                        name="import_failed_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "of",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file",
                        to="imports.import",
                        verbose_name="import",
                    ),
                ),
                ("content", models.BinaryField(verbose_name="file")),
            ],
            options={
                "verbose_name": "file of an import",
                "verbose_name_plural": "files of imports",
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="imports.import",
                        verbose_name="import",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="row of the file")),
                ("cells", models.JSONField()),
                ("texts", models.JSONField()),
                ("reference", models.CharField(blank=True, max_length=300, verbose_name="reference")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("created", "to be created"),
                            ("changed", "to be changed"),
                            ("unchanged", "unchanged"),
                            ("conflict", "in conflict"),
                            ("wrong", "wrong"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("told", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name": "row of an import",
                "verbose_name_plural": "rows of imports",
                "indexes": [models.Index(fields=["of", "outcome", "number"], name="import_row_outcome")],
                "constraints": [models.UniqueConstraint(fields=("of", "number"), name="import_row_once")],
            },
        ),
    ]
