import core.db.periods
import core.partial_dates.fields
import datetime
import django.contrib.postgres.constraints
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_initial"),
        ("members", "0001_initial"),
        ("sessions_app", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_identities",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                ("period", core.db.periods.PeriodField(verbose_name="period")),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher of the site")),
                (
                    "publisher_status",
                    models.CharField(max_length=200, verbose_name="legal form and registration number"),
                ),
                ("publisher_address", models.CharField(max_length=300, verbose_name="address of the publisher")),
                (
                    "publisher_contact",
                    models.CharField(max_length=200, verbose_name="telephone or e-mail of the publisher"),
                ),
                ("publication_director", models.CharField(max_length=160, verbose_name="director of publication")),
                ("host", models.CharField(max_length=200, verbose_name="host")),
                ("host_address", models.CharField(max_length=300, verbose_name="address of the host")),
                ("host_contact", models.CharField(max_length=200, verbose_name="telephone or e-mail of the host")),
                ("privacy_contact", models.CharField(max_length=160, verbose_name="contact for personal data")),
                ("privacy_email", models.EmailField(max_length=254, verbose_name="address for personal data")),
                ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
            ],
            options={
                "verbose_name": "legal identity",
                "verbose_name_plural": "legal identities",
                "ordering": ["organisation", "period", "pk"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("organisation", "="), ("period", "&&")],
                        name="legal_identity_no_overlap",
                        violation_error_message="This organisation already has a legal identity during part of this period.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_legalidentityevent" ("host", "host_address", "host_contact", "id", "is_fictional", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "privacy_contact", "privacy_email", "publication_director", "publisher", "publisher_address", "publisher_contact", "publisher_status") VALUES (NEW."host", NEW."host_address", NEW."host_contact", NEW."id", NEW."is_fictional", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."privacy_contact", NEW."privacy_email", NEW."publication_director", NEW."publisher", NEW."publisher_address", NEW."publisher_contact", NEW."publisher_status"); RETURN NULL;',
                            hash="98c382fe82629ed7b82e6d97015cc2477410d3f8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_42656",
                            table="governance_legalidentity",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "governance_legalidentityevent" ("host", "host_address", "host_contact", "id", "is_fictional", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "privacy_contact", "privacy_email", "publication_director", "publisher", "publisher_address", "publisher_contact", "publisher_status") VALUES (NEW."host", NEW."host_address", NEW."host_contact", NEW."id", NEW."is_fictional", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."privacy_contact", NEW."privacy_email", NEW."publication_director", NEW."publisher", NEW."publisher_address", NEW."publisher_contact", NEW."publisher_status"); RETURN NULL;',
                            hash="c0039d78278c052107256312e711bce92c0f1a97",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cd204",
                            table="governance_legalidentity",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_legalidentityevent" ("host", "host_address", "host_contact", "id", "is_fictional", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "privacy_contact", "privacy_email", "publication_director", "publisher", "publisher_address", "publisher_contact", "publisher_status") VALUES (OLD."host", OLD."host_address", OLD."host_contact", OLD."id", OLD."is_fictional", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."privacy_contact", OLD."privacy_email", OLD."publication_director", OLD."publisher", OLD."publisher_address", OLD."publisher_contact", OLD."publisher_status"); RETURN NULL;',
                            hash="61ae68bfa631e82e8d291aa40c7415b9aa67bf6b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ccd4c",
                            table="governance_legalidentity",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalIdentityEvent",
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
                        to="governance.legalidentity",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
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
                ("period", core.db.periods.PeriodField(verbose_name="period")),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher of the site")),
                (
                    "publisher_status",
                    models.CharField(max_length=200, verbose_name="legal form and registration number"),
                ),
                ("publisher_address", models.CharField(max_length=300, verbose_name="address of the publisher")),
                (
                    "publisher_contact",
                    models.CharField(max_length=200, verbose_name="telephone or e-mail of the publisher"),
                ),
                ("publication_director", models.CharField(max_length=160, verbose_name="director of publication")),
                ("host", models.CharField(max_length=200, verbose_name="host")),
                ("host_address", models.CharField(max_length=300, verbose_name="address of the host")),
                ("host_contact", models.CharField(max_length=200, verbose_name="telephone or e-mail of the host")),
                ("privacy_contact", models.CharField(max_length=160, verbose_name="contact for personal data")),
                ("privacy_email", models.EmailField(max_length=254, verbose_name="address for personal data")),
                ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0229fb8951ff2859aa92588c081d0004bfecb250",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_392c3",
                            table="governance_legalidentityevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("ordinary", "animation"), ("interim", "interim animation")],
                        default="ordinary",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "starts_at",
                    models.DateTimeField(
                        error_messages={"unique": "Another mandate starts at this very moment."},
                        unique=True,
                        verbose_name="rights move at",
                    ),
                ),
                ("started_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="since")),
                ("term_ends_on", models.DateField(blank=True, null=True, verbose_name="agreed last day")),
                (
                    "term_warned_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="animators warned of the term at"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "mandate",
                "verbose_name_plural": "mandates",
                "ordering": ["starts_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "interim"), _negated=True),
                            ("term_ends_on__isnull", False),
                            _connector="OR",
                        ),
                        name="mandate_interim_has_term",
                        violation_error_message="An interim mandate has an agreed last day.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_mandateevent" ("id", "kind", "note", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "started_on", "starts_at", "term_ends_on", "term_warned_at") VALUES (NEW."id", NEW."kind", NEW."note", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."started_on", NEW."starts_at", NEW."term_ends_on", NEW."term_warned_at"); RETURN NULL;',
                            hash="6eec71666f9a3c49de2b55e1936ad9fcf3a4078c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_16b32",
                            table="governance_mandate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "governance_mandateevent" ("id", "kind", "note", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "started_on", "starts_at", "term_ends_on", "term_warned_at") VALUES (NEW."id", NEW."kind", NEW."note", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."started_on", NEW."starts_at", NEW."term_ends_on", NEW."term_warned_at"); RETURN NULL;',
                            hash="1e4f4ea48ffc411c0bb9bbcd6edc5c6e18c6d91d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ab4ab",
                            table="governance_mandate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_mandateevent" ("id", "kind", "note", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "started_on", "starts_at", "term_ends_on", "term_warned_at") VALUES (OLD."id", OLD."kind", OLD."note", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."started_on", OLD."starts_at", OLD."term_ends_on", OLD."term_warned_at"); RETURN NULL;',
                            hash="168a31ba5b2436c0917ca433219f88842085132b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ff563",
                            table="governance_mandate",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MandateEvent",
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
                        to="governance.mandate",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
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
                    "kind",
                    models.CharField(
                        choices=[("ordinary", "animation"), ("interim", "interim animation")],
                        default="ordinary",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "starts_at",
                    models.DateTimeField(
                        error_messages={"unique": "Another mandate starts at this very moment."},
                        verbose_name="rights move at",
                    ),
                ),
                ("started_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="since")),
                ("term_ends_on", models.DateField(blank=True, null=True, verbose_name="agreed last day")),
                (
                    "term_warned_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="animators warned of the term at"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="278ce8e9315d77187b418110ab188e941a3b556c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_05195",
                            table="governance_mandateevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RescuedForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="organisation whose mandate had ended",
                    ),
                ),
                ("address", models.CharField(max_length=500, verbose_name="address it was sent to")),
                ("page", models.CharField(max_length=500, verbose_name="page on which it was written")),
                ("passages", models.JSONField(blank=True, verbose_name="passages")),
                ("left_at", models.DateTimeField(verbose_name="left at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
            ],
            options={
                "verbose_name": "text left",
                "verbose_name_plural": "texts left",
                "ordering": ["-left_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("author", "address"),
                        name="left_text_one_open_a_form",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RescuedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "left",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="governance.rescuedform",
                        verbose_name="text left",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="field")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "file left",
                "verbose_name_plural": "files left",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("founder", "founder"),
                            ("steering", "steering"),
                            ("tools_funding", "funding of the tools"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="responsibility",
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True,
                        help_text="Shown instead of the kind, where it says more.",
                        max_length=120,
                        verbose_name="in other words",
                    ),
                ),
                ("since", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="since")),
                ("until", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
                (
                    "has_ended",
                    models.BooleanField(
                        default=False, help_text="Also when the date is not known.", verbose_name="has ended"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "responsibility",
                "verbose_name_plural": "responsibilities",
                "ordering": ["has_ended", "since", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("since__isnull", True),
                            models.Q(("until__fully_lt", models.F("since")), _negated=True),
                            _connector="OR",
                        ),
                        name="responsibility_until_not_before_since",
                        violation_error_message="The end comes after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("has_ended", True), _connector="OR"),
                        name="responsibility_with_end_has_ended",
                        violation_error_message="With an end date, tick “has ended”.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_responsibilityevent" ("has_ended", "id", "kind", "label", "note", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "since", "until") VALUES (NEW."has_ended", NEW."id", NEW."kind", NEW."label", NEW."note", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."since", NEW."until"); RETURN NULL;',
                            hash="345df9dd57e145667a932122ae2bf49c0bf803a5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ad4d8",
                            table="governance_responsibility",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "governance_responsibilityevent" ("has_ended", "id", "kind", "label", "note", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "since", "until") VALUES (NEW."has_ended", NEW."id", NEW."kind", NEW."label", NEW."note", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."since", NEW."until"); RETURN NULL;',
                            hash="2bbef577940ac149f2a854ac5cbb041c45fe74b1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5bd09",
                            table="governance_responsibility",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_responsibilityevent" ("has_ended", "id", "kind", "label", "note", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "since", "until") VALUES (OLD."has_ended", OLD."id", OLD."kind", OLD."label", OLD."note", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."since", OLD."until"); RETURN NULL;',
                            hash="76ffeb69bd4dc085c8332456de3110719a623c3c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_558a4",
                            table="governance_responsibility",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResponsibilityEvent",
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
                        to="governance.responsibility",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("founder", "founder"),
                            ("steering", "steering"),
                            ("tools_funding", "funding of the tools"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="responsibility",
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True,
                        help_text="Shown instead of the kind, where it says more.",
                        max_length=120,
                        verbose_name="in other words",
                    ),
                ),
                ("since", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="since")),
                ("until", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
                (
                    "has_ended",
                    models.BooleanField(
                        default=False, help_text="Also when the date is not known.", verbose_name="has ended"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="29f0a0f4c2d9351c2df5a3e4d54ba58133be4cb3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_22309",
                            table="governance_responsibilityevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SpaceEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("birth", "birth"),
                            ("evaluation", "evaluation"),
                            ("publication", "publication"),
                            ("other", "other event"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("date", core.partial_dates.fields.PartialDateField(verbose_name="date")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="in a few sentences")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
            ],
            options={
                "verbose_name": "event of the space",
                "verbose_name_plural": "events of the space",
                "ordering": ["date", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_spaceeventevent" ("date", "id", "kind", "link", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text", "title") VALUES (NEW."date", NEW."id", NEW."kind", NEW."link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."text", NEW."title"); RETURN NULL;',
                            hash="6f1094fe81a68d32b70957d31254028902f09efc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a80bb",
                            table="governance_spaceevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "governance_spaceeventevent" ("date", "id", "kind", "link", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text", "title") VALUES (NEW."date", NEW."id", NEW."kind", NEW."link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."text", NEW."title"); RETURN NULL;',
                            hash="10d42c137035617960591052ab69d70a4fc170b5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_77b4d",
                            table="governance_spaceevent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_spaceeventevent" ("date", "id", "kind", "link", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text", "title") VALUES (OLD."date", OLD."id", OLD."kind", OLD."link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."text", OLD."title"); RETURN NULL;',
                            hash="81983443f613f1847e1d26527e5ac9e7d4aa995e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_edcad",
                            table="governance_spaceevent",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpaceEventEvent",
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
                        to="governance.spaceevent",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("birth", "birth"),
                            ("evaluation", "evaluation"),
                            ("publication", "publication"),
                            ("other", "other event"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("date", core.partial_dates.fields.PartialDateField(verbose_name="date")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="in a few sentences")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b6c90d21282c57c4763a3aa05eeeb2bb5097a092",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a3066",
                            table="governance_spaceeventevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GovernanceRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "interim_requests",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MinValueValidator(2)],
                        verbose_name="member organisations needed to ask for an interim",
                    ),
                ),
                (
                    "interim_months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(24),
                        ],
                        verbose_name="length of an interim in months",
                    ),
                ),
                (
                    "consultation_days",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="days a consultation stays open",
                    ),
                ),
                (
                    "quorum_percent",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="quorum, in % of the organisations that have a voice",
                    ),
                ),
                (
                    "quorum_counts_proxies",
                    models.BooleanField(default=True, verbose_name="voices given by a proxy count for the quorum"),
                ),
                (
                    "proxies_per_holder",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="proxies one organisation may hold",
                    ),
                ),
                (
                    "decision_rule",
                    models.CharField(
                        choices=[
                            ("consent", "adopted when at least one member consents and nobody objects"),
                            ("majority", "adopted when consents and reservations outnumber objections"),
                        ],
                        default="consent",
                        max_length=20,
                        verbose_name="decision rule",
                    ),
                ),
                (
                    "hides_until_closed",
                    models.BooleanField(
                        default=True, verbose_name="positions stay hidden until the consultation closes"
                    ),
                ),
                (
                    "term_warning_days",
                    models.PositiveSmallIntegerField(
                        default=60, verbose_name="days before the end of a term at which the animators are warned"
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of governance",
                "verbose_name_plural": "rules of governance",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="governance_rules_are_one_row")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_governancerulesevent" ("consultation_days", "decision_rule", "hides_until_closed", "id", "interim_months", "interim_requests", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proxies_per_holder", "quorum_counts_proxies", "quorum_percent", "term_warning_days") VALUES (NEW."consultation_days", NEW."decision_rule", NEW."hides_until_closed", NEW."id", NEW."interim_months", NEW."interim_requests", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proxies_per_holder", NEW."quorum_counts_proxies", NEW."quorum_percent", NEW."term_warning_days"); RETURN NULL;',
                            hash="9b530fc4be2b87b38c5bd4a6547fa2edc29c9e58",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4a8c7",
                            table="governance_governancerules",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "governance_governancerulesevent" ("consultation_days", "decision_rule", "hides_until_closed", "id", "interim_months", "interim_requests", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proxies_per_holder", "quorum_counts_proxies", "quorum_percent", "term_warning_days") VALUES (NEW."consultation_days", NEW."decision_rule", NEW."hides_until_closed", NEW."id", NEW."interim_months", NEW."interim_requests", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proxies_per_holder", NEW."quorum_counts_proxies", NEW."quorum_percent", NEW."term_warning_days"); RETURN NULL;',
                            hash="56cdf97c8e532c431191a8f05e1100660638acfa",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a8471",
                            table="governance_governancerules",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_governancerulesevent" ("consultation_days", "decision_rule", "hides_until_closed", "id", "interim_months", "interim_requests", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proxies_per_holder", "quorum_counts_proxies", "quorum_percent", "term_warning_days") VALUES (OLD."consultation_days", OLD."decision_rule", OLD."hides_until_closed", OLD."id", OLD."interim_months", OLD."interim_requests", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proxies_per_holder", OLD."quorum_counts_proxies", OLD."quorum_percent", OLD."term_warning_days"); RETURN NULL;',
                            hash="473311584589bacfef9042683b3dc55c47049332",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_41d67",
                            table="governance_governancerules",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GovernanceRulesEvent",
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
                        to="governance.governancerules",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "interim_requests",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MinValueValidator(2)],
                        verbose_name="member organisations needed to ask for an interim",
                    ),
                ),
                (
                    "interim_months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(24),
                        ],
                        verbose_name="length of an interim in months",
                    ),
                ),
                (
                    "consultation_days",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="days a consultation stays open",
                    ),
                ),
                (
                    "quorum_percent",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="quorum, in % of the organisations that have a voice",
                    ),
                ),
                (
                    "quorum_counts_proxies",
                    models.BooleanField(default=True, verbose_name="voices given by a proxy count for the quorum"),
                ),
                (
                    "proxies_per_holder",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="proxies one organisation may hold",
                    ),
                ),
                (
                    "decision_rule",
                    models.CharField(
                        choices=[
                            ("consent", "adopted when at least one member consents and nobody objects"),
                            ("majority", "adopted when consents and reservations outnumber objections"),
                        ],
                        default="consent",
                        max_length=20,
                        verbose_name="decision rule",
                    ),
                ),
                (
                    "hides_until_closed",
                    models.BooleanField(
                        default=True, verbose_name="positions stay hidden until the consultation closes"
                    ),
                ),
                (
                    "term_warning_days",
                    models.PositiveSmallIntegerField(
                        default=60, verbose_name="days before the end of a term at which the animators are warned"
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
                            hash="4f009be8eb825b76194236190b9bd3acadac1974",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_45763",
                            table="governance_governancerulesevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("ordinary", "animation"), ("interim", "interim animation")],
                        default="ordinary",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("proposed", "proposed"),
                            ("accepted", "accepted"),
                            ("validated", "validated"),
                            ("scheduled", "scheduled"),
                            ("effective", "effective"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("is_historical", models.BooleanField(default=False, verbose_name="entered after the fact")),
                (
                    "outgoing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="governance.mandate",
                        verbose_name="mandate handed over",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_given",
                        to="members.organisation",
                        verbose_name="outgoing organisation",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_received",
                        to="members.organisation",
                        verbose_name="incoming organisation",
                    ),
                ),
                ("purpose", models.TextField(blank=True, max_length=2000, verbose_name="why this organisation")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="opened at"),
                ),
                (
                    "proposed_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="proposed on"),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="proposal recorded at"),
                ),
                ("accepted_body", models.CharField(blank=True, max_length=160, verbose_name="body that accepted")),
                (
                    "accepted_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="accepted on"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="acceptance recorded at"),
                ),
                (
                    "validation_mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consensus", "consensus recorded in the session"),
                            ("consultation", "consultation of the members"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                (
                    "validation_session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_validated",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("validation_statement", models.TextField(blank=True, max_length=4000, verbose_name="what was said")),
                (
                    "validated_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="validated on"),
                ),
                (
                    "validated_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="validation recorded at"),
                ),
                (
                    "effective_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="effective on"),
                ),
                (
                    "incoming",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handover",
                        to="governance.mandate",
                        verbose_name="new mandate",
                    ),
                ),
                (
                    "completed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="handing over recorded at"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at")),
                ("ended_reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
            ],
            options={
                "verbose_name": "handover",
                "verbose_name_plural": "handovers",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("receiver", models.F("holder")), _negated=True),
                        name="handover_receiver_differs",
                        violation_error_message="The animation passes to another organisation than the one that holds it.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "proposed", "accepted", "validated", "scheduled"))),
                        fields=("kind",),
                        name="handover_one_at_a_time",
                        violation_error_message="Another handover is under way.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("state__in", ("proposed", "accepted", "validated", "scheduled", "effective")),
                                    _negated=True,
                                ),
                                ("proposed_at__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("state__in", ("draft",)), _negated=True),
                                ("proposed_at__isnull", True),
                                _connector="OR",
                            ),
                        ),
                        name="handover_proposed_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("state__in", ("accepted", "validated", "scheduled", "effective")), _negated=True
                                ),
                                models.Q(
                                    ("accepted_at__isnull", False), models.Q(("accepted_body", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("state__in", ("draft", "proposed")), _negated=True),
                                ("accepted_at__isnull", True),
                                _connector="OR",
                            ),
                        ),
                        name="handover_accepted_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state__in", ("scheduled", "effective")), _negated=True),
                                models.Q(
                                    ("completed_at__isnull", False),
                                    ("effective_on__isnull", False),
                                    ("incoming__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        ("draft", "proposed", "accepted", "validated", "declined", "withdrawn"),
                                    ),
                                    _negated=True,
                                ),
                                models.Q(("completed_at__isnull", True), ("incoming__isnull", True)),
                                _connector="OR",
                            ),
                        ),
                        name="handover_moved_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state__in", ("declined", "withdrawn")), _negated=True),
                                models.Q(("ended_at__isnull", False), models.Q(("ended_reason", ""), _negated=True)),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        ("draft", "proposed", "accepted", "validated", "scheduled", "effective"),
                                    ),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", True),
                                _connector="OR",
                            ),
                        ),
                        name="handover_ended_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_on__isnull", True),
                            ("proposed_on__isnull", True),
                            models.Q(("accepted_on__fully_lt", models.F("proposed_on")), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_accepted_not_before_proposed",
                        violation_error_message="A step cannot be earlier than the one before it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("validated_on__isnull", True),
                            ("proposed_on__isnull", True),
                            models.Q(("validated_on__fully_lt", models.F("proposed_on")), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_validated_not_before_proposed",
                        violation_error_message="A step cannot be earlier than the one before it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("validated_on__isnull", True),
                            ("accepted_on__isnull", True),
                            models.Q(("validated_on__fully_lt", models.F("accepted_on")), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_validated_not_before_accepted",
                        violation_error_message="A step cannot be earlier than the one before it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_on__isnull", True),
                            ("proposed_on__isnull", True),
                            models.Q(("effective_on__fully_lt", models.F("proposed_on")), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_effective_not_before_proposed",
                        violation_error_message="A step cannot be earlier than the one before it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_on__isnull", True),
                            ("accepted_on__isnull", True),
                            models.Q(("effective_on__fully_lt", models.F("accepted_on")), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_effective_not_before_accepted",
                        violation_error_message="A step cannot be earlier than the one before it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_on__isnull", True),
                            ("validated_on__isnull", True),
                            models.Q(("effective_on__fully_lt", models.F("validated_on")), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_effective_not_before_validated",
                        violation_error_message="A step cannot be earlier than the one before it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="governance.handover"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("draft", "draft opened"),
                            ("request", "request joined"),
                            ("propose", "proposal"),
                            ("accept", "acceptance in principle"),
                            ("validate", "validation by the members"),
                            ("complete", "handing over"),
                            ("take_effect", "effect by the clock"),
                            ("decline", "refusal"),
                            ("withdraw", "withdrawal"),
                            ("correct", "correction"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "document of a handover",
                "verbose_name_plural": "documents of handovers",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HandoverStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="governance.handover"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("draft", "draft opened"),
                            ("request", "request joined"),
                            ("propose", "proposal"),
                            ("accept", "acceptance in principle"),
                            ("validate", "validation by the members"),
                            ("complete", "handing over"),
                            ("take_effect", "effect by the clock"),
                            ("decline", "refusal"),
                            ("withdraw", "withdrawal"),
                            ("correct", "correction"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
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
                        verbose_name="in the name of",
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=2000, verbose_name="comment")),
                (
                    "changes",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="changes",
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
            ],
            options={
                "verbose_name": "step of a handover",
                "verbose_name_plural": "steps of handovers",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="InterimRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="governance.handover"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interim_requests",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="what was observed")),
                ("requested_at", models.DateTimeField(verbose_name="asked at")),
            ],
            options={
                "verbose_name": "request for an interim",
                "verbose_name_plural": "requests for an interim",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("handover", "organisation"),
                        name="interim_request_once",
                        violation_error_message="Your organisation has already joined this request.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PackLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pack", to="governance.handover"
                    ),
                ),
                ("key", models.SlugField(max_length=40, verbose_name="part")),
                (
                    "note",
                    models.TextField(blank=True, max_length=2000, verbose_name="where it is, how to take it over"),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="given at")),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
            ],
            options={
                "verbose_name": "line of the pack",
                "verbose_name_plural": "lines of the pack",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("handover", "key"), name="pack_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at__isnull", True), ("given_by__isnull", True)),
                            models.Q(("given_at__isnull", False), ("given_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="pack_given_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_at__isnull", True), ("received_by__isnull", True)),
                            models.Q(("received_at__isnull", False), ("received_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="pack_received_by_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_packlineevent" ("given_at", "given_by_id", "handover_id", "id", "key", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id") VALUES (NEW."given_at", NEW."given_by_id", NEW."handover_id", NEW."id", NEW."key", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."received_at", NEW."received_by_id"); RETURN NULL;',
                            hash="07ada14d755f22e72addb9af85321342ecb7f2b7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_47f0d",
                            table="governance_packline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "governance_packlineevent" ("given_at", "given_by_id", "handover_id", "id", "key", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id") VALUES (NEW."given_at", NEW."given_by_id", NEW."handover_id", NEW."id", NEW."key", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."received_at", NEW."received_by_id"); RETURN NULL;',
                            hash="85fef755e2275d4c5567b8504e66eb23c880c329",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_902bb",
                            table="governance_packline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_packlineevent" ("given_at", "given_by_id", "handover_id", "id", "key", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id") VALUES (OLD."given_at", OLD."given_by_id", OLD."handover_id", OLD."id", OLD."key", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."received_at", OLD."received_by_id"); RETURN NULL;',
                            hash="6aebf833fb4d02b6842e81ace6221b2f306879d5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f1349",
                            table="governance_packline",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PackLineEvent",
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
                        to="governance.packline",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "handover",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.handover",
                    ),
                ),
                ("key", models.SlugField(db_index=False, max_length=40, verbose_name="part")),
                (
                    "note",
                    models.TextField(blank=True, max_length=2000, verbose_name="where it is, how to take it over"),
                ),
                (
                    "given_by",
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
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="given at")),
                (
                    "received_by",
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
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="368b3ee53fbd68f0b1eae6924c6623f252a45101",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_edc85",
                            table="governance_packlineevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("question", models.TextField(max_length=2000, verbose_name="question")),
                (
                    "context",
                    models.TextField(blank=True, max_length=6000, verbose_name="what to know before answering"),
                ),
                ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
                (
                    "handover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="governance.handover",
                        verbose_name="handover",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where the question is debated; animators may record the position of organisations present there.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "in preparation"),
                            ("open", "open"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "decision_rule",
                    models.CharField(
                        choices=[
                            ("consent", "adopted when at least one member consents and nobody objects"),
                            ("majority", "adopted when consents and reservations outnumber objections"),
                        ],
                        default="consent",
                        max_length=20,
                        verbose_name="decision rule",
                    ),
                ),
                (
                    "quorum_percent",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="quorum, in % of the organisations that have a voice",
                    ),
                ),
                (
                    "quorum_counts_proxies",
                    models.BooleanField(default=True, verbose_name="voices given by a proxy count for the quorum"),
                ),
                (
                    "proxies_per_holder",
                    models.PositiveSmallIntegerField(default=2, verbose_name="proxies one organisation may hold"),
                ),
                (
                    "hides_until_closed",
                    models.BooleanField(
                        default=True, verbose_name="positions stay hidden until the consultation closes"
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens at")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes at")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="prepared at"),
                ),
                ("opened_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="opened at")),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at")),
                ("cancelled_reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "adopted"),
                            ("adopted_with_reservations", "adopted with reservations"),
                            ("rejected", "not adopted"),
                            ("no_quorum", "quorum not reached"),
                        ],
                        editable=False,
                        max_length=30,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "result",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="result",
                    ),
                ),
                ("statement", models.TextField(blank=True, max_length=4000, verbose_name="what follows from it")),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_at__isnull", True),
                            ("opens_at__isnull", True),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="consultation_closes_after_opening",
                        violation_error_message="A consultation closes after it opens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_at__isnull", True),
                            ("opened_at__isnull", True),
                            ("closes_at__gt", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="consultation_closes_after_it_was_opened",
                        violation_error_message="A consultation closes after it opens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            models.Q(
                                ("closed_at__gte", models.F("opened_at")),
                                models.Q(
                                    ("closes_at__isnull", True),
                                    ("closed_at__lte", models.F("closes_at")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="consultation_closed_between_its_moments",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("opens_at__isnull", True),
                                models.Q(
                                    (
                                        "opens_at__gte",
                                        datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc),
                                    ),
                                    ("opens_at__lt", datetime.datetime(2101, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("closes_at__isnull", True),
                                models.Q(
                                    (
                                        "closes_at__gte",
                                        datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc),
                                    ),
                                    (
                                        "closes_at__lt",
                                        datetime.datetime(2101, 1, 1, 0, 0, tzinfo=datetime.timezone.utc),
                                    ),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("opened_at__isnull", True),
                                models.Q(
                                    (
                                        "opened_at__gte",
                                        datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc),
                                    ),
                                    (
                                        "opened_at__lt",
                                        datetime.datetime(2101, 1, 1, 0, 0, tzinfo=datetime.timezone.utc),
                                    ),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="consultation_moments_within_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state__in", ("open", "closed")), _negated=True),
                                ("opened_at__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("opened_at__isnull", True),
                                _connector="OR",
                            ),
                        ),
                        name="consultation_opened_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("result__isnull", False),
                                ("state", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("outcome", ""),
                                ("result__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="consultation_closed_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("cancelled_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consultation_cancelled_with_reason",
                        violation_error_message="A cancelled consultation says why.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_consultationevent" ("cancelled_reason", "closed_at", "closes_at", "context", "created_at", "created_by_id", "decision_rule", "handover_id", "hides_until_closed", "id", "is_fictional", "opened_at", "opens_at", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proxies_per_holder", "public_id", "question", "quorum_counts_proxies", "quorum_percent", "result", "session_id", "state", "statement", "title") VALUES (NEW."cancelled_reason", NEW."closed_at", NEW."closes_at", NEW."context", NEW."created_at", NEW."created_by_id", NEW."decision_rule", NEW."handover_id", NEW."hides_until_closed", NEW."id", NEW."is_fictional", NEW."opened_at", NEW."opens_at", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proxies_per_holder", NEW."public_id", NEW."question", NEW."quorum_counts_proxies", NEW."quorum_percent", NEW."result", NEW."session_id", NEW."state", NEW."statement", NEW."title"); RETURN NULL;',
                            hash="9a06eb336a650a024373cb0979df64821b816dd6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8af2d",
                            table="governance_consultation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "governance_consultationevent" ("cancelled_reason", "closed_at", "closes_at", "context", "created_at", "created_by_id", "decision_rule", "handover_id", "hides_until_closed", "id", "is_fictional", "opened_at", "opens_at", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proxies_per_holder", "public_id", "question", "quorum_counts_proxies", "quorum_percent", "result", "session_id", "state", "statement", "title") VALUES (NEW."cancelled_reason", NEW."closed_at", NEW."closes_at", NEW."context", NEW."created_at", NEW."created_by_id", NEW."decision_rule", NEW."handover_id", NEW."hides_until_closed", NEW."id", NEW."is_fictional", NEW."opened_at", NEW."opens_at", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proxies_per_holder", NEW."public_id", NEW."question", NEW."quorum_counts_proxies", NEW."quorum_percent", NEW."result", NEW."session_id", NEW."state", NEW."statement", NEW."title"); RETURN NULL;',
                            hash="26983bd03d400a8445f271c8b651f20751650809",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_60101",
                            table="governance_consultation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_consultationevent" ("cancelled_reason", "closed_at", "closes_at", "context", "created_at", "created_by_id", "decision_rule", "handover_id", "hides_until_closed", "id", "is_fictional", "opened_at", "opens_at", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proxies_per_holder", "public_id", "question", "quorum_counts_proxies", "quorum_percent", "result", "session_id", "state", "statement", "title") VALUES (OLD."cancelled_reason", OLD."closed_at", OLD."closes_at", OLD."context", OLD."created_at", OLD."created_by_id", OLD."decision_rule", OLD."handover_id", OLD."hides_until_closed", OLD."id", OLD."is_fictional", OLD."opened_at", OLD."opens_at", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proxies_per_holder", OLD."public_id", OLD."question", OLD."quorum_counts_proxies", OLD."quorum_percent", OLD."result", OLD."session_id", OLD."state", OLD."statement", OLD."title"); RETURN NULL;',
                            hash="f22d0ca8aa32c2dd2411d8b38ac1a608e014a84c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5cdb7",
                            table="governance_consultation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverEvent",
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
                        to="governance.handover",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("ordinary", "animation"), ("interim", "interim animation")],
                        default="ordinary",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("proposed", "proposed"),
                            ("accepted", "accepted"),
                            ("validated", "validated"),
                            ("scheduled", "scheduled"),
                            ("effective", "effective"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("is_historical", models.BooleanField(default=False, verbose_name="entered after the fact")),
                (
                    "outgoing",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.mandate",
                        verbose_name="mandate handed over",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="outgoing organisation",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="incoming organisation",
                    ),
                ),
                ("purpose", models.TextField(blank=True, max_length=2000, verbose_name="why this organisation")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="opened at"),
                ),
                (
                    "proposed_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="proposed on"),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="proposal recorded at"),
                ),
                ("accepted_body", models.CharField(blank=True, max_length=160, verbose_name="body that accepted")),
                (
                    "accepted_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="accepted on"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="acceptance recorded at"),
                ),
                (
                    "validation_mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consensus", "consensus recorded in the session"),
                            ("consultation", "consultation of the members"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                (
                    "validation_session",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sessions_app.session",
                        verbose_name="session",
                    ),
                ),
                ("validation_statement", models.TextField(blank=True, max_length=4000, verbose_name="what was said")),
                (
                    "validation_consultation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.consultation",
                        verbose_name="consultation",
                    ),
                ),
                (
                    "validated_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="validated on"),
                ),
                (
                    "validated_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="validation recorded at"),
                ),
                (
                    "effective_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="effective on"),
                ),
                (
                    "incoming",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.mandate",
                        verbose_name="new mandate",
                    ),
                ),
                (
                    "completed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="handing over recorded at"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at")),
                ("ended_reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="32e6d1e54c22ee8bf9f33ec741562c56f2814ab2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_597db",
                            table="governance_handoverevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Voter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="voters", to="governance.consultation"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots_due",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded at")),
                ("revision", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "organisation that has a voice",
                "verbose_name_plural": "organisations that have a voice",
                "ordering": ["organisation__name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("consultation", "organisation"), name="voter_once")],
            },
        ),
        migrations.CreateModel(
            name="Proxy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proxies_given",
                        to="governance.voter",
                        verbose_name="given by",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proxies_held",
                        to="governance.voter",
                        verbose_name="held by",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="given at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
            ],
            options={
                "verbose_name": "proxy",
                "verbose_name_plural": "proxies",
                "ordering": ["given_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("giver",),
                        name="proxy_one_at_a_time",
                        violation_error_message="Your organisation has already given a proxy; revoke it first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("holder")), _negated=True),
                        name="proxy_to_another",
                        violation_error_message="A proxy is given to another organisation.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_proxyevent" ("given_at", "given_by_id", "giver_id", "holder_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."given_at", NEW."given_by_id", NEW."giver_id", NEW."holder_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."revoked_at"); RETURN NULL;',
                            hash="fd12125229dc36497825c541492d8129e8496c97",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ef48d",
                            table="governance_proxy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "governance_proxyevent" ("given_at", "given_by_id", "giver_id", "holder_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."given_at", NEW."given_by_id", NEW."giver_id", NEW."holder_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."revoked_at"); RETURN NULL;',
                            hash="f05c3a4e70fbcb0875e4adca69337943b7810582",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fb898",
                            table="governance_proxy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_proxyevent" ("given_at", "given_by_id", "giver_id", "holder_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (OLD."given_at", OLD."given_by_id", OLD."giver_id", OLD."holder_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."revoked_at"); RETURN NULL;',
                            hash="1da341cfbc1c3d5e9fe6d84bb27cc794c063f611",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b7826",
                            table="governance_proxy",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProxyEvent",
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
                        to="governance.proxy",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "giver",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.voter",
                        verbose_name="given by",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.voter",
                        verbose_name="held by",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="given at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f2bcebb08a2d9c1da7ab71dc4c042f84bf0023ae",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e3765",
                            table="governance_proxyevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "voter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ballot", to="governance.voter"
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("consent", "consent"),
                            ("reservation", "reservation"),
                            ("objection", "objection"),
                            ("abstention", "abstention"),
                        ],
                        max_length=20,
                        verbose_name="position",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
                (
                    "proxy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="governance.proxy",
                    ),
                ),
                ("on_behalf", models.BooleanField(default=False, verbose_name="recorded by the animators")),
                ("given_at", models.DateTimeField(verbose_name="given at")),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "position",
                "verbose_name_plural": "positions",
                "ordering": ["voter__organisation__name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stance", "objection"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ballot_objection_with_reason",
                        violation_error_message="An objection says why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proxy__isnull", True), ("on_behalf", False), _connector="OR"),
                        name="ballot_by_proxy_or_on_behalf",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_ballotevent" ("by_id", "given_at", "id", "on_behalf", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proxy_id", "reason", "revision", "stance", "voter_id") VALUES (NEW."by_id", NEW."given_at", NEW."id", NEW."on_behalf", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proxy_id", NEW."reason", NEW."revision", NEW."stance", NEW."voter_id"); RETURN NULL;',
                            hash="35876bdc3116b75d269785ffd4267af171c40385",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d30d9",
                            table="governance_ballot",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "governance_ballotevent" ("by_id", "given_at", "id", "on_behalf", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proxy_id", "reason", "revision", "stance", "voter_id") VALUES (NEW."by_id", NEW."given_at", NEW."id", NEW."on_behalf", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proxy_id", NEW."reason", NEW."revision", NEW."stance", NEW."voter_id"); RETURN NULL;',
                            hash="7fd9ddbd2670a456796eb16d4ca4e9099b72f598",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e5a3b",
                            table="governance_ballot",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "governance_ballotevent" ("by_id", "given_at", "id", "on_behalf", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proxy_id", "reason", "revision", "stance", "voter_id") VALUES (OLD."by_id", OLD."given_at", OLD."id", OLD."on_behalf", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proxy_id", OLD."reason", OLD."revision", OLD."stance", OLD."voter_id"); RETURN NULL;',
                            hash="ae6b5578b7934b515bc846e14ea1d686c154e45a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a31c6",
                            table="governance_ballot",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BallotEvent",
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
                        to="governance.ballot",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "voter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.voter",
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("consent", "consent"),
                            ("reservation", "reservation"),
                            ("objection", "objection"),
                            ("abstention", "abstention"),
                        ],
                        max_length=20,
                        verbose_name="position",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
                (
                    "proxy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.proxy",
                    ),
                ),
                ("on_behalf", models.BooleanField(default=False, verbose_name="recorded by the animators")),
                ("given_at", models.DateTimeField(verbose_name="given at")),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9f32904c0d7c110c40cd5866934fee9f2b7835d8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1a686",
                            table="governance_ballotevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="governance.consultation",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "document of a consultation",
                "verbose_name_plural": "documents of consultations",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ConsultationEvent",
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
                        to="governance.consultation",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("question", models.TextField(max_length=2000, verbose_name="question")),
                (
                    "context",
                    models.TextField(blank=True, max_length=6000, verbose_name="what to know before answering"),
                ),
                ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
                (
                    "handover",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.handover",
                        verbose_name="handover",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Where the question is debated; animators may record the position of organisations present there.",
                        null=True,
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
                        choices=[
                            ("draft", "in preparation"),
                            ("open", "open"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "decision_rule",
                    models.CharField(
                        choices=[
                            ("consent", "adopted when at least one member consents and nobody objects"),
                            ("majority", "adopted when consents and reservations outnumber objections"),
                        ],
                        default="consent",
                        max_length=20,
                        verbose_name="decision rule",
                    ),
                ),
                (
                    "quorum_percent",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="quorum, in % of the organisations that have a voice",
                    ),
                ),
                (
                    "quorum_counts_proxies",
                    models.BooleanField(default=True, verbose_name="voices given by a proxy count for the quorum"),
                ),
                (
                    "proxies_per_holder",
                    models.PositiveSmallIntegerField(default=2, verbose_name="proxies one organisation may hold"),
                ),
                (
                    "hides_until_closed",
                    models.BooleanField(
                        default=True, verbose_name="positions stay hidden until the consultation closes"
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens at")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes at")),
                (
                    "created_by",
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
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="prepared at"),
                ),
                ("opened_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="opened at")),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at")),
                ("cancelled_reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "adopted"),
                            ("adopted_with_reservations", "adopted with reservations"),
                            ("rejected", "not adopted"),
                            ("no_quorum", "quorum not reached"),
                        ],
                        editable=False,
                        max_length=30,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "result",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="result",
                    ),
                ),
                ("statement", models.TextField(blank=True, max_length=4000, verbose_name="what follows from it")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c693028f638dc8035d7a7243defd88c71478b0d5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c085a",
                            table="governance_consultationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="handover",
            name="validation_consultation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handovers_validated",
                to="governance.consultation",
                verbose_name="consultation",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("state__in", ("validated", "scheduled", "effective")), _negated=True),
                        models.Q(
                            ("validated_at__isnull", False),
                            models.Q(
                                models.Q(
                                    ("validation_consultation__isnull", False), ("validation_mode", "consultation")
                                ),
                                models.Q(
                                    ("kind", "ordinary"),
                                    ("validation_mode", "consensus"),
                                    models.Q(("validation_statement", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(("kind", "interim"), ("validation_session__isnull", False), _connector="OR"),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("state__in", ("draft", "proposed", "accepted")), _negated=True),
                        ("validated_at__isnull", True),
                        _connector="OR",
                    ),
                ),
                name="handover_validated_evidence",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "governance_handoverevent" ("accepted_at", "accepted_body", "accepted_on", "completed_at", "created_at", "effective_on", "ended_at", "ended_reason", "holder_id", "id", "incoming_id", "is_historical", "kind", "outgoing_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_on", "public_id", "purpose", "receiver_id", "state", "validated_at", "validated_on", "validation_consultation_id", "validation_mode", "validation_session_id", "validation_statement") VALUES (NEW."accepted_at", NEW."accepted_body", NEW."accepted_on", NEW."completed_at", NEW."created_at", NEW."effective_on", NEW."ended_at", NEW."ended_reason", NEW."holder_id", NEW."id", NEW."incoming_id", NEW."is_historical", NEW."kind", NEW."outgoing_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_on", NEW."public_id", NEW."purpose", NEW."receiver_id", NEW."state", NEW."validated_at", NEW."validated_on", NEW."validation_consultation_id", NEW."validation_mode", NEW."validation_session_id", NEW."validation_statement"); RETURN NULL;',
                    hash="d13b9cd98477deeda51d55cea56ac764d7d57070",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8a35c",
                    table="governance_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "governance_handoverevent" ("accepted_at", "accepted_body", "accepted_on", "completed_at", "created_at", "effective_on", "ended_at", "ended_reason", "holder_id", "id", "incoming_id", "is_historical", "kind", "outgoing_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_on", "public_id", "purpose", "receiver_id", "state", "validated_at", "validated_on", "validation_consultation_id", "validation_mode", "validation_session_id", "validation_statement") VALUES (NEW."accepted_at", NEW."accepted_body", NEW."accepted_on", NEW."completed_at", NEW."created_at", NEW."effective_on", NEW."ended_at", NEW."ended_reason", NEW."holder_id", NEW."id", NEW."incoming_id", NEW."is_historical", NEW."kind", NEW."outgoing_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_on", NEW."public_id", NEW."purpose", NEW."receiver_id", NEW."state", NEW."validated_at", NEW."validated_on", NEW."validation_consultation_id", NEW."validation_mode", NEW."validation_session_id", NEW."validation_statement"); RETURN NULL;',
                    hash="7299d671a39648eb30c8c4ce0d3e65f93c35f96e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_784a5",
                    table="governance_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "governance_handoverevent" ("accepted_at", "accepted_body", "accepted_on", "completed_at", "created_at", "effective_on", "ended_at", "ended_reason", "holder_id", "id", "incoming_id", "is_historical", "kind", "outgoing_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_on", "public_id", "purpose", "receiver_id", "state", "validated_at", "validated_on", "validation_consultation_id", "validation_mode", "validation_session_id", "validation_statement") VALUES (OLD."accepted_at", OLD."accepted_body", OLD."accepted_on", OLD."completed_at", OLD."created_at", OLD."effective_on", OLD."ended_at", OLD."ended_reason", OLD."holder_id", OLD."id", OLD."incoming_id", OLD."is_historical", OLD."kind", OLD."outgoing_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_on", OLD."public_id", OLD."purpose", OLD."receiver_id", OLD."state", OLD."validated_at", OLD."validated_on", OLD."validation_consultation_id", OLD."validation_mode", OLD."validation_session_id", OLD."validation_statement"); RETURN NULL;',
                    hash="69c8f2f481bc57b6ace768217e72573558c89179",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fc11e",
                    table="governance_handover",
                    when="AFTER",
                ),
            ),
        ),
    ]
