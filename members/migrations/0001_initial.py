import core.db.periods
import core.identifiers
import core.partial_dates.fields
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
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
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("by_mail", models.BooleanField(verbose_name="sent by e-mail")),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="invited at")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("replaced", models.BooleanField(default=False, verbose_name="ended by a newer one")),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("ended_at", None)),
                        fields=("user",),
                        name="invitation_one_open",
                        violation_error_message="This person was invited in this same moment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))), name="invitation_expires_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("ended_at", None), _connector="OR"),
                        name="invitation_accepted_or_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("replaced", False), ("ended_at__isnull", False), _connector="OR"),
                        name="invitation_replaced_is_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("first_name", models.CharField(max_length=80, verbose_name="first name")),
                ("last_name", models.CharField(max_length=80, verbose_name="last name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("organisation_name", models.CharField(max_length=160, verbose_name="organisation")),
                ("why", models.TextField(max_length=2000, verbose_name="why")),
                ("language", models.CharField(default="fr", max_length=5, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "to be answered"), ("accepted", "accepted"), ("refused", "refused")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
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
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
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
            ],
            options={
                "verbose_name": "request for access",
                "verbose_name_plural": "requests for access",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("email",),
                        name="access_request_one_open",
                        violation_error_message="A request of this address waits already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="access_request_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="access_request_refused_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", None), ("state", "accepted"), _connector="OR"),
                        name="access_request_person_came_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Competence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(db_collation="fr-x-icu", max_length=80, verbose_name="name")),
            ],
            options={
                "verbose_name": "competence",
                "verbose_name_plural": "competences",
                "ordering": ["name", "pk"],
                "constraints": [
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
                        name="competence_name_once",
                        violation_error_message="This competence is in the list already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_competenceevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id"); RETURN NULL;',
                            hash="a74b5006563a13c4d3d61158aee7905934d920bb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_088c3",
                            table="members_competence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_competenceevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id"); RETURN NULL;',
                            hash="d4acf49bf43a7555beac8e61d115e47cfa8b216d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_424ee",
                            table="members_competence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_competenceevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id"); RETURN NULL;',
                            hash="baaa8e5622c33ac3f9afe51c6d75926b86ea5400",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_51e05",
                            table="members_competence",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompetenceEvent",
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
                        to="members.competence",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(db_collation="fr-x-icu", max_length=80, verbose_name="name")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="95de777fbd951f4524c82e3bace9e359c1b04a16",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_78fab",
                            table="members_competenceevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(db_collation="fr-x-icu", max_length=160, verbose_name="name")),
                ("short_name", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="presentation in one sentence")),
                ("presentation", models.TextField(blank=True, verbose_name="presentation")),
                (
                    "world",
                    models.CharField(
                        choices=[
                            ("field", "field actors"),
                            ("engineering", "engineering teams"),
                            ("investor", "societal investors"),
                            ("institution", "institutions"),
                        ],
                        max_length=20,
                        verbose_name="world",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("association", "association"),
                            ("foundation", "foundation or endowment fund"),
                            ("company", "company"),
                            ("cooperative", "cooperative"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "national"),
                            ("regional", "regional"),
                            ("departmental", "departmental"),
                            ("intercommunal", "intercommunal"),
                            ("petr", "PETR or pays"),
                            ("communal", "communal"),
                            ("overseas", "overseas"),
                        ],
                        max_length=20,
                        verbose_name="level",
                    ),
                ),
                (
                    "siren",
                    models.CharField(
                        blank=True, max_length=9, validators=[core.identifiers.check_siren], verbose_name="SIREN"
                    ),
                ),
                (
                    "rna",
                    models.CharField(
                        blank=True, max_length=10, validators=[core.identifiers.check_rna], verbose_name="RNA number"
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
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
                    "public_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address for everybody"),
                ),
                ("public_phone", models.CharField(blank=True, max_length=30, verbose_name="telephone for everybody")),
                (
                    "internal_contact",
                    models.CharField(
                        blank=True,
                        help_text="Whom the animators call: read by the people of the organisation, animators and administrators.",
                        max_length=300,
                        verbose_name="contact for the animators",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="logo",
                    ),
                ),
                ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                        verbose_name="merged into",
                    ),
                ),
                ("merged_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="merged at")),
                (
                    "regions",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="core.region", verbose_name="regions of action"
                    ),
                ),
                (
                    "competences",
                    models.ManyToManyField(
                        blank=True, related_name="organisations", to="members.competence", verbose_name="competences"
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "constraints": [
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
                        condition=models.Q(("merged_into", None)),
                        name="organisation_name_once",
                        violation_error_message="An organisation already bears this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_at", None), ("merged_into", None)),
                            models.Q(
                                ("merged_at__isnull", False),
                                ("merged_into__isnull", False),
                                models.Q(("merged_into", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="organisation_merged_evidence",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_organisationevent" ("id", "internal_contact", "is_fictional", "level", "logo_id", "merged_at", "merged_into_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presentation", "public_email", "public_id", "public_phone", "rna", "sdgs", "sector", "short_name", "siren", "slug", "summary", "website", "world") VALUES (NEW."id", NEW."internal_contact", NEW."is_fictional", NEW."level", NEW."logo_id", NEW."merged_at", NEW."merged_into_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."presentation", NEW."public_email", NEW."public_id", NEW."public_phone", NEW."rna", NEW."sdgs", NEW."sector", NEW."short_name", NEW."siren", NEW."slug", NEW."summary", NEW."website", NEW."world"); RETURN NULL;',
                            hash="f5b10ab3d4474c814d05f8d1954e5e2f342df8fc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d68e8",
                            table="members_organisation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_organisationevent" ("id", "internal_contact", "is_fictional", "level", "logo_id", "merged_at", "merged_into_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presentation", "public_email", "public_id", "public_phone", "rna", "sdgs", "sector", "short_name", "siren", "slug", "summary", "website", "world") VALUES (NEW."id", NEW."internal_contact", NEW."is_fictional", NEW."level", NEW."logo_id", NEW."merged_at", NEW."merged_into_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."presentation", NEW."public_email", NEW."public_id", NEW."public_phone", NEW."rna", NEW."sdgs", NEW."sector", NEW."short_name", NEW."siren", NEW."slug", NEW."summary", NEW."website", NEW."world"); RETURN NULL;',
                            hash="f413e968e531b9994921edb9f5847b4c1000b782",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f4b2a",
                            table="members_organisation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_organisationevent" ("id", "internal_contact", "is_fictional", "level", "logo_id", "merged_at", "merged_into_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presentation", "public_email", "public_id", "public_phone", "rna", "sdgs", "sector", "short_name", "siren", "slug", "summary", "website", "world") VALUES (OLD."id", OLD."internal_contact", OLD."is_fictional", OLD."level", OLD."logo_id", OLD."merged_at", OLD."merged_into_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."presentation", OLD."public_email", OLD."public_id", OLD."public_phone", OLD."rna", OLD."sdgs", OLD."sector", OLD."short_name", OLD."siren", OLD."slug", OLD."summary", OLD."website", OLD."world"); RETURN NULL;',
                            hash="c5656576d2133d7d6b34925b44513aa356b6c8ab",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5a0df",
                            table="members_organisation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EngineeringScheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schemes",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("summary", models.CharField(blank=True, max_length=400, verbose_name="what it does")),
                (
                    "engineerings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("public", "public engineering"),
                                ("project", "project management engineering"),
                                ("catalysis", "catalysis engineering"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="kinds of engineering",
                    ),
                ),
                (
                    "helps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("technical", "technical"),
                                ("financial", "financial"),
                                ("legal", "legal and administrative"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="kinds of help",
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("first", "first kilometre (needs)"),
                            ("last", "last kilometre (solutions)"),
                            ("both", "first and last kilometre"),
                        ],
                        default="both",
                        max_length=10,
                        verbose_name="phase",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "ended_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="ended on"),
                ),
            ],
            options={
                "verbose_name": "engineering scheme",
                "verbose_name_plural": "engineering schemes",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
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
                        name="scheme_unique_name",
                        violation_error_message="This organisation already has a scheme of this name.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_engineeringschemeevent" ("ended_on", "engineerings", "helps", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "public_id", "summary", "website") VALUES (NEW."ended_on", NEW."engineerings", NEW."helps", NEW."id", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phase", NEW."public_id", NEW."summary", NEW."website"); RETURN NULL;',
                            hash="a7c040018488d23e47f8902970934c5863dac372",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_368cf",
                            table="members_engineeringscheme",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_engineeringschemeevent" ("ended_on", "engineerings", "helps", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "public_id", "summary", "website") VALUES (NEW."ended_on", NEW."engineerings", NEW."helps", NEW."id", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phase", NEW."public_id", NEW."summary", NEW."website"); RETURN NULL;',
                            hash="a5ab612b66ab6178963582315d9da6df26477337",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_21578",
                            table="members_engineeringscheme",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_engineeringschemeevent" ("ended_on", "engineerings", "helps", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "public_id", "summary", "website") VALUES (OLD."ended_on", OLD."engineerings", OLD."helps", OLD."id", OLD."name", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phase", OLD."public_id", OLD."summary", OLD."website"); RETURN NULL;',
                            hash="5a590f44804d0a13f0c97989f2cacfc1a8579a93",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_51bba",
                            table="members_engineeringscheme",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EngineeringSchemeEvent",
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
                        to="members.engineeringscheme",
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
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("summary", models.CharField(blank=True, max_length=400, verbose_name="what it does")),
                (
                    "engineerings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("public", "public engineering"),
                                ("project", "project management engineering"),
                                ("catalysis", "catalysis engineering"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="kinds of engineering",
                    ),
                ),
                (
                    "helps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("technical", "technical"),
                                ("financial", "financial"),
                                ("legal", "legal and administrative"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="kinds of help",
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("first", "first kilometre (needs)"),
                            ("last", "last kilometre (solutions)"),
                            ("both", "first and last kilometre"),
                        ],
                        default="both",
                        max_length=10,
                        verbose_name="phase",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "ended_on",
                    core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="ended on"),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6a34cea025df0f3c5f1c851659066a31ffd0bdca",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4057d",
                            table="members_engineeringschemeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", core.db.periods.PeriodField(verbose_name="period")),
                ("began_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="since")),
                ("ended_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("began_on", None),
                                ("began_on__startswith", models.F("period__startswith")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_on", None),
                                ("ended_on__endswith", models.F("period__endswith")),
                                _connector="OR",
                            ),
                        ),
                        name="membership_period_of_its_dates",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("organisation", "="), ("period", "&&")],
                        name="membership_no_overlap",
                        violation_error_message="This organisation is already a member during part of this period.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_membershipevent" ("began_on", "ended_on", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."began_on", NEW."ended_on", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="8305751c099d86c2cbd3a0dbe82e6c77e2c5a740",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_20243",
                            table="members_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_membershipevent" ("began_on", "ended_on", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."began_on", NEW."ended_on", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="511fe222ed12bfebeb4494b98028970faf4c88ab",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f5071",
                            table="members_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_membershipevent" ("began_on", "ended_on", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."began_on", OLD."ended_on", OLD."id", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="bb74b7dec97cb9a0f018f752bda4cac85119dee7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_84b9f",
                            table="members_membership",
                            when="AFTER",
                        ),
                    ),
                ],
            },
            bases=(core.db.periods.Periodic, models.Model),
        ),
        migrations.CreateModel(
            name="MembershipEvent",
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
                        to="members.membership",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("period", core.db.periods.PeriodField(verbose_name="period")),
                ("began_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="since")),
                ("ended_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0f6d8ff46c2f4bfa59455a4a3ce243a972dcfd89",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6dbe4",
                            table="members_membershipevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
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
                        to="members.organisation",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(db_collation="fr-x-icu", max_length=160, verbose_name="name")),
                ("short_name", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="address")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="presentation in one sentence")),
                ("presentation", models.TextField(blank=True, verbose_name="presentation")),
                (
                    "world",
                    models.CharField(
                        choices=[
                            ("field", "field actors"),
                            ("engineering", "engineering teams"),
                            ("investor", "societal investors"),
                            ("institution", "institutions"),
                        ],
                        max_length=20,
                        verbose_name="world",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("association", "association"),
                            ("foundation", "foundation or endowment fund"),
                            ("company", "company"),
                            ("cooperative", "cooperative"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "national"),
                            ("regional", "regional"),
                            ("departmental", "departmental"),
                            ("intercommunal", "intercommunal"),
                            ("petr", "PETR or pays"),
                            ("communal", "communal"),
                            ("overseas", "overseas"),
                        ],
                        max_length=20,
                        verbose_name="level",
                    ),
                ),
                (
                    "siren",
                    models.CharField(
                        blank=True, max_length=9, validators=[core.identifiers.check_siren], verbose_name="SIREN"
                    ),
                ),
                (
                    "rna",
                    models.CharField(
                        blank=True, max_length=10, validators=[core.identifiers.check_rna], verbose_name="RNA number"
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
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
                    "public_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address for everybody"),
                ),
                ("public_phone", models.CharField(blank=True, max_length=30, verbose_name="telephone for everybody")),
                (
                    "internal_contact",
                    models.CharField(
                        blank=True,
                        help_text="Whom the animators call: read by the people of the organisation, animators and administrators.",
                        max_length=300,
                        verbose_name="contact for the animators",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="core.storedfile",
                        verbose_name="logo",
                    ),
                ),
                ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.organisation",
                        verbose_name="merged into",
                    ),
                ),
                ("merged_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="merged at")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f0940d56f7878a532c9da5a37546ecb83029cac4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_02a5d",
                            table="members_organisationevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", core.db.periods.PeriodField(verbose_name="period")),
                ("began_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="since")),
                ("ended_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="members.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("representative", "representative"),
                            ("substitute", "substitute"),
                            ("observer", "observer"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="function")),
            ],
            options={
                "verbose_name": "position",
                "verbose_name_plural": "positions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("began_on", None),
                                ("began_on__startswith", models.F("period__startswith")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_on", None),
                                ("ended_on__endswith", models.F("period__endswith")),
                                _connector="OR",
                            ),
                        ),
                        name="position_period_of_its_dates",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("user", "="), ("organisation", "="), ("period", "&&")],
                        name="position_no_overlap",
                        violation_error_message="This person already holds a position in this organisation during part of this period.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_positionevent" ("began_on", "ended_on", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "title", "user_id") VALUES (NEW."began_on", NEW."ended_on", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."role", NEW."title", NEW."user_id"); RETURN NULL;',
                            hash="e49057a5a1bd7b712d4f7d4c77687028c663881b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_002d4",
                            table="members_position",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "members_positionevent" ("began_on", "ended_on", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "title", "user_id") VALUES (NEW."began_on", NEW."ended_on", NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."role", NEW."title", NEW."user_id"); RETURN NULL;',
                            hash="4511bee4fca512f1a23efe8fd04f1ba4d19423d6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_906d0",
                            table="members_position",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "members_positionevent" ("began_on", "ended_on", "id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "title", "user_id") VALUES (OLD."began_on", OLD."ended_on", OLD."id", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."role", OLD."title", OLD."user_id"); RETURN NULL;',
                            hash="66e4ad4acbbd724cf7c1722e985828c14e792b67",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_acc8c",
                            table="members_position",
                            when="AFTER",
                        ),
                    ),
                ],
            },
            bases=(core.db.periods.Periodic, models.Model),
        ),
        migrations.CreateModel(
            name="PositionEvent",
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
                        to="members.position",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("period", core.db.periods.PeriodField(verbose_name="period")),
                ("began_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="since")),
                ("ended_on", core.partial_dates.fields.PartialDateField(blank=True, null=True, verbose_name="until")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
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
                    "role",
                    models.CharField(
                        choices=[
                            ("representative", "representative"),
                            ("substitute", "substitute"),
                            ("observer", "observer"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="function")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d9c257f5ef8c2a0d46a2176b2bdfdab932e4b1ad",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b3ffa",
                            table="members_positionevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
    ]
