import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
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
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("render_key", models.CharField(max_length=64)),
                ("content_sha256", models.CharField(blank=True, max_length=64, null=True, verbose_name="content hash")),
                ("queue", models.CharField(max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("running", "being made"),
                            ("done", "ready"),
                            ("failed", "failed"),
                            ("cancelled", "called off"),
                        ],
                        default="queued",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="asked for at")),
                ("queued_at", models.DateTimeField(blank=True, null=True, verbose_name="handed to the broker at")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="attempt")),
                ("token", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reading", "Reading the content"),
                            ("layout", "Laying out the pages"),
                            ("drawing", "Drawing the pages"),
                            ("writing", "Writing the file"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                ("progress_done", models.PositiveIntegerField(default=0)),
                ("progress_total", models.PositiveIntegerField(blank=True, null=True)),
                ("error_code", models.CharField(blank=True, max_length=40, verbose_name="error")),
                ("error_detail", models.CharField(blank=True, max_length=500, verbose_name="detail of the error")),
                ("file", models.CharField(blank=True, max_length=120, verbose_name="path of the file")),
                ("file_name", models.CharField(blank=True, max_length=180, verbose_name="file name")),
                ("file_sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the file")),
                ("file_size", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="size in bytes")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["-requested_at", "-pk"],
                "indexes": [
                    models.Index(fields=["kind", "subject_id", "-requested_at"], name="report_by_subject"),
                    models.Index(condition=models.Q(("state", "done")), fields=["file_sha256"], name="report_by_file"),
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["state", "queue", "requested_at"],
                        name="report_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("queued", "running", "done"))),
                        fields=("render_key",),
                        name="report_one_live_row_a_key",
                        violation_error_message="This report has been asked for already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "queued"), _negated=True),
                            models.Q(
                                models.Q(("started_at__isnull", False), _negated=True),
                                models.Q(("finished_at__isnull", False), _negated=True),
                                ("lease_until__isnull", True),
                                ("token__isnull", True),
                                ("file", ""),
                                ("file_sha256", ""),
                                ("file_size__isnull", True),
                                ("pages__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="report_queued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            models.Q(
                                ("started_at__isnull", False),
                                models.Q(("finished_at__isnull", False), _negated=True),
                                ("lease_until__isnull", False),
                                ("token__isnull", False),
                                ("file", ""),
                                ("file_sha256", ""),
                                ("file_size__isnull", True),
                                ("pages__isnull", True),
                                ("attempt__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="report_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                ("started_at__isnull", False),
                                ("finished_at__isnull", False),
                                ("lease_until__isnull", True),
                                ("token__isnull", True),
                                ("file__gt", ""),
                                ("file_name__gt", ""),
                                ("file_sha256__gt", ""),
                                ("file_size__gt", 0),
                                models.Q(("pages__isnull", True), ("pages__gt", 0), _connector="OR"),
                                ("error_code", ""),
                            ),
                            _connector="OR",
                        ),
                        name="report_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("lease_until__isnull", True),
                                ("token__isnull", True),
                                ("file", ""),
                                ("file_sha256", ""),
                                ("file_size__isnull", True),
                                ("pages__isnull", True),
                                ("error_code__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="report_failed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("lease_until__isnull", True),
                                ("token__isnull", True),
                                ("file", ""),
                                ("file_sha256", ""),
                                ("file_size__isnull", True),
                                ("pages__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="report_cancelled",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_reportevent" ("attempt", "content_sha256", "error_code", "error_detail", "file", "file_name", "file_sha256", "file_size", "finished_at", "id", "kind", "language", "lease_until", "pages", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress_done", "progress_total", "public_id", "queue", "queued_at", "render_key", "requested_at", "requested_by_id", "started_at", "state", "step", "subject_id", "subject_kind", "title", "token") VALUES (NEW."attempt", NEW."content_sha256", NEW."error_code", NEW."error_detail", NEW."file", NEW."file_name", NEW."file_sha256", NEW."file_size", NEW."finished_at", NEW."id", NEW."kind", NEW."language", NEW."lease_until", NEW."pages", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."progress_done", NEW."progress_total", NEW."public_id", NEW."queue", NEW."queued_at", NEW."render_key", NEW."requested_at", NEW."requested_by_id", NEW."started_at", NEW."state", NEW."step", NEW."subject_id", NEW."subject_kind", NEW."title", NEW."token"); RETURN NULL;',
                            hash="9a633d1c3a0100c6d319ffee742b428f3864c91e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_84ceb",
                            table="reports_report",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                            func='INSERT INTO "reports_reportevent" ("attempt", "content_sha256", "error_code", "error_detail", "file", "file_name", "file_sha256", "file_size", "finished_at", "id", "kind", "language", "lease_until", "pages", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress_done", "progress_total", "public_id", "queue", "queued_at", "render_key", "requested_at", "requested_by_id", "started_at", "state", "step", "subject_id", "subject_kind", "title", "token") VALUES (NEW."attempt", NEW."content_sha256", NEW."error_code", NEW."error_detail", NEW."file", NEW."file_name", NEW."file_sha256", NEW."file_size", NEW."finished_at", NEW."id", NEW."kind", NEW."language", NEW."lease_until", NEW."pages", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."progress_done", NEW."progress_total", NEW."public_id", NEW."queue", NEW."queued_at", NEW."render_key", NEW."requested_at", NEW."requested_by_id", NEW."started_at", NEW."state", NEW."step", NEW."subject_id", NEW."subject_kind", NEW."title", NEW."token"); RETURN NULL;',
                            hash="df8970a506b050d7d1fd8595644964c7f1f425c1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_234a9",
                            table="reports_report",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_reportevent" ("attempt", "content_sha256", "error_code", "error_detail", "file", "file_name", "file_sha256", "file_size", "finished_at", "id", "kind", "language", "lease_until", "pages", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress_done", "progress_total", "public_id", "queue", "queued_at", "render_key", "requested_at", "requested_by_id", "started_at", "state", "step", "subject_id", "subject_kind", "title", "token") VALUES (OLD."attempt", OLD."content_sha256", OLD."error_code", OLD."error_detail", OLD."file", OLD."file_name", OLD."file_sha256", OLD."file_size", OLD."finished_at", OLD."id", OLD."kind", OLD."language", OLD."lease_until", OLD."pages", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."progress_done", OLD."progress_total", OLD."public_id", OLD."queue", OLD."queued_at", OLD."render_key", OLD."requested_at", OLD."requested_by_id", OLD."started_at", OLD."state", OLD."step", OLD."subject_id", OLD."subject_kind", OLD."title", OLD."token"); RETURN NULL;',
                            hash="c4e48c0689a7ac47c08fdef36d4409c9012f11e8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6acd6",
                            table="reports_report",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reports.report",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("render_key", models.CharField(max_length=64)),
                ("content_sha256", models.CharField(blank=True, max_length=64, null=True, verbose_name="content hash")),
                ("queue", models.CharField(max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("running", "being made"),
                            ("done", "ready"),
                            ("failed", "failed"),
                            ("cancelled", "called off"),
                        ],
                        default="queued",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="asked for at")),
                ("queued_at", models.DateTimeField(blank=True, null=True, verbose_name="handed to the broker at")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="attempt")),
                ("token", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reading", "Reading the content"),
                            ("layout", "Laying out the pages"),
                            ("drawing", "Drawing the pages"),
                            ("writing", "Writing the file"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                ("progress_done", models.PositiveIntegerField(default=0)),
                ("progress_total", models.PositiveIntegerField(blank=True, null=True)),
                ("error_code", models.CharField(blank=True, max_length=40, verbose_name="error")),
                ("error_detail", models.CharField(blank=True, max_length=500, verbose_name="detail of the error")),
                ("file", models.CharField(blank=True, max_length=120, verbose_name="path of the file")),
                ("file_name", models.CharField(blank=True, max_length=180, verbose_name="file name")),
                ("file_sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the file")),
                ("file_size", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="size in bytes")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="79709c12d5a2ece868c72f81bcfe3e43e6ab1222",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_eac1b",
                            table="reports_reportevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
    ]
