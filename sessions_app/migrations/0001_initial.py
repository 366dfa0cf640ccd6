import core.partial_dates.fields
import datetime
import django.contrib.postgres.fields
import django.core.serializers.json
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_initial"),
        ("members", "0001_initial"),
        ("notifications", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        unique=True,
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("theme", models.CharField(max_length=160, verbose_name="theme")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "cycle",
                "verbose_name_plural": "cycles",
                "ordering": ["-year"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_cycleevent" ("id", "introduction", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "year") VALUES (NEW."id", NEW."introduction", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."theme", NEW."year"); RETURN NULL;',
                            hash="00668f32874eed6077a05f1571f12614ca0c040d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_23479",
                            table="sessions_app_cycle",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_cycleevent" ("id", "introduction", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "year") VALUES (NEW."id", NEW."introduction", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."theme", NEW."year"); RETURN NULL;',
                            hash="22a971d254ca22359fca9c2c44f5f3d9256bc638",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_23871",
                            table="sessions_app_cycle",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_cycleevent" ("id", "introduction", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "year") VALUES (OLD."id", OLD."introduction", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."theme", OLD."year"); RETURN NULL;',
                            hash="6fc99740cf9ed8b8c77941eec0e8e9c9574c2f00",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bb6b6",
                            table="sessions_app_cycle",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CycleEvent",
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
                        to="sessions_app.cycle",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("theme", models.CharField(max_length=160, verbose_name="theme")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="40969c77d8ef056e342fbf477f1d38604d5f66e6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e9925",
                            table="sessions_app_cycleevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        unique=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="place",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="question")),
            ],
            options={
                "verbose_name": "evaluation question",
                "verbose_name_plural": "evaluation questions",
                "ordering": ["place"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_evaluationquestionevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "text") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."text"); RETURN NULL;',
                            hash="46c823ed6b348b452cc7c9aba0ea6089b41f4c1d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_770f6",
                            table="sessions_app_evaluationquestion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_evaluationquestionevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "text") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."text"); RETURN NULL;',
                            hash="630d50b92f609221bcabb7b9d9a7b3dc4b3eaaf2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f0716",
                            table="sessions_app_evaluationquestion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_evaluationquestionevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "text") VALUES (OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."text"); RETURN NULL;',
                            hash="e0ea9d95c8e088cb8cc1d1a0f4c22f4a22fbe9b8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_efad6",
                            table="sessions_app_evaluationquestion",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationQuestionEvent",
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
                        to="sessions_app.evaluationquestion",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="place",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="question")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e4f6f488ca49bf9e334c8cc190b40c3420a3440e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5d541",
                            table="sessions_app_evaluationquestionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("key_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="created at")),
            ],
            options={
                "verbose_name": "key of a feed",
                "verbose_name_plural": "keys of feeds",
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        error_messages={"unique": "A session already bears this number."},
                        unique=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="number",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="sessions_app.cycle",
                        verbose_name="cycle",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("date", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="date")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts at")),
                ("next_days_at", models.TimeField(blank=True, null=True, verbose_name="following days begin at")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends at")),
                (
                    "format",
                    models.CharField(
                        choices=[("plenary", "plenary"), ("workshop", "workshop"), ("webinar", "webinar")],
                        default="plenary",
                        max_length=20,
                        verbose_name="format",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("onsite", "on site"), ("remote", "remote"), ("hybrid", "hybrid")],
                        default="hybrid",
                        max_length=20,
                        verbose_name="mode",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("video_link", models.URLField(blank=True, max_length=500, verbose_name="video link")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("announced", "announced"),
                            ("held", "held"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("never_announced", models.BooleanField(default=False, editable=False, verbose_name="never announced")),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "indexes": [
                    models.Index(fields=["cycle", "-number"], name="session_by_cycle"),
                    models.Index(fields=["state", "-number"], name="session_by_state"),
                    models.Index(
                        models.Case(models.When(models.Q(("state__in", ("draft", "announced"))), then=0), default=1),
                        models.Case(
                            models.When(models.Q(("state__in", ("draft", "announced"))), then=models.F("number")),
                            default=django.db.models.expressions.CombinedExpression(
                                models.F("number"), "*", models.Value(-1)
                            ),
                        ),
                        models.F("id"),
                        name="session_coming_first",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            models.Q(("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="session_ends_after_start",
                        violation_error_message="A session ends after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="session_cancelled_with_reason",
                        violation_error_message="A cancelled session says why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            models.Q(
                                (
                                    "date__endswith",
                                    models.ExpressionWrapper(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("date__startswith"), "+", models.Value(1)
                                        ),
                                        output_field=models.DateField(),
                                    ),
                                ),
                                ("date__isnull", False),
                                ("ends_on__gt", models.F("date__startswith")),
                            ),
                            _connector="OR",
                        ),
                        name="session_last_day_after_first",
                        violation_error_message="The last day of a session comes after its first, which is an exact day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            (
                                "ends_on__lt",
                                models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("date__startswith"), "+", models.Value(7)
                                    ),
                                    output_field=models.DateField(),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="session_at_most_a_week",
                        violation_error_message="A session takes at most seven days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("next_days_at__isnull", True), ("ends_on__isnull", False), _connector="OR"),
                        name="session_next_days_of_several",
                        violation_error_message="Only a session of several days has following days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("date__isnull", False), _connector="OR"),
                        name="session_beyond_draft_has_date",
                        violation_error_message="Only a draft may be without a date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("never_announced", False), ("state__in", ("draft", "cancelled")), _connector="OR"
                        ),
                        name="session_beyond_draft_was_announced",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_sessionevent" ("cycle_id", "date", "ends_at", "ends_on", "format", "id", "mode", "never_announced", "next_days_at", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "reason", "starts_at", "state", "summary", "title", "video_link") VALUES (NEW."cycle_id", NEW."date", NEW."ends_at", NEW."ends_on", NEW."format", NEW."id", NEW."mode", NEW."never_announced", NEW."next_days_at", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."public_id", NEW."reason", NEW."starts_at", NEW."state", NEW."summary", NEW."title", NEW."video_link"); RETURN NULL;',
                            hash="644bd4adef74ccda11becd030749b0af17507e6d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_78e0a",
                            table="sessions_app_session",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_sessionevent" ("cycle_id", "date", "ends_at", "ends_on", "format", "id", "mode", "never_announced", "next_days_at", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "reason", "starts_at", "state", "summary", "title", "video_link") VALUES (NEW."cycle_id", NEW."date", NEW."ends_at", NEW."ends_on", NEW."format", NEW."id", NEW."mode", NEW."never_announced", NEW."next_days_at", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."public_id", NEW."reason", NEW."starts_at", NEW."state", NEW."summary", NEW."title", NEW."video_link"); RETURN NULL;',
                            hash="eafbed57becfb58ded82b4c72108be4a19fc7c71",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_be109",
                            table="sessions_app_session",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_sessionevent" ("cycle_id", "date", "ends_at", "ends_on", "format", "id", "mode", "never_announced", "next_days_at", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "reason", "starts_at", "state", "summary", "title", "video_link") VALUES (OLD."cycle_id", OLD."date", OLD."ends_at", OLD."ends_on", OLD."format", OLD."id", OLD."mode", OLD."never_announced", OLD."next_days_at", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."public_id", OLD."reason", OLD."starts_at", OLD."state", OLD."summary", OLD."title", OLD."video_link"); RETURN NULL;',
                            hash="7ba5210a05dd7a4ee3b6363f3c86e5f27536417c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ff09a",
                            table="sessions_app_session",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="place in the agenda")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("testimony", "testimony"),
                            ("debate", "debate"),
                            ("decision", "decision"),
                            ("information", "information"),
                            ("handover", "handover"),
                        ],
                        default="information",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "minutes_long",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(600),
                        ],
                        verbose_name="duration in minutes",
                    ),
                ),
                ("is_reserved", models.BooleanField(default=False, verbose_name="reserved to members")),
                (
                    "day",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(7),
                        ],
                        verbose_name="day",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda items",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("session", "position"),
                        name="agenda_one_item_a_place",
                        violation_error_message="Two items of one agenda cannot stand at the same place.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_agendaitemevent" ("day", "id", "is_reserved", "kind", "minutes_long", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "session_id", "title") VALUES (NEW."day", NEW."id", NEW."is_reserved", NEW."kind", NEW."minutes_long", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."session_id", NEW."title"); RETURN NULL;',
                            hash="9e383a6d58bd8299e8ceadd09544f328cef640fe",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7a784",
                            table="sessions_app_agendaitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_agendaitemevent" ("day", "id", "is_reserved", "kind", "minutes_long", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "session_id", "title") VALUES (NEW."day", NEW."id", NEW."is_reserved", NEW."kind", NEW."minutes_long", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."session_id", NEW."title"); RETURN NULL;',
                            hash="99e72e77bcb845da5523e402e39e3c90f9ec99fc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_47e8a",
                            table="sessions_app_agendaitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_agendaitemevent" ("day", "id", "is_reserved", "kind", "minutes_long", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "session_id", "title") VALUES (OLD."day", OLD."id", OLD."is_reserved", OLD."kind", OLD."minutes_long", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."session_id", OLD."title"); RETURN NULL;',
                            hash="281fe93e822660584ce80e46a8b31d691fe61444",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_680bd",
                            table="sessions_app_agendaitem",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DatePoll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="date_polls",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="word to the members")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("closes_at", models.DateTimeField(verbose_name="closes at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "search for a date",
                "verbose_name_plural": "searches for a date",
                "ordering": ["-opened_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("session",),
                        name="date_poll_one_open",
                        violation_error_message="A search for a date of this session is open already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opened_at"))), name="date_poll_closes_later"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_datepollevent" ("closed_at", "closes_at", "id", "note", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_at", "session_id") VALUES (NEW."closed_at", NEW."closes_at", NEW."id", NEW."note", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reminded_at", NEW."session_id"); RETURN NULL;',
                            hash="09e9f93ef7641be3a38e43f98ff40db0a7b90d05",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8d44c",
                            table="sessions_app_datepoll",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_datepollevent" ("closed_at", "closes_at", "id", "note", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_at", "session_id") VALUES (NEW."closed_at", NEW."closes_at", NEW."id", NEW."note", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reminded_at", NEW."session_id"); RETURN NULL;',
                            hash="b84658a74fe3bf7c6ffab21f8afd4b0960eba163",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f0e40",
                            table="sessions_app_datepoll",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_datepollevent" ("closed_at", "closes_at", "id", "note", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_at", "session_id") VALUES (OLD."closed_at", OLD."closes_at", OLD."id", OLD."note", OLD."opened_at", OLD."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reminded_at", OLD."session_id"); RETURN NULL;',
                            hash="de6be615d667bedd95adc355452a948df382409c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_abd6c",
                            table="sessions_app_datepoll",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CandidateDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="sessions_app.datepoll"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                ("chosen_at", models.DateTimeField(blank=True, null=True, verbose_name="chosen at")),
            ],
            options={
                "verbose_name": "candidate date",
                "verbose_name_plural": "candidate dates",
                "ordering": ["starts_at", "ends_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("poll", "starts_at", "ends_at"),
                        name="candidate_date_once",
                        violation_error_message="This date is proposed already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("chosen_at__isnull", False)),
                        fields=("poll",),
                        name="candidate_date_one_chosen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ends_at__lt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"), "+", models.Value(datetime.timedelta(days=7))
                                ),
                            )
                        ),
                        name="candidate_date_at_most_a_week",
                        violation_error_message="A session takes at most seven days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="candidate_date_ends_after_start",
                        violation_error_message="A session ends after it starts.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_candidatedateevent" ("chosen_at", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poll_id", "public_id", "starts_at") VALUES (NEW."chosen_at", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."poll_id", NEW."public_id", NEW."starts_at"); RETURN NULL;',
                            hash="23afff3c55cbb10092dde790bfc8c299e7a30d8c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d9891",
                            table="sessions_app_candidatedate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_candidatedateevent" ("chosen_at", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poll_id", "public_id", "starts_at") VALUES (NEW."chosen_at", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."poll_id", NEW."public_id", NEW."starts_at"); RETURN NULL;',
                            hash="e5bd921c1d390565ceb9eef661a725f694be6ce2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_30a6c",
                            table="sessions_app_candidatedate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_candidatedateevent" ("chosen_at", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poll_id", "public_id", "starts_at") VALUES (OLD."chosen_at", OLD."ends_at", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."poll_id", OLD."public_id", OLD."starts_at"); RETURN NULL;',
                            hash="c01884f8e4b4fa5561079649b806ffba2e150fd0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9b294",
                            table="sessions_app_candidatedate",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DateAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="sessions_app.candidatedate",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "availability",
                    models.CharField(
                        choices=[("yes", "yes"), ("ifneeded", "if need be"), ("no", "no")],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("answered_at", models.DateTimeField(verbose_name="answered at")),
            ],
            options={
                "verbose_name": "answer on a date",
                "verbose_name_plural": "answers on dates",
                "ordering": ["date", "organisation", "pk"],
                "constraints": [models.UniqueConstraint(fields=("date", "organisation"), name="date_answer_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_dateanswerevent" ("answered_at", "answered_by_id", "availability", "date_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."availability", NEW."date_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="f30078d8159adfccaca61eda157fba0f2809bc48",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_67b70",
                            table="sessions_app_dateanswer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_dateanswerevent" ("answered_at", "answered_by_id", "availability", "date_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."availability", NEW."date_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="d57f18a60213684dbdd6eeb60b96ee20031e46b1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d76a9",
                            table="sessions_app_dateanswer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_dateanswerevent" ("answered_at", "answered_by_id", "availability", "date_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."availability", OLD."date_id", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="c8e229030414bebe39e27e44c6997c1ed0d8d0e2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6237e",
                            table="sessions_app_dateanswer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DateAnswerEvent",
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
                        to="sessions_app.dateanswer",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "date",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.candidatedate",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "availability",
                    models.CharField(
                        choices=[("yes", "yes"), ("ifneeded", "if need be"), ("no", "no")],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(verbose_name="answered at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7394c12e14f8913f8ce9185d8b32306bc7878ab4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_72c2f",
                            table="sessions_app_dateanswerevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DatePollEvent",
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
                        to="sessions_app.datepoll",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="word to the members")),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("closes_at", models.DateTimeField(verbose_name="closes at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cb6f0fc0111c75c7a0c0e908da16351351613929",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6903c",
                            table="sessions_app_datepollevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="sessions_app.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="members.organisation",
                        verbose_name="responsible organisation",
                    ),
                ),
                ("due", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="due")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "under way"), ("done", "done"), ("dropped", "dropped")],
                        default="open",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="open to members since"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "decision"),
                            ("orientation", "orientation"),
                            ("validation", "validation"),
                        ],
                        default="decision",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["-session__number", "number", "pk"],
                "constraints": [models.UniqueConstraint(fields=("session", "number"), name="decision_number_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_decisionevent" ("due", "id", "item_id", "kind", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "responsible_id", "session_id", "status", "text") VALUES (NEW."due", NEW."id", NEW."item_id", NEW."kind", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."released_at", NEW."responsible_id", NEW."session_id", NEW."status", NEW."text"); RETURN NULL;',
                            hash="58aade191f1861d2ddc5e9a4e2d96b6f3e3fcd68",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e100d",
                            table="sessions_app_decision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_decisionevent" ("due", "id", "item_id", "kind", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "responsible_id", "session_id", "status", "text") VALUES (NEW."due", NEW."id", NEW."item_id", NEW."kind", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."released_at", NEW."responsible_id", NEW."session_id", NEW."status", NEW."text"); RETURN NULL;',
                            hash="abe5cf7d3a4318e67af3e585da3f8707b5605504",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8e1b8",
                            table="sessions_app_decision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_decisionevent" ("due", "id", "item_id", "kind", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "responsible_id", "session_id", "status", "text") VALUES (OLD."due", OLD."id", OLD."item_id", OLD."kind", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."released_at", OLD."responsible_id", OLD."session_id", OLD."status", OLD."text"); RETURN NULL;',
                            hash="a4114807d1cc0e4cc37ca4dab2bd45173df948b5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_368ed",
                            table="sessions_app_decision",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionEvent",
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
                        to="sessions_app.decision",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="responsible organisation",
                    ),
                ),
                ("due", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="due")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "under way"), ("done", "done"), ("dropped", "dropped")],
                        default="open",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="open to members since"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "decision"),
                            ("orientation", "orientation"),
                            ("validation", "validation"),
                        ],
                        default="decision",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6a8ba51599472bda9b803bb8c68b99969bc76027",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e9414",
                            table="sessions_app_decisionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("snapshot", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("content_sha256", models.CharField(max_length=64, unique=True, verbose_name="content hash")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="author organisation",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="circulated by",
                    ),
                ),
                ("released_at", models.DateTimeField(verbose_name="circulated at")),
            ],
            options={
                "verbose_name": "record of decisions",
                "verbose_name_plural": "records of decisions",
                "ordering": ["session", "-number"],
                "constraints": [models.UniqueConstraint(fields=("session", "number"), name="record_number_once")],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evaluation",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=5),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("closes_at", models.DateTimeField(verbose_name="closes at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("results", models.JSONField(blank=True, null=True, verbose_name="results")),
            ],
            options={
                "verbose_name": "evaluation",
                "verbose_name_plural": "evaluations",
                "ordering": ["-opened_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opened_at"))), name="evaluation_closes_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("results__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("results__isnull", False)),
                            _connector="OR",
                        ),
                        name="evaluation_closed_with_results",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_evaluationevent" ("closed_at", "closes_at", "id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "questions", "results", "session_id") VALUES (NEW."closed_at", NEW."closes_at", NEW."id", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."questions", NEW."results", NEW."session_id"); RETURN NULL;',
                            hash="0f73c256795967fb14275d1bc2e3c0652a539b04",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7f224",
                            table="sessions_app_evaluation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_evaluationevent" ("closed_at", "closes_at", "id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "questions", "results", "session_id") VALUES (NEW."closed_at", NEW."closes_at", NEW."id", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."questions", NEW."results", NEW."session_id"); RETURN NULL;',
                            hash="159b2de1a0f55ede13872e816304d46619c0e3d6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e1e82",
                            table="sessions_app_evaluation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_evaluationevent" ("closed_at", "closes_at", "id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "questions", "results", "session_id") VALUES (OLD."closed_at", OLD."closes_at", OLD."id", OLD."opened_at", OLD."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."questions", OLD."results", OLD."session_id"); RETURN NULL;',
                            hash="5bbd63195c96fe38f235db09447458a5272681b2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fd17f",
                            table="sessions_app_evaluation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationAnswer",
            fields=[
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="sessions_app.evaluation",
                    ),
                ),
                ("respondent_key", models.CharField(editable=False, max_length=64)),
                (
                    "mark_1",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "mark_2",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "mark_3",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "mark_4",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=2000, validators=[django.core.validators.MaxLengthValidator(2000)]
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to an evaluation",
                "verbose_name_plural": "answers to evaluations",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("evaluation", "respondent_key"), name="evaluation_answer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationEvent",
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
                        to="sessions_app.evaluation",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=5),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("closes_at", models.DateTimeField(verbose_name="closes at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("results", models.JSONField(blank=True, null=True, verbose_name="results")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="92dab2f44ff0cb3fa425e42df2f778cb5e7d32b6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_638e3",
                            table="sessions_app_evaluationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guests",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="invited by",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("function", models.CharField(blank=True, max_length=120, verbose_name="function or organisation")),
                ("came", models.BooleanField(default=False, verbose_name="was there")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "guest",
                "verbose_name_plural": "guests",
                "ordering": ["organisation__name", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("session"),
                        models.F("organisation"),
                        django.db.models.functions.text.Trim(
                            models.Func(
                                django.db.models.functions.text.Replace(
                                    django.db.models.functions.text.Replace(
                                        django.db.models.functions.text.Lower(
                                            models.Func(
                                                models.Func(
                                                    models.Func(
                                                        models.F("name"),
                                                        models.Value("’‘ʼ′`´＇‐‑‒–—−\xad"),
                                                        models.Value("'''''''------"),
                                                        function="translate",
                                                    ),
                                                    template="normalize(%(expressions)s, NFKD)",
                                                ),
                                                models.Value("[\\u0300-\\u036f]"),
                                                models.Value(""),
                                                models.Value("g"),
                                                function="regexp_replace",
                                            )
                                        ),
                                        models.Value("œ"),
                                        models.Value("oe"),
                                    ),
                                    models.Value("æ"),
                                    models.Value("ae"),
                                ),
                                models.Value("\\s+"),
                                models.Value(" "),
                                models.Value("g"),
                                function="regexp_replace",
                            ),
                            output_field=models.CharField(),
                        ),
                        name="guest_once",
                        violation_error_message="This guest is announced already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_guestevent" ("added_at", "added_by_id", "came", "function", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."came", NEW."function", NEW."id", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."session_id"); RETURN NULL;',
                            hash="41ade2fa97d513f6d4a78b090b308af016c9eeb6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_30cfb",
                            table="sessions_app_guest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_guestevent" ("added_at", "added_by_id", "came", "function", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."came", NEW."function", NEW."id", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."session_id"); RETURN NULL;',
                            hash="770872d6b3b0285059085ae0d9926fc99f8fed95",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_85246",
                            table="sessions_app_guest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_guestevent" ("added_at", "added_by_id", "came", "function", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (OLD."added_at", OLD."added_by_id", OLD."came", OLD."function", OLD."id", OLD."name", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."session_id"); RETURN NULL;',
                            hash="c1d67e8c8a902011403aec98f23a8a2a436d4b4a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0955e",
                            table="sessions_app_guest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuestEvent",
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
                        to="sessions_app.guest",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="invited by",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("function", models.CharField(blank=True, max_length=120, verbose_name="function or organisation")),
                ("came", models.BooleanField(default=False, verbose_name="was there")),
                (
                    "added_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="217e312d48314ac8f1f7a4d0ae2d5a3b0f6cdf36",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f935b",
                            table="sessions_app_guestevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("series", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="place")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("participants", "participants of the session"),
                            ("members", "members"),
                            ("public", "public"),
                        ],
                        default="members",
                        max_length=20,
                        verbose_name="audience",
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="added at")),
            ],
            options={
                "verbose_name": "material",
                "verbose_name_plural": "materials",
                "ordering": ["position", "title", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "version"), name="material_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("link", "")),
                            models.Q(("file__isnull", True), models.Q(("link", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="material_file_or_link",
                        violation_error_message="Give a file or a link, one of the two.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="material_proposals",
                        to="sessions_app.session",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note to the animators")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="proposed at")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "to be answered"), ("accepted", "accepted"), ("refused", "refused")],
                        default="open",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "material",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sessions_app.material",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed material",
                "verbose_name_plural": "proposed materials",
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("link", "")),
                            models.Q(("file__isnull", True), models.Q(("link", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="proposal_file_or_link",
                        violation_error_message="Give a file or a link, one of the two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_answered_with_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_refused_with_reason",
                        violation_error_message="Say why the material is refused.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_materialproposalevent" ("answer", "answered_at", "author_id", "file_id", "id", "link", "made_at", "material_id", "note", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id", "state", "title") VALUES (NEW."answer", NEW."answered_at", NEW."author_id", NEW."file_id", NEW."id", NEW."link", NEW."made_at", NEW."material_id", NEW."note", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."session_id", NEW."state", NEW."title"); RETURN NULL;',
                            hash="4b67179ebc2eeede02944d3ff7c8661120851235",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9e8ea",
                            table="sessions_app_materialproposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_materialproposalevent" ("answer", "answered_at", "author_id", "file_id", "id", "link", "made_at", "material_id", "note", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id", "state", "title") VALUES (NEW."answer", NEW."answered_at", NEW."author_id", NEW."file_id", NEW."id", NEW."link", NEW."made_at", NEW."material_id", NEW."note", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."session_id", NEW."state", NEW."title"); RETURN NULL;',
                            hash="d3419db301c04e3d2deb1072796c07fa37b98203",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2795d",
                            table="sessions_app_materialproposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_materialproposalevent" ("answer", "answered_at", "author_id", "file_id", "id", "link", "made_at", "material_id", "note", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id", "state", "title") VALUES (OLD."answer", OLD."answered_at", OLD."author_id", OLD."file_id", OLD."id", OLD."link", OLD."made_at", OLD."material_id", OLD."note", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."session_id", OLD."state", OLD."title"); RETURN NULL;',
                            hash="22a793904c785b80685170dc8ac3f539ed836e17",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_55867",
                            table="sessions_app_materialproposal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialProposalEvent",
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
                        to="sessions_app.materialproposal",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="core.storedfile",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note to the animators")),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="proposed at")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "to be answered"), ("accepted", "accepted"), ("refused", "refused")],
                        default="open",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "material",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.material",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="918f38d32a3fd966fd32869a56f8fc2a43cacece",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e8194",
                            table="sessions_app_materialproposalevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("subject", models.CharField(max_length=160, verbose_name="subject")),
                ("body", models.TextField(max_length=8000, verbose_name="text")),
                ("invites", models.BooleanField(default=False, verbose_name="with a link to answer")),
                (
                    "recipients",
                    models.CharField(
                        choices=[
                            ("all", "all member organisations"),
                            ("silent", "those without an answer"),
                            ("present", "those that were present"),
                            ("world", "one world"),
                            ("chosen", "chosen by hand"),
                        ],
                        max_length=12,
                        verbose_name="recipients",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                ("send_at", models.DateTimeField(verbose_name="leaves at")),
                ("handed_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("recalled_at", models.DateTimeField(blank=True, null=True, verbose_name="recalled at")),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="what went wrong")),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["-written_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("handed_at", None), ("recalled_at", None)),
                        fields=["send_at"],
                        name="message_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("handed_at__isnull", True), ("recalled_at__isnull", True), _connector="OR"),
                        name="message_sent_or_recalled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("send_at__gte", models.F("written_at"))),
                        name="message_leaves_after_it_is_written",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageRecipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="sessions_app.message"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="notifications.outboxmessage",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient",
                "verbose_name_plural": "recipients",
                "ordering": ["user__last_name", "user__first_name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("message", "user"), name="message_once_a_person")],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="minutes",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("circulated", "under review"), ("published", "published")],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed at")),
                ("public_since", models.DateTimeField(blank=True, null=True, verbose_name="public since")),
            ],
            options={
                "verbose_name": "minutes",
                "verbose_name_plural": "minutes",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_minutesevent" ("changed_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "public_since", "session_id", "state") VALUES (NEW."changed_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."public_since", NEW."session_id", NEW."state"); RETURN NULL;',
                            hash="751c4be22b55c9b0d501db3b5bd638f5e9cec51c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fe5d9",
                            table="sessions_app_minutes",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_minutesevent" ("changed_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "public_since", "session_id", "state") VALUES (NEW."changed_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."public_since", NEW."session_id", NEW."state"); RETURN NULL;',
                            hash="a2beeb840a67628a4cbb122e081e8143008803b0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_36d46",
                            table="sessions_app_minutes",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_minutesevent" ("changed_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "public_since", "session_id", "state") VALUES (OLD."changed_at", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."public_since", OLD."session_id", OLD."state"); RETURN NULL;',
                            hash="1f867924a799e881e7f70c361619978153211d73",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b1f73",
                            table="sessions_app_minutes",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="sessions_app.minutes"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entry", to="sessions_app.agendaitem"
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "text of an item",
                "verbose_name_plural": "texts of items",
            },
        ),
        migrations.CreateModel(
            name="MinutesEvent",
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
                        to="sessions_app.minutes",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("circulated", "under review"), ("published", "published")],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed at")),
                ("public_since", models.DateTimeField(blank=True, null=True, verbose_name="public since")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9e21d69fe77ff36c20087c36a691530e9af8a027",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_94030",
                            table="sessions_app_minutesevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="sessions_app.agendaitem",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("body", models.TextField(verbose_name="text")),
                ("left_at", models.DateTimeField(verbose_name="left at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
            ],
            options={
                "verbose_name": "text left",
                "verbose_name_plural": "texts left",
                "ordering": ["left_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MinutesRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="sessions_app.minutesentry",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="revision")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("entry", "number"), name="revision_number_once")],
            },
        ),
        migrations.CreateModel(
            name="MinutesVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("snapshot", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("content_sha256", models.CharField(max_length=64, unique=True, verbose_name="content hash")),
                (
                    "procedure",
                    models.CharField(
                        choices=[
                            ("direct", "published without a contradictory period"),
                            ("adopted", "adopted without remark"),
                            ("reviewed", "adopted after review, every request having been answered"),
                            ("approved", "approved at the following session"),
                        ],
                        default="direct",
                        max_length=20,
                        verbose_name="procedure",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason of the change")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="author organisation",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                ("published_at", models.DateTimeField(verbose_name="published at")),
            ],
            options={
                "verbose_name": "version of the minutes",
                "verbose_name_plural": "versions of the minutes",
                "ordering": ["session", "-number"],
                "indexes": [models.Index(fields=["-published_at", "-id"], name="version_latest_first")],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "number"), name="version_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="version_later_with_reason",
                        violation_error_message="A new version says what changed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordStanding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "in force"), ("replaced", "replaced"), ("withdrawn", "withdrawn")],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "withdrawal_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the withdrawal"),
                ),
                ("restored_at", models.DateTimeField(blank=True, null=True, verbose_name="restored at")),
                (
                    "restored_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="restored by",
                    ),
                ),
                (
                    "restoration_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the restoration"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sessions_app.session"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing",
                        to="sessions_app.decisionrecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "standing of a record of decisions",
                "verbose_name_plural": "standings of records of decisions",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("session",),
                        name="recordstanding_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                ("restored_at__isnull", True),
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recordstanding_withdrawn_with_reason",
                        violation_error_message="Say why the minutes are withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "withdrawn"),
                            ("withdrawn_at__isnull", True),
                            models.Q(
                                ("restored_at__isnull", False), models.Q(("restoration_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="recordstanding_restored_with_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_recordstandingevent" ("document_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restoration_reason", "restored_at", "restored_by_id", "session_id", "state", "withdrawal_reason", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."document_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."restoration_reason", NEW."restored_at", NEW."restored_by_id", NEW."session_id", NEW."state", NEW."withdrawal_reason", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="8d4483515cfa9af45981c66d85f8cf9578c2052a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_72b77",
                            table="sessions_app_recordstanding",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_recordstandingevent" ("document_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restoration_reason", "restored_at", "restored_by_id", "session_id", "state", "withdrawal_reason", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."document_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."restoration_reason", NEW."restored_at", NEW."restored_by_id", NEW."session_id", NEW."state", NEW."withdrawal_reason", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="e4d707be72d78ac42c3be638332114aa7ee77da6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_96f49",
                            table="sessions_app_recordstanding",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_recordstandingevent" ("document_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restoration_reason", "restored_at", "restored_by_id", "session_id", "state", "withdrawal_reason", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."document_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."restoration_reason", OLD."restored_at", OLD."restored_by_id", OLD."session_id", OLD."state", OLD."withdrawal_reason", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                            hash="e11b56aa19f5567a80eb1d20a97774897d4e7a30",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_95cdc",
                            table="sessions_app_recordstanding",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordStandingEvent",
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
                        to="sessions_app.recordstanding",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "in force"), ("replaced", "replaced"), ("withdrawn", "withdrawn")],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "withdrawal_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the withdrawal"),
                ),
                ("restored_at", models.DateTimeField(blank=True, null=True, verbose_name="restored at")),
                (
                    "restored_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="restored by",
                    ),
                ),
                (
                    "restoration_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the restoration"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.decisionrecord",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7b1f68cf1c7ce76b5dcf540d4f73e57146beeb78",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_56147",
                            table="sessions_app_recordstandingevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="untold_change",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("before", models.JSONField(verbose_name="as it was")),
                ("by", models.JSONField(default=list, verbose_name="who changed it")),
                ("send_at", models.DateTimeField(db_index=True, verbose_name="told at")),
            ],
            options={
                "verbose_name": "change of a session",
                "verbose_name_plural": "changes of sessions",
            },
        ),
        migrations.CreateModel(
            name="SessionEvent",
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
                        to="sessions_app.session",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        error_messages={"unique": "A session already bears this number."},
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="number",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.cycle",
                        verbose_name="cycle",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("date", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="date")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts at")),
                ("next_days_at", models.TimeField(blank=True, null=True, verbose_name="following days begin at")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends at")),
                (
                    "format",
                    models.CharField(
                        choices=[("plenary", "plenary"), ("workshop", "workshop"), ("webinar", "webinar")],
                        default="plenary",
                        max_length=20,
                        verbose_name="format",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("onsite", "on site"), ("remote", "remote"), ("hybrid", "hybrid")],
                        default="hybrid",
                        max_length=20,
                        verbose_name="mode",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("video_link", models.URLField(blank=True, max_length=500, verbose_name="video link")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("announced", "announced"),
                            ("held", "held"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("never_announced", models.BooleanField(default=False, editable=False, verbose_name="never announced")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8cb222ce599e7bba90f00ceb26503cbb433e7b55",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e5618",
                            table="sessions_app_sessionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signed_sheets",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "signed sheet",
                "verbose_name_plural": "signed sheets",
                "ordering": ["added_at", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_signedsheetevent" ("added_at", "added_by_id", "file_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."file_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."session_id"); RETURN NULL;',
                            hash="c0090d7212ce3603982f314a85d4d55d0c5335c2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_61589",
                            table="sessions_app_signedsheet",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_signedsheetevent" ("added_at", "added_by_id", "file_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."file_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."session_id"); RETURN NULL;',
                            hash="d3814081f6977a4b7722b4464870b5d04c4027b3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1284a",
                            table="sessions_app_signedsheet",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_signedsheetevent" ("added_at", "added_by_id", "file_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "session_id") VALUES (OLD."added_at", OLD."added_by_id", OLD."file_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."session_id"); RETURN NULL;',
                            hash="859940200c3dff6277d7d72f2cae32b2ae4189ae",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7eb68",
                            table="sessions_app_signedsheet",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedSheetEvent",
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
                        to="sessions_app.signedsheet",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="250ab913189e922ef2cad05c6f951f12c89dbd30",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_726b0",
                            table="sessions_app_signedsheetevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers",
                        to="sessions_app.agendaitem",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                ("guest_name", models.CharField(blank=True, max_length=160, verbose_name="guest")),
                ("came", models.BooleanField(default=False, verbose_name="was there")),
            ],
            options={
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user__isnull", False),
                            ("organisation__isnull", False),
                            models.Q(("guest_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="speaker_is_somebody",
                        violation_error_message="Name a person, an organisation or a guest.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, unique=True, verbose_name="task")),
                (
                    "offset",
                    models.SmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(-365),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days from the session",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
            ],
            options={
                "verbose_name": "template task",
                "verbose_name_plural": "template tasks",
                "ordering": ["offset", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_templatetaskevent" ("id", "note", "offset", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."id", NEW."note", NEW."offset", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;',
                            hash="00c456789fa9310c0f7d924c0cc69623fdce1b8e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5bbe5",
                            table="sessions_app_templatetask",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_templatetaskevent" ("id", "note", "offset", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."id", NEW."note", NEW."offset", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;',
                            hash="5e786164fe7e3192f3833106948e1ba84b8e9caf",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ae545",
                            table="sessions_app_templatetask",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_templatetaskevent" ("id", "note", "offset", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."id", OLD."note", OLD."offset", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;',
                            hash="4948a4cfeccecb154d8f707626c9a55cf7162860",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d7bd1",
                            table="sessions_app_templatetask",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreparationTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preparation",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sessions_app.templatetask",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="task")),
                (
                    "offset",
                    models.SmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-365),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days from the session",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in charge",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "preparation task",
                "verbose_name_plural": "preparation tasks",
                "ordering": [
                    models.OrderBy(models.F("due"), nulls_last=True),
                    models.OrderBy(models.F("offset"), nulls_last=True),
                    "pk",
                ],
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["due"], name="preparation_undone")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "template"), name="preparation_template_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="preparation_done_by_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_preparationtaskevent" ("assignee_id", "done_at", "done_by_id", "due", "id", "note", "offset", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_at", "session_id", "template_id", "title") VALUES (NEW."assignee_id", NEW."done_at", NEW."done_by_id", NEW."due", NEW."id", NEW."note", NEW."offset", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reminded_at", NEW."session_id", NEW."template_id", NEW."title"); RETURN NULL;',
                            hash="c9481917998e53727690329fdd3a794d450c553d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9a8b7",
                            table="sessions_app_preparationtask",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_preparationtaskevent" ("assignee_id", "done_at", "done_by_id", "due", "id", "note", "offset", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_at", "session_id", "template_id", "title") VALUES (NEW."assignee_id", NEW."done_at", NEW."done_by_id", NEW."due", NEW."id", NEW."note", NEW."offset", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reminded_at", NEW."session_id", NEW."template_id", NEW."title"); RETURN NULL;',
                            hash="289546b2672fbb3cbf579aba21b61562abd281ae",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c2bfb",
                            table="sessions_app_preparationtask",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_preparationtaskevent" ("assignee_id", "done_at", "done_by_id", "due", "id", "note", "offset", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_at", "session_id", "template_id", "title") VALUES (OLD."assignee_id", OLD."done_at", OLD."done_by_id", OLD."due", OLD."id", OLD."note", OLD."offset", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reminded_at", OLD."session_id", OLD."template_id", OLD."title"); RETURN NULL;',
                            hash="adb55d1a2c00b231a11bae7dd6c28643f50ce7c3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b49b9",
                            table="sessions_app_preparationtask",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreparationTaskEvent",
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
                        to="sessions_app.preparationtask",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.templatetask",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="task")),
                (
                    "offset",
                    models.SmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-365),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days from the session",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in charge",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d0b673b3f88f3fe9efe9b96459df3d94b378b3bd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_54195",
                            table="sessions_app_preparationtaskevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateTaskEvent",
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
                        to="sessions_app.templatetask",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=160, verbose_name="task")),
                (
                    "offset",
                    models.SmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(-365),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days from the session",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="47e804ca7503c02bc7ce8d29b581e6fb67fd5902",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_098f6",
                            table="sessions_app_templatetaskevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionStanding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "in force"), ("replaced", "replaced"), ("withdrawn", "withdrawn")],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "withdrawal_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the withdrawal"),
                ),
                ("restored_at", models.DateTimeField(blank=True, null=True, verbose_name="restored at")),
                (
                    "restored_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="restored by",
                    ),
                ),
                (
                    "restoration_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the restoration"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sessions_app.session"
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing",
                        to="sessions_app.minutesversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "standing of a version",
                "verbose_name_plural": "standings of versions",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("session",),
                        name="versionstanding_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(
                                ("restored_at__isnull", True),
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="versionstanding_withdrawn_with_reason",
                        violation_error_message="Say why the minutes are withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "withdrawn"),
                            ("withdrawn_at__isnull", True),
                            models.Q(
                                ("restored_at__isnull", False), models.Q(("restoration_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="versionstanding_restored_with_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_versionstandingevent" ("document_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restoration_reason", "restored_at", "restored_by_id", "session_id", "state", "withdrawal_reason", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."document_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."restoration_reason", NEW."restored_at", NEW."restored_by_id", NEW."session_id", NEW."state", NEW."withdrawal_reason", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="dbbd8d4598ff2fc736078dac711936d5b31548b6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_00c84",
                            table="sessions_app_versionstanding",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_versionstandingevent" ("document_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restoration_reason", "restored_at", "restored_by_id", "session_id", "state", "withdrawal_reason", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."document_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."restoration_reason", NEW."restored_at", NEW."restored_by_id", NEW."session_id", NEW."state", NEW."withdrawal_reason", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="8882a8d6c3d6f6f21f233e7576771c5a84889ac5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_daab4",
                            table="sessions_app_versionstanding",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_versionstandingevent" ("document_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restoration_reason", "restored_at", "restored_by_id", "session_id", "state", "withdrawal_reason", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."document_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."restoration_reason", OLD."restored_at", OLD."restored_by_id", OLD."session_id", OLD."state", OLD."withdrawal_reason", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                            hash="54c70f4957ad901726a1c40a17c2018bea7e212f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d144d",
                            table="sessions_app_versionstanding",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionStandingEvent",
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
                        to="sessions_app.versionstanding",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "in force"), ("replaced", "replaced"), ("withdrawn", "withdrawn")],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "withdrawal_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the withdrawal"),
                ),
                ("restored_at", models.DateTimeField(blank=True, null=True, verbose_name="restored at")),
                (
                    "restored_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="restored by",
                    ),
                ),
                (
                    "restoration_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the restoration"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.minutesversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="58b723094fe6f29e3988b3389017c06f335fa68c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_47dc4",
                            table="sessions_app_versionstandingevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="sessions_app.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="members.organisation",
                        verbose_name="responsible organisation",
                    ),
                ),
                ("due", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="due")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "under way"), ("done", "done"), ("dropped", "dropped")],
                        default="open",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="open to members since"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actions",
                        to="sessions_app.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "action",
                "verbose_name_plural": "actions",
                "ordering": ["-session__number", "number", "pk"],
                "constraints": [models.UniqueConstraint(fields=("session", "number"), name="action_number_once")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_actionitemevent" ("decision_id", "due", "id", "item_id", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "responsible_id", "session_id", "status", "text") VALUES (NEW."decision_id", NEW."due", NEW."id", NEW."item_id", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."released_at", NEW."responsible_id", NEW."session_id", NEW."status", NEW."text"); RETURN NULL;',
                            hash="24d8945dacebf70eb6c1b4ee60b9b0b40d374ca0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fc36c",
                            table="sessions_app_actionitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_actionitemevent" ("decision_id", "due", "id", "item_id", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "responsible_id", "session_id", "status", "text") VALUES (NEW."decision_id", NEW."due", NEW."id", NEW."item_id", NEW."number", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."released_at", NEW."responsible_id", NEW."session_id", NEW."status", NEW."text"); RETURN NULL;',
                            hash="2aa67c7ba3fa1bc50223661c4c8b2e0e2359487e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_619bf",
                            table="sessions_app_actionitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_actionitemevent" ("decision_id", "due", "id", "item_id", "number", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "released_at", "responsible_id", "session_id", "status", "text") VALUES (OLD."decision_id", OLD."due", OLD."id", OLD."item_id", OLD."number", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."released_at", OLD."responsible_id", OLD."session_id", OLD."status", OLD."text"); RETURN NULL;',
                            hash="3811d0a08534fec5b0f332e5b368720ab5cc7bea",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2e1ac",
                            table="sessions_app_actionitem",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="sessions_app.actionitem",
                    ),
                ),
                ("stage", models.CharField(choices=[("soon", "due soon"), ("late", "overdue")], max_length=8)),
                ("due", core.partial_dates.fields.PartialDateField()),
                ("sent_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "constraints": [
                    models.UniqueConstraint(fields=("action", "stage", "due"), name="action_reminded_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionItemEvent",
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
                        to="sessions_app.actionitem",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="responsible organisation",
                    ),
                ),
                ("due", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="due")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "under way"), ("done", "done"), ("dropped", "dropped")],
                        default="open",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="open to members since"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a433e0e19d453acab518571d038092c39c18248c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_39495",
                            table="sessions_app_actionitemevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItemEvent",
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
                        to="sessions_app.agendaitem",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="place in the agenda")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("testimony", "testimony"),
                            ("debate", "debate"),
                            ("decision", "decision"),
                            ("information", "information"),
                            ("handover", "handover"),
                        ],
                        default="information",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "minutes_long",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(600),
                        ],
                        verbose_name="duration in minutes",
                    ),
                ),
                ("is_reserved", models.BooleanField(default=False, verbose_name="reserved to members")),
                (
                    "day",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(7),
                        ],
                        verbose_name="day",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="05a99675f2b85fa3479eb179612cc3b06e4bcdf3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_943f2",
                            table="sessions_app_agendaitemevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("yes", "I take part"),
                            ("maybe", "Maybe"),
                            ("no", "I do not take part"),
                            ("represented", "I will be represented"),
                        ],
                        max_length=12,
                        verbose_name="answer",
                    ),
                ),
                ("remotely", models.BooleanField(default=False, verbose_name="remotely")),
                (
                    "substitute",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="substitute",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="organisation that holds the pouvoir",
                    ),
                ),
                ("meeting_at", models.DateTimeField(blank=True, null=True)),
                ("meeting_until", models.DateField(blank=True, null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("answered_at", models.DateTimeField(verbose_name="answered at")),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["organisation__name", "user__last_name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "organisation", "user"), name="answer_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("holder__isnull", False)),
                        fields=("session", "organisation"),
                        name="answer_one_pouvoir",
                        violation_error_message="Your organisation has given a pouvoir for this session already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("choice", "represented"),
                                models.Q(
                                    models.Q(("holder__isnull", True), ("substitute__isnull", False)),
                                    models.Q(("holder__isnull", False), ("substitute__isnull", True)),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                models.Q(("choice", "represented"), _negated=True),
                                ("holder__isnull", True),
                                ("substitute__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="answer_represented_by_somebody",
                        violation_error_message="Say who represents you: a substitute, or another organisation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("holder__isnull", True),
                            models.Q(("holder", models.F("organisation")), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_pouvoir_to_another",
                        violation_error_message="A pouvoir goes to another organisation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("substitute__isnull", True),
                            models.Q(("substitute", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_substitute_is_another",
                        violation_error_message="Nobody is his or her own substitute.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_answerevent" ("answered_at", "choice", "holder_id", "id", "meeting_at", "meeting_until", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_by_id", "remotely", "session_id", "substitute_id", "user_id") VALUES (NEW."answered_at", NEW."choice", NEW."holder_id", NEW."id", NEW."meeting_at", NEW."meeting_until", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_by_id", NEW."remotely", NEW."session_id", NEW."substitute_id", NEW."user_id"); RETURN NULL;',
                            hash="5f22e367259f40ea27abe6febeef2c216187fab4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2bab7",
                            table="sessions_app_answer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_answerevent" ("answered_at", "choice", "holder_id", "id", "meeting_at", "meeting_until", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_by_id", "remotely", "session_id", "substitute_id", "user_id") VALUES (NEW."answered_at", NEW."choice", NEW."holder_id", NEW."id", NEW."meeting_at", NEW."meeting_until", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_by_id", NEW."remotely", NEW."session_id", NEW."substitute_id", NEW."user_id"); RETURN NULL;',
                            hash="2ab156835aa5984fd85675068f4865fb0289a6b3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7073d",
                            table="sessions_app_answer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_answerevent" ("answered_at", "choice", "holder_id", "id", "meeting_at", "meeting_until", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_by_id", "remotely", "session_id", "substitute_id", "user_id") VALUES (OLD."answered_at", OLD."choice", OLD."holder_id", OLD."id", OLD."meeting_at", OLD."meeting_until", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."recorded_by_id", OLD."remotely", OLD."session_id", OLD."substitute_id", OLD."user_id"); RETURN NULL;',
                            hash="b151f35470862400a3ec59a7ae9e87d206eaa56c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8d1e1",
                            table="sessions_app_answer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerEvent",
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
                        to="sessions_app.answer",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("yes", "I take part"),
                            ("maybe", "Maybe"),
                            ("no", "I do not take part"),
                            ("represented", "I will be represented"),
                        ],
                        max_length=12,
                        verbose_name="answer",
                    ),
                ),
                ("remotely", models.BooleanField(default=False, verbose_name="remotely")),
                (
                    "substitute",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="substitute",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="organisation that holds the pouvoir",
                    ),
                ),
                ("meeting_at", models.DateTimeField(blank=True, null=True)),
                ("meeting_until", models.DateField(blank=True, null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("answered_at", models.DateTimeField(verbose_name="answered at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0c105792c27aa8247f9532785cac39ee8bf5efaf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_db05a",
                            table="sessions_app_answerevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("onsite", "on site"),
                            ("remote", "remotely"),
                            ("substituted", "by a substitute"),
                            ("represented", "represented"),
                            ("excused", "excused"),
                            ("absent", "absent"),
                        ],
                        max_length=20,
                        verbose_name="presence",
                    ),
                ),
                (
                    "represented_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="represented by",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendance",
                "ordering": ["organisation__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "organisation"),
                        name="attendance_once",
                        violation_error_message="This organisation is already recorded.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("presence", "represented"), ("represented_by__isnull", False)),
                            models.Q(
                                models.Q(("presence", "represented"), _negated=True), ("represented_by__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="attendance_represented_by_somebody",
                        violation_error_message="Say which organisation represents this one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("represented_by__isnull", True),
                            models.Q(("represented_by", models.F("organisation")), _negated=True),
                            _connector="OR",
                        ),
                        name="attendance_not_by_itself",
                        violation_error_message="An organisation cannot represent itself.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_attendanceevent" ("id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presence", "represented_by_id", "session_id") VALUES (NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."presence", NEW."represented_by_id", NEW."session_id"); RETURN NULL;',
                            hash="e29fccff49a8542d9f82c788c9b5a76645fbc730",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_53fa9",
                            table="sessions_app_attendance",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_attendanceevent" ("id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presence", "represented_by_id", "session_id") VALUES (NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."presence", NEW."represented_by_id", NEW."session_id"); RETURN NULL;',
                            hash="9503f6ed2334598419c764ba05c14d7ff2b777cf",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7fd49",
                            table="sessions_app_attendance",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_attendanceevent" ("id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presence", "represented_by_id", "session_id") VALUES (OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."presence", OLD."represented_by_id", OLD."session_id"); RETURN NULL;',
                            hash="c7262c0c318e09f530b0b0e6e612a4b2700e50fb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d3ff4",
                            table="sessions_app_attendance",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceEvent",
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
                        to="sessions_app.attendance",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("onsite", "on site"),
                            ("remote", "remotely"),
                            ("substituted", "by a substitute"),
                            ("represented", "represented"),
                            ("excused", "excused"),
                            ("absent", "absent"),
                        ],
                        max_length=20,
                        verbose_name="presence",
                    ),
                ),
                (
                    "represented_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="represented by",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7580cbae75401c3b4f9df2079895579764d3b113",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f6370",
                            table="sessions_app_attendanceevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "attendance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="sessions_app.attendance"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=160, verbose_name="name")),
            ],
            options={
                "verbose_name": "person present",
                "verbose_name_plural": "people present",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), ("user__isnull", False)),
                            models.Q(("user__isnull", True), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="attendee_is_somebody",
                        violation_error_message="Name a person.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CandidateDateEvent",
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
                        to="sessions_app.candidatedate",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "poll",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.datepoll",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                ("chosen_at", models.DateTimeField(blank=True, null=True, verbose_name="chosen at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b43ffe03c675d56b8e01aff1417ea9589f8c4ea4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_eef66",
                            table="sessions_app_candidatedateevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Circulation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="circulations",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("closes_at", models.DateTimeField(verbose_name="open until")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.organisation"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "adopted"),
                            ("deferred", "approval at the following session"),
                            ("stopped", "stopped"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "approval_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sessions_app.agendaitem",
                    ),
                ),
                ("shown", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="sessions_app.minutesversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of minutes",
                "verbose_name_plural": "reviews of minutes",
                "ordering": ["session", "-opened_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("session",),
                        name="circulation_one_at_a_time",
                        violation_error_message="These minutes are under review already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("outcome", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="circulation_ended_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "stopped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="circulation_stopped_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "adopted"), _negated=True), ("version__isnull", False), _connector="OR"
                        ),
                        name="circulation_adopted_as_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opened_at"))),
                        name="circulation_closes_after_opening",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_circulationevent" ("approval_item_id", "closes_at", "ended_at", "id", "opened_at", "opened_by_id", "organisation_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "session_id", "shown", "version_id") VALUES (NEW."approval_item_id", NEW."closes_at", NEW."ended_at", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."organisation_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."session_id", NEW."shown", NEW."version_id"); RETURN NULL;',
                            hash="362a7a802a76cfee481e6a0bc0fc9bd71634018e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_81bea",
                            table="sessions_app_circulation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_circulationevent" ("approval_item_id", "closes_at", "ended_at", "id", "opened_at", "opened_by_id", "organisation_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "session_id", "shown", "version_id") VALUES (NEW."approval_item_id", NEW."closes_at", NEW."ended_at", NEW."id", NEW."opened_at", NEW."opened_by_id", NEW."organisation_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."session_id", NEW."shown", NEW."version_id"); RETURN NULL;',
                            hash="2422d813875bef6f67d540fa4a16feec3e1eb1dc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0ad23",
                            table="sessions_app_circulation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_circulationevent" ("approval_item_id", "closes_at", "ended_at", "id", "opened_at", "opened_by_id", "organisation_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "session_id", "shown", "version_id") VALUES (OLD."approval_item_id", OLD."closes_at", OLD."ended_at", OLD."id", OLD."opened_at", OLD."opened_by_id", OLD."organisation_id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."session_id", OLD."shown", OLD."version_id"); RETURN NULL;',
                            hash="7e906e3a91515bdbe44cb6d78c923a00d6a78d08",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_18cd3",
                            table="sessions_app_circulation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AmendmentRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "circulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="sessions_app.circulation",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendment_requests",
                        to="sessions_app.agendaitem",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                ("outside_name", models.CharField(blank=True, max_length=160, verbose_name="outside speaker")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("passage", models.TextField(blank=True, max_length=2000, verbose_name="passage")),
                ("wish", models.TextField(max_length=4000, verbose_name="what should change")),
                ("made_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "to be answered"), ("accepted", "accepted"), ("refused", "refused")],
                        default="open",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sessions_app.minutesrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to amend",
                "verbose_name_plural": "requests to amend",
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", False), ("outside_name", "")),
                            models.Q(("organisation__isnull", True), models.Q(("outside_name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="request_from_somebody",
                        violation_error_message="Name the organisation or the outside speaker, one of the two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="request_answered_with_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="request_refused_with_reason",
                        violation_error_message="Say why the request is refused.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True), ("revision__isnull", False), _connector="OR"
                        ),
                        name="request_accepted_is_traced",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_amendmentrequestevent" ("answer", "answered_at", "answered_by_id", "author_id", "circulation_id", "id", "item_id", "made_at", "organisation_id", "outside_name", "passage", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revision_id", "state", "wish") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."author_id", NEW."circulation_id", NEW."id", NEW."item_id", NEW."made_at", NEW."organisation_id", NEW."outside_name", NEW."passage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."revision_id", NEW."state", NEW."wish"); RETURN NULL;',
                            hash="baf89aa65c08930231d27dedc037cd0091def14a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a2826",
                            table="sessions_app_amendmentrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sessions_app_amendmentrequestevent" ("answer", "answered_at", "answered_by_id", "author_id", "circulation_id", "id", "item_id", "made_at", "organisation_id", "outside_name", "passage", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revision_id", "state", "wish") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."author_id", NEW."circulation_id", NEW."id", NEW."item_id", NEW."made_at", NEW."organisation_id", NEW."outside_name", NEW."passage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."revision_id", NEW."state", NEW."wish"); RETURN NULL;',
                            hash="bb64fee3f6fe868f0ce087672d3b84576ce88da3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0d1fe",
                            table="sessions_app_amendmentrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sessions_app_amendmentrequestevent" ("answer", "answered_at", "answered_by_id", "author_id", "circulation_id", "id", "item_id", "made_at", "organisation_id", "outside_name", "passage", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revision_id", "state", "wish") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."author_id", OLD."circulation_id", OLD."id", OLD."item_id", OLD."made_at", OLD."organisation_id", OLD."outside_name", OLD."passage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."revision_id", OLD."state", OLD."wish"); RETURN NULL;',
                            hash="121bfa65502972100b71563652560ce20b7a738e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_13d77",
                            table="sessions_app_amendmentrequest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AmendmentRequestEvent",
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
                        to="sessions_app.amendmentrequest",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "circulation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.circulation",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.agendaitem",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                    ),
                ),
                ("outside_name", models.CharField(blank=True, max_length=160, verbose_name="outside speaker")),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("passage", models.TextField(blank=True, max_length=2000, verbose_name="passage")),
                ("wish", models.TextField(max_length=4000, verbose_name="what should change")),
                ("made_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "to be answered"), ("accepted", "accepted"), ("refused", "refused")],
                        default="open",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.minutesrevision",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="62d0b4cfe6a1d64c095616a38c3cb3d60da93dbf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9db6d",
                            table="sessions_app_amendmentrequestevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CirculationEvent",
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
                        to="sessions_app.circulation",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("closes_at", models.DateTimeField(verbose_name="open until")),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "adopted"),
                            ("deferred", "approval at the following session"),
                            ("stopped", "stopped"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "approval_item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.agendaitem",
                    ),
                ),
                ("shown", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.minutesversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a1801d95f4b824dd039d52b33951ffb195b46af3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c05cd",
                            table="sessions_app_circulationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
    ]
