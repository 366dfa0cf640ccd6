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
            name="RightsRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("access", "to know what is held about me, with a copy"),
                            ("rectification", "to have something corrected"),
                            ("erasure", "to have my data erased"),
                            ("objection", "to object to a use, or to have it limited"),
                        ],
                        max_length=14,
                        verbose_name="right",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("words", models.TextField(max_length=4000, verbose_name="what is asked for")),
                ("language", models.CharField(default="fr", max_length=5, verbose_name="language")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="address confirmed at")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("done", "done"), ("refused", "refused")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("answer_words", models.TextField(blank=True, max_length=4000, verbose_name="words of the answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "request about personal data",
                "verbose_name_plural": "requests about personal data",
                "indexes": [
                    models.Index(
                        condition=models.Q(("answer", ""), ("confirmed_at__isnull", False)),
                        fields=["confirmed_at"],
                        name="rights_request_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""), ("answer_words", ""), ("answered_at", None), ("answered_by", None)
                            ),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answer_words", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("confirmed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rights_request_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", None), ("confirmed_at__isnull", False), _connector="OR"),
                        name="rights_request_person_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("person", models.UUIDField(unique=True, verbose_name="identifier of the person")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="why")),
                ("removed", models.JSONField(blank=True, default=dict, verbose_name="removed")),
                ("redacted", models.JSONField(blank=True, null=True, verbose_name="redacted")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of what was redacted")),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
            },
        ),
        migrations.CreateModel(
            name="PersonalExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked for at")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed at")),
            ],
            options={
                "verbose_name": "copy of one’s data",
                "verbose_name_plural": "copies of one’s data",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("user",), name="personal_export_one_a_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True, verbose_name="what")),
                ("days", models.PositiveIntegerField(verbose_name="days")),
            ],
            options={
                "verbose_name": "period of retention",
                "verbose_name_plural": "periods of retention",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("days__gt", 0)), name="retention_at_least_a_day")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "personal_data_retentionperiodevent" ("days", "id", "key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."days", NEW."id", NEW."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="7fa264dcba6b91ee7ffa42ccd5c7d04188208795",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0cc49",
                            table="personal_data_retentionperiod",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "personal_data_retentionperiodevent" ("days", "id", "key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."days", NEW."id", NEW."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="6be5a0d1c650ddbea7e7528c1cb977864981dde7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a7306",
                            table="personal_data_retentionperiod",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "personal_data_retentionperiodevent" ("days", "id", "key", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."days", OLD."id", OLD."key", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="7d957d9aae6416b484dd6e6d1b6f7bbefc1a5b8d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_effcb",
                            table="personal_data_retentionperiod",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionPeriodEvent",
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
                        to="personal_data.retentionperiod",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("key", models.CharField(max_length=40, verbose_name="what")),
                ("days", models.PositiveIntegerField(verbose_name="days")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0e95a659eb8d2f744f93187965350396dfa98f5f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_131a6",
                            table="personal_data_retentionperiodevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
    ]
