import core.identifiers
import core.partial_dates.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import uuid
from decimal import Decimal
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
            name="FundingRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(default=0, verbose_name="number")),
            ],
            options={
                "verbose_name": "pulse of the fundings",
                "verbose_name_plural": "pulse of the fundings",
            },
        ),
        migrations.CreateModel(
            name="Funder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funder",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "siret",
                    models.CharField(
                        blank=True, max_length=14, validators=[core.identifiers.check_siret], verbose_name="SIRET"
                    ),
                ),
                (
                    "fiscal_month",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="first month of the financial year",
                    ),
                ),
                (
                    "amounts_for",
                    models.CharField(
                        choices=[
                            ("funder", "the funder alone"),
                            ("members", "members of the space"),
                            ("public", "everybody (open data)"),
                        ],
                        default="members",
                        max_length=10,
                        verbose_name="who may see the amounts of new fundings",
                    ),
                ),
            ],
            options={
                "verbose_name": "funder",
                "verbose_name_plural": "funders",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fiscal_month__range", (1, 12))), name="funder_fiscal_month"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_funderevent" ("amounts_for", "fiscal_month", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "siret") VALUES (NEW."amounts_for", NEW."fiscal_month", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."siret"); RETURN NULL;',
                            hash="b0f557f10251c767f11a3975d087a7c68eb6e2fb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d344b",
                            table="funding_funder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_funderevent" ("amounts_for", "fiscal_month", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "siret") VALUES (NEW."amounts_for", NEW."fiscal_month", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."siret"); RETURN NULL;',
                            hash="709889469936ec1a24e9ead38100e3bc00acaac5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_61acc",
                            table="funding_funder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_funderevent" ("amounts_for", "fiscal_month", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "siret") VALUES (OLD."amounts_for", OLD."fiscal_month", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."siret"); RETURN NULL;',
                            hash="e25fe678f0b909ded65bff8d47bda16c8a9bc9b5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_35edc",
                            table="funding_funder",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FunderEvent",
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
                        to="funding.funder",
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
                (
                    "siret",
                    models.CharField(
                        blank=True, max_length=14, validators=[core.identifiers.check_siret], verbose_name="SIRET"
                    ),
                ),
                (
                    "fiscal_month",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="first month of the financial year",
                    ),
                ),
                (
                    "amounts_for",
                    models.CharField(
                        choices=[
                            ("funder", "the funder alone"),
                            ("members", "members of the space"),
                            ("public", "everybody (open data)"),
                        ],
                        default="members",
                        max_length=10,
                        verbose_name="who may see the amounts of new fundings",
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
                            hash="82c1eb5c1be548647b31da1eb17bf76825786244",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e7790",
                            table="funding_funderevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("tableau-de-bord", "dashboard of fundings"),
                            ("financements", "fundings, one by one"),
                            ("initiatives", "initiatives"),
                            ("mes-financements", "my fundings"),
                        ],
                        max_length=20,
                        verbose_name="page",
                    ),
                ),
                ("query", models.CharField(blank=True, max_length=1000, verbose_name="filter")),
                ("format", models.CharField(max_length=20, verbose_name="format")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked for at")),
            ],
            options={
                "verbose_name": "file of a list",
                "verbose_name_plural": "files of lists",
                "indexes": [models.Index(fields=["by", "-asked_at"], name="list_file_by")],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=160, unique=True, verbose_name="name")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_programmes",
                        to="members.organisation",
                        verbose_name="led by",
                    ),
                ),
                ("starts_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="funding.programme",
                        verbose_name="follows",
                    ),
                ),
                (
                    "foundations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="works it rests on",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme",
                "verbose_name_plural": "programmes",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            models.Q(("ends_on__fully_lt", models.F("starts_on")), _negated=True),
                            _connector="OR",
                        ),
                        name="programme_dates_in_order",
                        violation_error_message="A programme ends after it starts.",
                    ),
                    models.UniqueConstraint(
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
                        name="programme_name_once",
                        violation_error_message="A programme already bears this name.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_programmeevent" ("description", "ends_on", "follows_id", "foundations", "id", "lead_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "slug", "starts_on", "summary") VALUES (NEW."description", NEW."ends_on", NEW."follows_id", NEW."foundations", NEW."id", NEW."lead_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."slug", NEW."starts_on", NEW."summary"); RETURN NULL;',
                            hash="f53468138f1db354688743832b0a3812de552c83",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3c927",
                            table="funding_programme",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_programmeevent" ("description", "ends_on", "follows_id", "foundations", "id", "lead_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "slug", "starts_on", "summary") VALUES (NEW."description", NEW."ends_on", NEW."follows_id", NEW."foundations", NEW."id", NEW."lead_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."slug", NEW."starts_on", NEW."summary"); RETURN NULL;',
                            hash="4313a98b6fa1d28c480b89a44847e8f649a909d5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_63414",
                            table="funding_programme",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_programmeevent" ("description", "ends_on", "follows_id", "foundations", "id", "lead_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "slug", "starts_on", "summary") VALUES (OLD."description", OLD."ends_on", OLD."follows_id", OLD."foundations", OLD."id", OLD."lead_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."slug", OLD."starts_on", OLD."summary"); RETURN NULL;',
                            hash="fdfac7407a603028cf6d12a5e70cfb5c4b71afa1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9d7e2",
                            table="funding_programme",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "reference",
                    models.CharField(
                        error_messages={"unique": "An initiative already bears this reference."},
                        max_length=40,
                        unique=True,
                        verbose_name="reference",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="address")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "bearer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initiatives",
                        to="members.organisation",
                        verbose_name="bearing organisation",
                    ),
                ),
                (
                    "bearer_name",
                    models.CharField(blank=True, max_length=160, verbose_name="bearer outside the directory"),
                ),
                (
                    "bearer_siren",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        validators=[core.identifiers.check_siren],
                        verbose_name="SIREN of the bearer",
                    ),
                ),
                (
                    "bearer_siret",
                    models.CharField(
                        blank=True,
                        max_length=14,
                        validators=[core.identifiers.check_siret],
                        verbose_name="SIRET of the bearer",
                    ),
                ),
                (
                    "bearer_rna",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[core.identifiers.check_rna],
                        verbose_name="RNA number of the bearer",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place of action")),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="regions of action",
                    ),
                ),
                ("is_national", models.BooleanField(default=False, verbose_name="acts in the whole country")),
                (
                    "sdgs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "No poverty"),
                                (2, "Zero hunger"),
                                (3, "Good health and well-being"),
                                (4, "Quality education"),
                                (5, "Gender equality"),
                                (6, "Clean water and sanitation"),
                                (7, "Affordable and clean energy"),
                                (8, "Decent work and economic growth"),
                                (9, "Industry, innovation and infrastructure"),
                                (10, "Reduced inequalities"),
                                (11, "Sustainable cities and communities"),
                                (12, "Responsible consumption and production"),
                                (13, "Climate action"),
                                (14, "Life below water"),
                                (15, "Life on land"),
                                (16, "Peace, justice and strong institutions"),
                                (17, "Partnerships for the goals"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Sustainable Development Goals",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initiatives",
                        to="funding.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("spotted", "spotted"),
                            ("reviewed", "reviewed"),
                            ("funded", "funded"),
                            ("running", "under way"),
                            ("completed", "completed"),
                            ("capitalised", "lessons drawn"),
                            ("dropped", "dropped"),
                        ],
                        default="spotted",
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                ("starts_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_initiatives",
                        to="members.organisation",
                        verbose_name="kept by",
                    ),
                ),
                (
                    "draft_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="draft of",
                    ),
                ),
                ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
                ("created_at", models.DateTimeField(verbose_name="entered at")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version of the row")),
                (
                    "region_group",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(is_national=True, then=models.Value("FR")),
                            models.When(regions__len=0, then=models.Value("")),
                            models.When(regions__len=1, then=models.F("regions__0")),
                            default=models.Value("several"),
                        ),
                        output_field=models.CharField(max_length=8),
                    ),
                ),
                (
                    "main_sdg",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.F("sdgs__0"),
                        output_field=models.PositiveSmallIntegerField(null=True),
                    ),
                ),
                (
                    "bearer_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(bearer__isnull=False, then=models.Value("")),
                            models.When(models.Q(("bearer_siren", ""), _negated=True), then=models.F("bearer_siren")),
                            models.When(models.Q(("bearer_rna", ""), _negated=True), then=models.F("bearer_rna")),
                            default=django.db.models.functions.text.Substr(
                                django.db.models.functions.text.MD5(
                                    django.db.models.functions.text.Trim(
                                        models.Func(
                                            django.db.models.functions.text.Replace(
                                                django.db.models.functions.text.Replace(
                                                    django.db.models.functions.text.Lower(
                                                        models.Func(
                                                            models.Func(
                                                                models.Func(
                                                                    models.F("bearer_name"),
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
                                    )
                                ),
                                1,
                                16,
                            ),
                        ),
                        output_field=models.CharField(max_length=16),
                    ),
                ),
                (
                    "competences",
                    models.ManyToManyField(
                        blank=True,
                        related_name="initiatives",
                        to="members.competence",
                        verbose_name="competences it looks for",
                    ),
                ),
                (
                    "schemes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="initiatives",
                        to="members.engineeringscheme",
                        verbose_name="supporting schemes",
                    ),
                ),
                (
                    "sessions",
                    models.ManyToManyField(
                        blank=True,
                        related_name="initiatives",
                        to="sessions_app.session",
                        verbose_name="sessions that discussed it",
                    ),
                ),
            ],
            options={
                "verbose_name": "initiative",
                "verbose_name_plural": "initiatives",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["regions"], name="initiative_regions"),
                    django.contrib.postgres.indexes.GinIndex(fields=["sdgs"], name="initiative_sdgs"),
                    models.Index(fields=["stage"], name="initiative_stage"),
                    models.Index(
                        condition=models.Q(("bearer__isnull", True)),
                        fields=["bearer_key"],
                        name="initiative_bearer_key",
                    ),
                    models.Index(fields=["title"], name="initiative_title"),
                    models.Index(fields=["-changed_at"], name="initiative_changed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bearer__isnull", False), ("bearer_name", "")),
                            models.Q(("bearer__isnull", True), models.Q(("bearer_name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="initiative_one_bearer",
                        violation_error_message="Choose an organisation of the directory or name the bearer: one of the two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("draft_of__isnull", True), ("draft_of", models.F("prepared_by")), _connector="OR"
                        ),
                        name="initiative_draft_of_its_keeper",
                        violation_error_message="A draft belongs to the funder who keeps it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_national", False), ("regions__len", 0), _connector="OR"),
                        name="initiative_national_or_regions",
                        violation_error_message="The whole country or some regions: one of the two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            models.Q(("ends_on__fully_lt", models.F("starts_on")), _negated=True),
                            _connector="OR",
                        ),
                        name="initiative_dates_in_order",
                        violation_error_message="An initiative ends after it starts.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_initiativeevent" ("bearer_id", "bearer_name", "bearer_rna", "bearer_siren", "bearer_siret", "changed_at", "created_at", "description", "draft_of_id", "ends_on", "id", "is_fictional", "is_national", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prepared_by_id", "programme_id", "public_id", "reference", "regions", "sdgs", "slug", "stage", "starts_on", "summary", "title", "version") VALUES (NEW."bearer_id", NEW."bearer_name", NEW."bearer_rna", NEW."bearer_siren", NEW."bearer_siret", NEW."changed_at", NEW."created_at", NEW."description", NEW."draft_of_id", NEW."ends_on", NEW."id", NEW."is_fictional", NEW."is_national", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."prepared_by_id", NEW."programme_id", NEW."public_id", NEW."reference", NEW."regions", NEW."sdgs", NEW."slug", NEW."stage", NEW."starts_on", NEW."summary", NEW."title", NEW."version"); RETURN NULL;',
                            hash="affd3c3397f565b35374a6b2385bb29eac7305e4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b1318",
                            table="funding_initiative",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_initiativeevent" ("bearer_id", "bearer_name", "bearer_rna", "bearer_siren", "bearer_siret", "changed_at", "created_at", "description", "draft_of_id", "ends_on", "id", "is_fictional", "is_national", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prepared_by_id", "programme_id", "public_id", "reference", "regions", "sdgs", "slug", "stage", "starts_on", "summary", "title", "version") VALUES (NEW."bearer_id", NEW."bearer_name", NEW."bearer_rna", NEW."bearer_siren", NEW."bearer_siret", NEW."changed_at", NEW."created_at", NEW."description", NEW."draft_of_id", NEW."ends_on", NEW."id", NEW."is_fictional", NEW."is_national", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."prepared_by_id", NEW."programme_id", NEW."public_id", NEW."reference", NEW."regions", NEW."sdgs", NEW."slug", NEW."stage", NEW."starts_on", NEW."summary", NEW."title", NEW."version"); RETURN NULL;',
                            hash="c4a51c21b4131a3e0620a039bef1170873c03fab",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_97122",
                            table="funding_initiative",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_initiativeevent" ("bearer_id", "bearer_name", "bearer_rna", "bearer_siren", "bearer_siret", "changed_at", "created_at", "description", "draft_of_id", "ends_on", "id", "is_fictional", "is_national", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "prepared_by_id", "programme_id", "public_id", "reference", "regions", "sdgs", "slug", "stage", "starts_on", "summary", "title", "version") VALUES (OLD."bearer_id", OLD."bearer_name", OLD."bearer_rna", OLD."bearer_siren", OLD."bearer_siret", OLD."changed_at", OLD."created_at", OLD."description", OLD."draft_of_id", OLD."ends_on", OLD."id", OLD."is_fictional", OLD."is_national", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."prepared_by_id", OLD."programme_id", OLD."public_id", OLD."reference", OLD."regions", OLD."sdgs", OLD."slug", OLD."stage", OLD."starts_on", OLD."summary", OLD."title", OLD."version"); RETURN NULL;',
                            hash="7f6745aadef00e439ccb8a90a3e5b7056633f936",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b9cbe",
                            table="funding_initiative",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding_lines",
                        to="members.organisation",
                        verbose_name="funder",
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="reference")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grant", "grant"),
                            ("loan", "loan"),
                            ("advance", "recoverable advance"),
                            ("contribution", "contribution with right of recovery"),
                            ("patronage", "financial patronage"),
                            ("skills", "skills patronage"),
                            ("in_kind", "patronage in kind"),
                            ("other", "other"),
                        ],
                        default="grant",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("requested", "requested"),
                            ("refused", "refused"),
                            ("agreed", "agreed"),
                            ("contracted", "under contract"),
                            ("settled", "settled"),
                            ("cancelled", "cancelled"),
                        ],
                        default="requested",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("funder", "the funder alone"),
                            ("members", "members of the space"),
                            ("public", "everybody (open data)"),
                        ],
                        default="members",
                        max_length=10,
                        verbose_name="who may see the amount",
                    ),
                ),
                (
                    "amount_requested",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount requested",
                    ),
                ),
                ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested on")),
                (
                    "amount_agreed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount agreed",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("decided_by", models.CharField(blank=True, max_length=160, verbose_name="deciding body")),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=256, verbose_name="reference of the decision"),
                ),
                ("contract_number", models.CharField(blank=True, max_length=80, verbose_name="contract number")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="settled or cancelled on")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason (refusal, cancellation)")),
                ("purpose", models.CharField(blank=True, max_length=256, verbose_name="purpose")),
                (
                    "eu_notified",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="de minimis aid notified to the European Commission"
                    ),
                ),
                (
                    "decided_year",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.datetime.ExtractYear("decided_on"),
                        output_field=models.PositiveSmallIntegerField(null=True, verbose_name="year of decision"),
                        verbose_name="year of decision",
                    ),
                ),
                (
                    "amount_amended",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        editable=False,
                        max_digits=14,
                        verbose_name="sum of the amendments",
                    ),
                ),
                (
                    "amount_paid",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), editable=False, max_digits=14, verbose_name="sum paid"
                    ),
                ),
                (
                    "amount_returned",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        editable=False,
                        max_digits=14,
                        verbose_name="sum paid back",
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version of the row")),
            ],
            options={
                "verbose_name": "funding line",
                "verbose_name_plural": "funding lines",
                "ordering": ["initiative", "-decided_on", "pk"],
                "indexes": [
                    models.Index(fields=["funder", "state"], name="line_funder_state"),
                    models.Index(fields=["decided_on"], name="line_decided"),
                    models.Index(fields=["signed_on"], name="line_signed"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper(
                                models.Func(
                                    models.F("reference"),
                                    models.F("contract_number"),
                                    models.F("decision_reference"),
                                    arg_joiner=" || E'\\n' || ",
                                    template="(%(expressions)s)",
                                )
                            ),
                            "gin_trgm_ops",
                        ),
                        name="line_called",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("funder", "reference"),
                        name="line_reference_once",
                        violation_error_message="This funder already has a funding of this reference.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_requested__isnull", True), ("amount_requested__gt", 0), _connector="OR"),
                            models.Q(("amount_agreed__isnull", True), ("amount_agreed__gt", 0), _connector="OR"),
                        ),
                        name="line_amounts_positive",
                        violation_error_message="An amount is more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("agreed", "contracted", "settled")), _negated=True),
                            models.Q(("amount_agreed__isnull", False), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="line_granted_has_decision",
                        violation_error_message="A funding that was agreed has an amount and a date of decision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "contracted"), _negated=True),
                            ("signed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="line_contract_is_signed",
                        violation_error_message="A funding under contract has a date of signature.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("refused", "cancelled")), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="line_refusal_has_reason",
                        violation_error_message="A refusal or a cancellation says why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state__in", ("settled", "cancelled"))),
                            models.Q(
                                models.Q(("state__in", ("settled", "cancelled")), _negated=True),
                                ("closed_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="line_closed_has_date",
                        violation_error_message="A settled or cancelled funding, and no other, has a closing date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", True),
                            ("requested_on__isnull", True),
                            ("decided_on__gte", models.F("requested_on")),
                            _connector="OR",
                        ),
                        name="line_decided_after_request",
                        violation_error_message="The decision does not come before the request.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_on__isnull", True),
                            models.Q(("decided_on__isnull", False), ("signed_on__gte", models.F("decided_on"))),
                            _connector="OR",
                        ),
                        name="line_signed_after_decision",
                        violation_error_message="The signature does not come before the decision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True),
                            models.Q(("expires_on__gte", models.F("signed_on")), ("signed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="line_expires_after_signature",
                        violation_error_message="The contract expires after its signature.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            models.Q(
                                models.Q(
                                    ("requested_on__isnull", True),
                                    ("closed_on__gte", models.F("requested_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("decided_on__isnull", True),
                                    ("closed_on__gte", models.F("decided_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("signed_on__isnull", True),
                                    ("closed_on__gte", models.F("signed_on")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="line_closed_last",
                        violation_error_message="A funding is not closed before it is requested, decided or signed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_agreed__isnull", True), ("amount_paid", 0)),
                            models.Q(
                                ("amount_agreed__isnull", False),
                                (
                                    "amount_paid__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("amount_agreed"), "+", models.F("amount_amended")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="line_paid_at_most_agreed",
                        violation_error_message="More would be paid than was agreed, amendments included.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_returned__lte", models.F("amount_paid"))),
                        name="line_returned_at_most_paid",
                        violation_error_message="No more can be paid back than was paid.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("agreed", "contracted", "settled")),
                            ("amount_paid", models.F("amount_returned")),
                            _connector="OR",
                        ),
                        name="line_paid_only_if_granted",
                        violation_error_message="Part of this funding was paid: settle it, or first record that it was paid back.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_fundinglineevent" ("amount_agreed", "amount_amended", "amount_paid", "amount_requested", "amount_returned", "audience", "changed_at", "closed_on", "contract_number", "decided_by", "decided_on", "decision_reference", "eu_notified", "expires_on", "funder_id", "id", "initiative_id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "reason", "reference", "requested_on", "signed_on", "state", "version") VALUES (NEW."amount_agreed", NEW."amount_amended", NEW."amount_paid", NEW."amount_requested", NEW."amount_returned", NEW."audience", NEW."changed_at", NEW."closed_on", NEW."contract_number", NEW."decided_by", NEW."decided_on", NEW."decision_reference", NEW."eu_notified", NEW."expires_on", NEW."funder_id", NEW."id", NEW."initiative_id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."purpose", NEW."reason", NEW."reference", NEW."requested_on", NEW."signed_on", NEW."state", NEW."version"); RETURN NULL;',
                            hash="8d950259215982bfcb0cd4a5dc5f0525b5c67f21",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f3ee5",
                            table="funding_fundingline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_fundinglineevent" ("amount_agreed", "amount_amended", "amount_paid", "amount_requested", "amount_returned", "audience", "changed_at", "closed_on", "contract_number", "decided_by", "decided_on", "decision_reference", "eu_notified", "expires_on", "funder_id", "id", "initiative_id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "reason", "reference", "requested_on", "signed_on", "state", "version") VALUES (NEW."amount_agreed", NEW."amount_amended", NEW."amount_paid", NEW."amount_requested", NEW."amount_returned", NEW."audience", NEW."changed_at", NEW."closed_on", NEW."contract_number", NEW."decided_by", NEW."decided_on", NEW."decision_reference", NEW."eu_notified", NEW."expires_on", NEW."funder_id", NEW."id", NEW."initiative_id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."purpose", NEW."reason", NEW."reference", NEW."requested_on", NEW."signed_on", NEW."state", NEW."version"); RETURN NULL;',
                            hash="220649824adae61cd4f018c81823c773c3ed4fff",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_75452",
                            table="funding_fundingline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_fundinglineevent" ("amount_agreed", "amount_amended", "amount_paid", "amount_requested", "amount_returned", "audience", "changed_at", "closed_on", "contract_number", "decided_by", "decided_on", "decision_reference", "eu_notified", "expires_on", "funder_id", "id", "initiative_id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "reason", "reference", "requested_on", "signed_on", "state", "version") VALUES (OLD."amount_agreed", OLD."amount_amended", OLD."amount_paid", OLD."amount_requested", OLD."amount_returned", OLD."audience", OLD."changed_at", OLD."closed_on", OLD."contract_number", OLD."decided_by", OLD."decided_on", OLD."decision_reference", OLD."eu_notified", OLD."expires_on", OLD."funder_id", OLD."id", OLD."initiative_id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."purpose", OLD."reason", OLD."reference", OLD."requested_on", OLD."signed_on", OLD."state", OLD."version"); RETURN NULL;',
                            hash="cc12a32f2475b4c636a0303f7ce225a965c828a6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0b7c6",
                            table="funding_fundingline",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendments",
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="signed on")),
                (
                    "change",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        verbose_name="change of the amount (negative to lower it)",
                    ),
                ),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="new expiry")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
            ],
            options={
                "verbose_name": "amendment",
                "verbose_name_plural": "amendments",
                "ordering": ["line", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "number"),
                        name="amendment_number_once",
                        violation_error_message="This funding already has an amendment of this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("change", 0), _negated=True), ("expires_on__isnull", False), _connector="OR"
                        ),
                        name="amendment_changes_something",
                        violation_error_message="An amendment changes the amount or the expiry.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True), ("expires_on__gte", models.F("signed_on")), _connector="OR"
                        ),
                        name="amendment_expires_after_signature",
                        violation_error_message="The new expiry does not come before the signature of the amendment.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_amendmentevent" ("change", "expires_on", "id", "line_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "signed_on") VALUES (NEW."change", NEW."expires_on", NEW."id", NEW."line_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."signed_on"); RETURN NULL;',
                            hash="1c25100d679a0095f647286bdf40c2b3d82c0577",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f5b8b",
                            table="funding_amendment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_amendmentevent" ("change", "expires_on", "id", "line_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "signed_on") VALUES (NEW."change", NEW."expires_on", NEW."id", NEW."line_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."signed_on"); RETURN NULL;',
                            hash="d9e784f0b1b7d9aa2232071dc1abc117c7708031",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cd983",
                            table="funding_amendment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_amendmentevent" ("change", "expires_on", "id", "line_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "signed_on") VALUES (OLD."change", OLD."expires_on", OLD."id", OLD."line_id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."signed_on"); RETURN NULL;',
                            hash="275e5827f88cab574fca0e2b04acb62918e81c79",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_763e3",
                            table="funding_amendment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="place")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="value aimed at",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["initiative", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("initiative", "name"),
                        name="indicator_name_once",
                        violation_error_message="This initiative already has an indicator of this name.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_indicatorevent" ("id", "initiative_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "target", "unit") VALUES (NEW."id", NEW."initiative_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."target", NEW."unit"); RETURN NULL;',
                            hash="69033ffbf9fa751b4928efff898a21f6818f1f2c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5592f",
                            table="funding_indicator",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_indicatorevent" ("id", "initiative_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "target", "unit") VALUES (NEW."id", NEW."initiative_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."target", NEW."unit"); RETURN NULL;',
                            hash="d5a94fe9bac424eaa60baaeef69ca9a4cb01b59a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e3b67",
                            table="funding_indicator",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_indicatorevent" ("id", "initiative_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "target", "unit") VALUES (OLD."id", OLD."initiative_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."target", OLD."unit"); RETURN NULL;',
                            hash="33688d273f92e20dd60a480f508ba78705535734",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a7638",
                            table="funding_indicator",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BearerContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="borne_initiatives",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="named at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
            ],
            options={
                "verbose_name": "contact of a bearer",
                "verbose_name_plural": "contacts of bearers",
                "ordering": ["initiative", "added_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("initiative", "user"),
                        name="bearer_contact_once",
                        violation_error_message="This person is asked for news of this initiative already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_bearercontactevent" ("added_at", "ended_at", "id", "initiative_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "user_id") VALUES (NEW."added_at", NEW."ended_at", NEW."id", NEW."initiative_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."user_id"); RETURN NULL;',
                            hash="f49a1b5c0cbc7379513f5f6df7466244aac89409",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d0156",
                            table="funding_bearercontact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_bearercontactevent" ("added_at", "ended_at", "id", "initiative_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "user_id") VALUES (NEW."added_at", NEW."ended_at", NEW."id", NEW."initiative_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."user_id"); RETURN NULL;',
                            hash="d9f3a4f532a6a0af407feb31e3b12e2012e611e1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fe358",
                            table="funding_bearercontact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_bearercontactevent" ("added_at", "ended_at", "id", "initiative_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "user_id") VALUES (OLD."added_at", OLD."ended_at", OLD."id", OLD."initiative_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."user_id"); RETURN NULL;',
                            hash="a1477d9f43d75a93e457fc930e18a4b3b52f884a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_36cb6",
                            table="funding_bearercontact",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="funding.programme",
                        verbose_name="programme",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="place")),
                ("text", models.CharField(max_length=300, verbose_name="commitment")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("territories", "territories"),
                            ("initiatives", "initiatives"),
                            ("lines", "fundings"),
                            ("euros", "euros"),
                        ],
                        max_length=12,
                        verbose_name="what is counted",
                    ),
                ),
                (
                    "target",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="target (metropolitan, or in all)",
                    ),
                ),
                (
                    "target_overseas",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="overseas target",
                    ),
                ),
                ("approximate", models.CharField(blank=True, max_length=60, verbose_name="count given in words")),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="named territories",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount",
                    ),
                ),
                ("due", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="due")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="members.organisation", verbose_name="partners"
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": ["programme", "position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approximate", ""),
                            models.Q(("target__isnull", True), ("target_overseas__isnull", True)),
                            _connector="OR",
                        ),
                        name="commitment_words_or_number",
                        violation_error_message="A count given in words does not become an exact number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target_overseas__isnull", True), ("unit", "territories"), _connector="OR"),
                        name="commitment_overseas_counts_territories",
                        violation_error_message="Only territories can be overseas.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_commitmentevent" ("amount", "approximate", "due", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "public_id", "regions", "target", "target_overseas", "text", "unit") VALUES (NEW."amount", NEW."approximate", NEW."due", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."programme_id", NEW."public_id", NEW."regions", NEW."target", NEW."target_overseas", NEW."text", NEW."unit"); RETURN NULL;',
                            hash="2cceff1d5fe14531efcc200eed34afb89821c0c5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_637cb",
                            table="funding_commitment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_commitmentevent" ("amount", "approximate", "due", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "public_id", "regions", "target", "target_overseas", "text", "unit") VALUES (NEW."amount", NEW."approximate", NEW."due", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."programme_id", NEW."public_id", NEW."regions", NEW."target", NEW."target_overseas", NEW."text", NEW."unit"); RETURN NULL;',
                            hash="a06f75b0f0114d0a53570e33b77bdbfbdbe2ddba",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f0b07",
                            table="funding_commitment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_commitmentevent" ("amount", "approximate", "due", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "programme_id", "public_id", "regions", "target", "target_overseas", "text", "unit") VALUES (OLD."amount", OLD."approximate", OLD."due", OLD."id", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."programme_id", OLD."public_id", OLD."regions", OLD."target", OLD."target_overseas", OLD."text", OLD."unit"); RETURN NULL;',
                            hash="defd3b5d661546ea515ea1f413c168566703f0d0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ec0ef",
                            table="funding_commitment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FinancialReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="expected on")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
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
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "financial report",
                "verbose_name_plural": "financial reports",
                "ordering": ["line", "due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("received_on__isnull", True)), fields=["due_on"], name="report_awaited"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_financialreportevent" ("due_on", "file_id", "id", "line_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "received_on") VALUES (NEW."due_on", NEW."file_id", NEW."id", NEW."line_id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."received_on"); RETURN NULL;',
                            hash="773f011ff2da938f4b513865d5c2e14cc13502ab",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_87ca7",
                            table="funding_financialreport",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_financialreportevent" ("due_on", "file_id", "id", "line_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "received_on") VALUES (NEW."due_on", NEW."file_id", NEW."id", NEW."line_id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."received_on"); RETURN NULL;',
                            hash="7cd62943a58ac8e6907f6ebbc3591b2ac30c0020",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8c78e",
                            table="funding_financialreport",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_financialreportevent" ("due_on", "file_id", "id", "line_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "received_on") VALUES (OLD."due_on", OLD."file_id", OLD."id", OLD."line_id", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."received_on"); RETURN NULL;',
                            hash="94266c044c45678f68587ad38d880ddd144b117b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_662c1",
                            table="funding_financialreport",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingLineFact",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="counted",
                        serialize=False,
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="funder",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="funding.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "draft_of",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="draft of",
                    ),
                ),
                (
                    "amount_agreed",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        editable=False,
                        max_digits=14,
                        verbose_name="amount agreed",
                    ),
                ),
                (
                    "amount_amended",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        editable=False,
                        max_digits=14,
                        verbose_name="sum of the amendments",
                    ),
                ),
                (
                    "amount_paid",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), editable=False, max_digits=14, verbose_name="sum paid"
                    ),
                ),
                (
                    "amount_returned",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        editable=False,
                        max_digits=14,
                        verbose_name="sum paid back",
                    ),
                ),
                ("decided_year", models.SmallIntegerField(verbose_name="year of decision")),
                ("main_sdg", models.SmallIntegerField(null=True, verbose_name="main SDG")),
                ("region_group", models.CharField(max_length=8, verbose_name="region")),
                ("stage", models.CharField(max_length=12, verbose_name="stage")),
                ("state", models.CharField(max_length=12, verbose_name="state")),
                ("signed_on", models.DateField(null=True, verbose_name="signed on")),
                ("audience", models.CharField(max_length=10, verbose_name="who may see the amount")),
            ],
            options={
                "verbose_name": "counted funding",
                "verbose_name_plural": "counted fundings",
            },
        ),
        migrations.CreateModel(
            name="FinancialReportEvent",
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
                        to="funding.financialreport",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="expected on")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
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
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1bbad999033e5d303779359e43307450a1d7c51c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f05b5",
                            table="funding_financialreportevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AmendmentEvent",
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
                        to="funding.amendment",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="signed on")),
                (
                    "change",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=12,
                        verbose_name="change of the amount (negative to lower it)",
                    ),
                ),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="new expiry")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4a0e4013f0f0a83b33ca9a2b3bbdc88ffaa18a43",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f062b",
                            table="funding_amendmentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativeSearchIndex",
            fields=[
                (
                    "initiative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="found_by",
                        serialize=False,
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "funders",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None, verbose_name="funders"
                    ),
                ),
                (
                    "years",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None, verbose_name="years of decision"
                    ),
                ),
                ("words", models.TextField(verbose_name="words")),
            ],
            options={
                "verbose_name": "what an initiative is found by",
                "verbose_name_plural": "what initiatives are found by",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["funders"], name="found_by_funders"),
                    django.contrib.postgres.indexes.GinIndex(fields=["years"], name="found_by_years"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="found_by_words", opclasses=["gin_trgm_ops"]
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorEvent",
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
                        to="funding.indicator",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="place")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="value aimed at",
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
                            hash="5e12c388a4009991a0a2250d12dfac22354b6876",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_72d55",
                            table="funding_indicatorevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingLineEvent",
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
                        to="funding.fundingline",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="funder",
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="reference")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grant", "grant"),
                            ("loan", "loan"),
                            ("advance", "recoverable advance"),
                            ("contribution", "contribution with right of recovery"),
                            ("patronage", "financial patronage"),
                            ("skills", "skills patronage"),
                            ("in_kind", "patronage in kind"),
                            ("other", "other"),
                        ],
                        default="grant",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("requested", "requested"),
                            ("refused", "refused"),
                            ("agreed", "agreed"),
                            ("contracted", "under contract"),
                            ("settled", "settled"),
                            ("cancelled", "cancelled"),
                        ],
                        default="requested",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("funder", "the funder alone"),
                            ("members", "members of the space"),
                            ("public", "everybody (open data)"),
                        ],
                        default="members",
                        max_length=10,
                        verbose_name="who may see the amount",
                    ),
                ),
                (
                    "amount_requested",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount requested",
                    ),
                ),
                ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested on")),
                (
                    "amount_agreed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount agreed",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("decided_by", models.CharField(blank=True, max_length=160, verbose_name="deciding body")),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=256, verbose_name="reference of the decision"),
                ),
                ("contract_number", models.CharField(blank=True, max_length=80, verbose_name="contract number")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="settled or cancelled on")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason (refusal, cancellation)")),
                ("purpose", models.CharField(blank=True, max_length=256, verbose_name="purpose")),
                (
                    "eu_notified",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="de minimis aid notified to the European Commission"
                    ),
                ),
                (
                    "decided_year",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.datetime.ExtractYear("decided_on"),
                        output_field=models.PositiveSmallIntegerField(null=True, verbose_name="year of decision"),
                        verbose_name="year of decision",
                    ),
                ),
                (
                    "amount_amended",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        editable=False,
                        max_digits=14,
                        verbose_name="sum of the amendments",
                    ),
                ),
                (
                    "amount_paid",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), editable=False, max_digits=14, verbose_name="sum paid"
                    ),
                ),
                (
                    "amount_returned",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        editable=False,
                        max_digits=14,
                        verbose_name="sum paid back",
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version of the row")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="dcf564b2ed2634e5854b763a1d86ea8ffc834e25",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_04266",
                            table="funding_fundinglineevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BearerContactEvent",
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
                        to="funding.bearercontact",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.initiative",
                        verbose_name="initiative",
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
                ("added_at", models.DateTimeField(verbose_name="named at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="930eb74d59706f29ac4dbc2033776069462e8a5a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_51204",
                            table="funding_bearercontactevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativeDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
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
                ("is_reserved", models.BooleanField(default=False, verbose_name="kept for who keeps the initiative")),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["title", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("link", "")),
                            models.Q(("file__isnull", True), models.Q(("link", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="initiative_document_file_or_link",
                        violation_error_message="Give a file or a link: one of the two.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_initiativedocumentevent" ("file_id", "id", "initiative_id", "is_reserved", "link", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "title") VALUES (NEW."file_id", NEW."id", NEW."initiative_id", NEW."is_reserved", NEW."link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."title"); RETURN NULL;',
                            hash="c730bea951c00b3e1ac97789b5850fa081fd9cdc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4da00",
                            table="funding_initiativedocument",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_initiativedocumentevent" ("file_id", "id", "initiative_id", "is_reserved", "link", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "title") VALUES (NEW."file_id", NEW."id", NEW."initiative_id", NEW."is_reserved", NEW."link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."title"); RETURN NULL;',
                            hash="4fce348ed04fc699ff25a3c9b5494ea6bbac33b8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_02e28",
                            table="funding_initiativedocument",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_initiativedocumentevent" ("file_id", "id", "initiative_id", "is_reserved", "link", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "title") VALUES (OLD."file_id", OLD."id", OLD."initiative_id", OLD."is_reserved", OLD."link", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."title"); RETURN NULL;',
                            hash="b3f305ab146dc5677d2fdaf8e92f3bc0128db7fa",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a10d3",
                            table="funding_initiativedocument",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativeDocumentEvent",
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
                        to="funding.initiativedocument",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
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
                ("is_reserved", models.BooleanField(default=False, verbose_name="kept for who keeps the initiative")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5d9fbbfc10eb0ad4b064069c58e496cdcef97560",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e95d4",
                            table="funding_initiativedocumentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="instalments",
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount",
                    ),
                ),
                ("condition", models.CharField(blank=True, max_length=200, verbose_name="condition")),
                ("called_on", models.DateField(blank=True, null=True, verbose_name="called on")),
                ("call_reference", models.CharField(blank=True, max_length=80, verbose_name="reference of the call")),
                (
                    "amount_paid",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), editable=False, max_digits=14, verbose_name="sum paid"
                    ),
                ),
            ],
            options={
                "verbose_name": "instalment",
                "verbose_name_plural": "instalments",
                "ordering": ["line", "number"],
                "indexes": [models.Index(fields=["due_on"], name="instalment_due")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "number"),
                        name="instalment_number_once",
                        violation_error_message="This funding already has an instalment of this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="instalment_amount_positive",
                        violation_error_message="An amount is more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_paid__lte", models.F("amount"))),
                        name="instalment_paid_at_most_due",
                        violation_error_message="More would be paid than this instalment.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_instalmentevent" ("amount", "amount_paid", "call_reference", "called_on", "condition", "due_on", "id", "line_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."amount", NEW."amount_paid", NEW."call_reference", NEW."called_on", NEW."condition", NEW."due_on", NEW."id", NEW."line_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;',
                            hash="8358917a61e4548098906b0b67d6aa13c129cc61",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_13c08",
                            table="funding_instalment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_instalmentevent" ("amount", "amount_paid", "call_reference", "called_on", "condition", "due_on", "id", "line_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."amount", NEW."amount_paid", NEW."call_reference", NEW."called_on", NEW."condition", NEW."due_on", NEW."id", NEW."line_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;',
                            hash="172b85c83fde489ec5ac22d59a7e4936e36a28f2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_42c47",
                            table="funding_instalment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_instalmentevent" ("amount", "amount_paid", "call_reference", "called_on", "condition", "due_on", "id", "line_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."amount", OLD."amount_paid", OLD."call_reference", OLD."called_on", OLD."condition", OLD."due_on", OLD."id", OLD."line_id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;',
                            hash="5360cc0573fa6366de6a57ef4aab2f8520191f2f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e99bc",
                            table="funding_instalment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstalmentEvent",
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
                        to="funding.instalment",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount",
                    ),
                ),
                ("condition", models.CharField(blank=True, max_length=200, verbose_name="condition")),
                ("called_on", models.DateField(blank=True, null=True, verbose_name="called on")),
                ("call_reference", models.CharField(blank=True, max_length=80, verbose_name="reference of the call")),
                (
                    "amount_paid",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), editable=False, max_digits=14, verbose_name="sum paid"
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
                            hash="e08d4db10529a9e319ca66929685018e36a80e78",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_55b18",
                            table="funding_instalmentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LineChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("requested", "requested"),
                            ("refused", "refused"),
                            ("agreed", "agreed"),
                            ("contracted", "under contract"),
                            ("settled", "settled"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=12,
                        verbose_name="from",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("requested", "requested"),
                            ("refused", "refused"),
                            ("agreed", "agreed"),
                            ("contracted", "under contract"),
                            ("settled", "settled"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=12,
                        verbose_name="to",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of state of a funding",
                "verbose_name_plural": "changes of state of fundings",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                (
                    "instalment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="funding.instalment",
                        verbose_name="instalment",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("payment", "payment"), ("return", "repayment")],
                        default="payment",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="paid on")),
                (
                    "paid_year",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.datetime.ExtractYear("paid_on"),
                        output_field=models.PositiveSmallIntegerField(null=True, verbose_name="year of payment"),
                        verbose_name="year of payment",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=80, verbose_name="reference")),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["line", "paid_on", "pk"],
                "indexes": [models.Index(fields=["paid_on"], name="payment_paid_on")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="payment_amount_positive",
                        violation_error_message="An amount is more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "payment"), ("instalment__isnull", True), _connector="OR"),
                        name="payment_back_has_no_instalment",
                        violation_error_message="Money paid back belongs to no instalment.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_paymentevent" ("amount", "id", "instalment_id", "kind", "line_id", "paid_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reference") VALUES (NEW."amount", NEW."id", NEW."instalment_id", NEW."kind", NEW."line_id", NEW."paid_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reference"); RETURN NULL;',
                            hash="e5c0836a51103c0336d470d370ed67a71ae06bcc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_deffb",
                            table="funding_payment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_paymentevent" ("amount", "id", "instalment_id", "kind", "line_id", "paid_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reference") VALUES (NEW."amount", NEW."id", NEW."instalment_id", NEW."kind", NEW."line_id", NEW."paid_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reference"); RETURN NULL;',
                            hash="4a5a4a4f66c7f8d5c282e27fb2290e4afd9ac85c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1b4ef",
                            table="funding_payment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_paymentevent" ("amount", "id", "instalment_id", "kind", "line_id", "paid_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reference") VALUES (OLD."amount", OLD."id", OLD."instalment_id", OLD."kind", OLD."line_id", OLD."paid_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reference"); RETURN NULL;',
                            hash="9f32c7c0d72a2ff5d95c260d14bee9e3756c22b8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2e326",
                            table="funding_payment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentEvent",
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
                        to="funding.payment",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.fundingline",
                        verbose_name="funding line",
                    ),
                ),
                (
                    "instalment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.instalment",
                        verbose_name="instalment",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("payment", "payment"), ("return", "repayment")],
                        default="payment",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="paid on")),
                (
                    "paid_year",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.datetime.ExtractYear("paid_on"),
                        output_field=models.PositiveSmallIntegerField(null=True, verbose_name="year of payment"),
                        verbose_name="year of payment",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=80, verbose_name="reference")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7b7d821ad820e9507e2ae59c237b4c1cbbbb3036",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e8924",
                            table="funding_paymentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativeEvent",
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
                        to="funding.initiative",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "reference",
                    models.CharField(
                        error_messages={"unique": "An initiative already bears this reference."},
                        max_length=40,
                        verbose_name="reference",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("slug", models.SlugField(db_index=False, max_length=100, verbose_name="address")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "bearer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="bearing organisation",
                    ),
                ),
                (
                    "bearer_name",
                    models.CharField(blank=True, max_length=160, verbose_name="bearer outside the directory"),
                ),
                (
                    "bearer_siren",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        validators=[core.identifiers.check_siren],
                        verbose_name="SIREN of the bearer",
                    ),
                ),
                (
                    "bearer_siret",
                    models.CharField(
                        blank=True,
                        max_length=14,
                        validators=[core.identifiers.check_siret],
                        verbose_name="SIRET of the bearer",
                    ),
                ),
                (
                    "bearer_rna",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[core.identifiers.check_rna],
                        verbose_name="RNA number of the bearer",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place of action")),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="regions of action",
                    ),
                ),
                ("is_national", models.BooleanField(default=False, verbose_name="acts in the whole country")),
                (
                    "sdgs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "No poverty"),
                                (2, "Zero hunger"),
                                (3, "Good health and well-being"),
                                (4, "Quality education"),
                                (5, "Gender equality"),
                                (6, "Clean water and sanitation"),
                                (7, "Affordable and clean energy"),
                                (8, "Decent work and economic growth"),
                                (9, "Industry, innovation and infrastructure"),
                                (10, "Reduced inequalities"),
                                (11, "Sustainable cities and communities"),
                                (12, "Responsible consumption and production"),
                                (13, "Climate action"),
                                (14, "Life below water"),
                                (15, "Life on land"),
                                (16, "Peace, justice and strong institutions"),
                                (17, "Partnerships for the goals"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Sustainable Development Goals",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("spotted", "spotted"),
                            ("reviewed", "reviewed"),
                            ("funded", "funded"),
                            ("running", "under way"),
                            ("completed", "completed"),
                            ("capitalised", "lessons drawn"),
                            ("dropped", "dropped"),
                        ],
                        default="spotted",
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                ("starts_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
                (
                    "prepared_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="kept by",
                    ),
                ),
                (
                    "draft_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="draft of",
                    ),
                ),
                ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
                ("created_at", models.DateTimeField(verbose_name="entered at")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version of the row")),
                (
                    "region_group",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(is_national=True, then=models.Value("FR")),
                            models.When(regions__len=0, then=models.Value("")),
                            models.When(regions__len=1, then=models.F("regions__0")),
                            default=models.Value("several"),
                        ),
                        output_field=models.CharField(max_length=8),
                    ),
                ),
                (
                    "main_sdg",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.F("sdgs__0"),
                        output_field=models.PositiveSmallIntegerField(null=True),
                    ),
                ),
                (
                    "bearer_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(bearer__isnull=False, then=models.Value("")),
                            models.When(models.Q(("bearer_siren", ""), _negated=True), then=models.F("bearer_siren")),
                            models.When(models.Q(("bearer_rna", ""), _negated=True), then=models.F("bearer_rna")),
                            default=django.db.models.functions.text.Substr(
                                django.db.models.functions.text.MD5(
                                    django.db.models.functions.text.Trim(
                                        models.Func(
                                            django.db.models.functions.text.Replace(
                                                django.db.models.functions.text.Replace(
                                                    django.db.models.functions.text.Lower(
                                                        models.Func(
                                                            models.Func(
                                                                models.Func(
                                                                    models.F("bearer_name"),
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
                                    )
                                ),
                                1,
                                16,
                            ),
                        ),
                        output_field=models.CharField(max_length=16),
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
                            hash="b0c4d08cc263ecb7f8cd05790fd79a1d16ad59f6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c912e",
                            table="funding_initiativeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentEvent",
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
                        to="funding.commitment",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.programme",
                        verbose_name="programme",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="place")),
                ("text", models.CharField(max_length=300, verbose_name="commitment")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("territories", "territories"),
                            ("initiatives", "initiatives"),
                            ("lines", "fundings"),
                            ("euros", "euros"),
                        ],
                        max_length=12,
                        verbose_name="what is counted",
                    ),
                ),
                (
                    "target",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="target (metropolitan, or in all)",
                    ),
                ),
                (
                    "target_overseas",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="overseas target",
                    ),
                ),
                ("approximate", models.CharField(blank=True, max_length=60, verbose_name="count given in words")),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="named territories",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"), "An amount is more than zero."),
                            django.core.validators.MaxValueValidator(
                                Decimal("1000000000"), "An amount is at most a thousand million euros."
                            ),
                        ],
                        verbose_name="amount",
                    ),
                ),
                ("due", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="due")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1f419f6520e3042982bd2ae22381b6a1df61a20a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5accd",
                            table="funding_commitmentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeEvent",
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
                        to="funding.programme",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="address")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "lead",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="led by",
                    ),
                ),
                ("starts_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.programme",
                        verbose_name="follows",
                    ),
                ),
                (
                    "foundations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="works it rests on",
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
                            hash="1234ff5d0e99dcf0a00f73626dbec322e6b594c0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3c489",
                            table="funding_programmeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("object_id", models.UUIDField(verbose_name="object")),
                ("sent_at", models.DateTimeField(verbose_name="sent at")),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "constraints": [models.UniqueConstraint(fields=("kind", "object_id"), name="reminder_once")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("tableau-de-bord", "dashboard of fundings"),
                            ("financements", "fundings, one by one"),
                            ("initiatives", "initiatives"),
                            ("mes-financements", "my fundings"),
                        ],
                        max_length=20,
                        verbose_name="page",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("query", models.CharField(max_length=1000, verbose_name="filter")),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
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
        migrations.CreateModel(
            name="StageChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_changes",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spotted", "spotted"),
                            ("reviewed", "reviewed"),
                            ("funded", "funded"),
                            ("running", "under way"),
                            ("completed", "completed"),
                            ("capitalised", "lessons drawn"),
                            ("dropped", "dropped"),
                        ],
                        max_length=12,
                        verbose_name="from",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("spotted", "spotted"),
                            ("reviewed", "reviewed"),
                            ("funded", "funded"),
                            ("running", "under way"),
                            ("completed", "completed"),
                            ("capitalised", "lessons drawn"),
                            ("dropped", "dropped"),
                        ],
                        max_length=12,
                        verbose_name="to",
                    ),
                ),
                ("changed_on", core.partial_dates.fields.PartialDateField(verbose_name="date")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
            ],
            options={
                "verbose_name": "change of stage",
                "verbose_name_plural": "changes of stage",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Update",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="updates",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="expected on")),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "due"), ("draft", "draft"), ("submitted", "received"), ("skipped", "skipped")],
                        default="due",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, max_length=8000, verbose_name="how the initiative is getting on"),
                ),
                ("needs", models.TextField(blank=True, max_length=4000, verbose_name="difficulties and needs")),
                (
                    "audience",
                    models.CharField(
                        choices=[("funders", "the funders of the initiative"), ("members", "members of the space")],
                        default="funders",
                        max_length=10,
                        verbose_name="open to",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "verbose_name": "update",
                "verbose_name_plural": "updates",
                "ordering": ["initiative", "-due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("due", "draft"))), fields=["due_on"], name="update_awaited"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("initiative", "due_on"),
                        name="update_once_a_day",
                        violation_error_message="An update is expected on this day already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "submitted"), ("submitted_at__isnull", False)),
                            models.Q(models.Q(("state", "submitted"), _negated=True), ("submitted_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="update_received_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "submitted"), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="update_received_says_something",
                        violation_error_message="Say how the initiative is getting on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "skipped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="update_skipped_says_why",
                        violation_error_message="Say why this update is skipped.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_updateevent" ("audience", "changed_at", "due_on", "id", "initiative_id", "needs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "state", "submitted_at", "text", "written_by_id") VALUES (NEW."audience", NEW."changed_at", NEW."due_on", NEW."id", NEW."initiative_id", NEW."needs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."state", NEW."submitted_at", NEW."text", NEW."written_by_id"); RETURN NULL;',
                            hash="97277edd855aedb8ebbfe1abded3f379f534ca38",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bd9f3",
                            table="funding_update",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_updateevent" ("audience", "changed_at", "due_on", "id", "initiative_id", "needs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "state", "submitted_at", "text", "written_by_id") VALUES (NEW."audience", NEW."changed_at", NEW."due_on", NEW."id", NEW."initiative_id", NEW."needs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."state", NEW."submitted_at", NEW."text", NEW."written_by_id"); RETURN NULL;',
                            hash="66f8bc3f7343608478dd18b4ac7d4338e57b091f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cdd4f",
                            table="funding_update",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_updateevent" ("audience", "changed_at", "due_on", "id", "initiative_id", "needs", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "state", "submitted_at", "text", "written_by_id") VALUES (OLD."audience", OLD."changed_at", OLD."due_on", OLD."id", OLD."initiative_id", OLD."needs", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."state", OLD."submitted_at", OLD."text", OLD."written_by_id"); RETURN NULL;',
                            hash="694afb79a32019935ce4e1c175f4d85242e94f5b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e55e8",
                            table="funding_update",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="funding.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="funding.update",
                        verbose_name="update",
                    ),
                ),
                ("measured_on", models.DateField(verbose_name="measured on")),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="value",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["indicator", "measured_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "measured_on"),
                        name="measure_once_a_day",
                        violation_error_message="This indicator already has a value of this day.",
                    ),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="measure_not_negative"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_measureevent" ("id", "indicator_id", "measured_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "update_id", "value") VALUES (NEW."id", NEW."indicator_id", NEW."measured_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."update_id", NEW."value"); RETURN NULL;',
                            hash="a910fb793398b29baef99bd188b699076e7b698c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fdec6",
                            table="funding_measure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_measureevent" ("id", "indicator_id", "measured_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "update_id", "value") VALUES (NEW."id", NEW."indicator_id", NEW."measured_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."update_id", NEW."value"); RETURN NULL;',
                            hash="9eb440d07c29a56fc2e7a4d963cd5ee16a7909e8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_758d4",
                            table="funding_measure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_measureevent" ("id", "indicator_id", "measured_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "update_id", "value") VALUES (OLD."id", OLD."indicator_id", OLD."measured_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."update_id", OLD."value"); RETURN NULL;',
                            hash="b08e8503b7adca4e1d1fbd6c0dcadb5ba79e0e91",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_94677",
                            table="funding_measure",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureEvent",
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
                        to="funding.measure",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "indicator",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.update",
                        verbose_name="update",
                    ),
                ),
                ("measured_on", models.DateField(verbose_name="measured on")),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="value",
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
                            hash="ee44bec74aa13e96ed75c6eda134b960868601dd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_90a8d",
                            table="funding_measureevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UpdateEvent",
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
                        to="funding.update",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="expected on")),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "due"), ("draft", "draft"), ("submitted", "received"), ("skipped", "skipped")],
                        default="due",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, max_length=8000, verbose_name="how the initiative is getting on"),
                ),
                ("needs", models.TextField(blank=True, max_length=4000, verbose_name="difficulties and needs")),
                (
                    "audience",
                    models.CharField(
                        choices=[("funders", "the funders of the initiative"), ("members", "members of the space")],
                        default="funders",
                        max_length=10,
                        verbose_name="open to",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e46378de964d94c001ff1bb06ffe4b930564c0a6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_44d67",
                            table="funding_updateevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UpdatePlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "initiative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="update_plan",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "every_months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(24),
                        ],
                        verbose_name="months between two updates",
                    ),
                ),
                ("next_on", models.DateField(verbose_name="next update expected on")),
                ("anchor_on", models.DateField(editable=False, null=True, verbose_name="counted from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="no update after")),
            ],
            options={
                "verbose_name": "rhythm of updates",
                "verbose_name_plural": "rhythms of updates",
                "indexes": [models.Index(fields=["next_on"], name="update_plan_next")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("every_months__range", (1, 24))), name="update_plan_months"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_updateplanevent" ("anchor_on", "every_months", "id", "initiative_id", "next_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until") VALUES (NEW."anchor_on", NEW."every_months", NEW."id", NEW."initiative_id", NEW."next_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."until"); RETURN NULL;',
                            hash="d5e5fb64a31f665c73c1f866bfd857d8c02511ee",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6a640",
                            table="funding_updateplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_updateplanevent" ("anchor_on", "every_months", "id", "initiative_id", "next_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until") VALUES (NEW."anchor_on", NEW."every_months", NEW."id", NEW."initiative_id", NEW."next_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."until"); RETURN NULL;',
                            hash="45b0217e8aed72f8dcd5100a2fbb8373c29a3dfb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5ebea",
                            table="funding_updateplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_updateplanevent" ("anchor_on", "every_months", "id", "initiative_id", "next_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until") VALUES (OLD."anchor_on", OLD."every_months", OLD."id", OLD."initiative_id", OLD."next_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."until"); RETURN NULL;',
                            hash="79939e8d7b724d1c29641d00a555164605a51314",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3b3ec",
                            table="funding_updateplan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UpdatePlanEvent",
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
                        to="funding.updateplan",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "every_months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(24),
                        ],
                        verbose_name="months between two updates",
                    ),
                ),
                ("next_on", models.DateField(verbose_name="next update expected on")),
                ("anchor_on", models.DateField(editable=False, null=True, verbose_name="counted from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="no update after")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="465c46a964a2b000e78da5e1cc853df39c5183ab",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_87c36",
                            table="funding_updateplanevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FrozenFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="title")),
                ("as_of", models.DateField(verbose_name="figures at")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen_figures",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("organisation", "my organisation"), ("members", "the members of the space")],
                        max_length=14,
                        verbose_name="for whom",
                    ),
                ),
                ("query", models.CharField(blank=True, max_length=1000, verbose_name="filter")),
                ("content", models.JSONField(verbose_name="content")),
                ("content_sha256", models.CharField(max_length=64, unique=True, verbose_name="content hash")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "frozen figures",
                "verbose_name_plural": "frozen figures",
                "ordering": ["-as_of", "-pk"],
                "indexes": [models.Index(fields=["organisation", "-as_of"], name="frozen_by_organisation")],
            },
        ),
    ]
