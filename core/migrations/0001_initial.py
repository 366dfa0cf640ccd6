import core.models
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
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
    ]

    operations = [
        django.contrib.postgres.operations.UnaccentExtension(),
        django.contrib.postgres.operations.TrigramExtension(),
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=3,
                        primary_key=True,
                        serialize=False,
                        validators=[django.core.validators.RegexValidator("^\\d{2,3}$")],
                        verbose_name="INSEE code",
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("is_overseas", models.BooleanField(default=False, verbose_name="overseas")),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["is_overseas", "code"],
            },
        ),
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.CharField(max_length=64, unique=True, verbose_name="digest of key, person and address"),
                ),
                ("content", models.CharField(max_length=64, verbose_name="digest of what was sent")),
                ("location", models.TextField(blank=True, verbose_name="where it led")),
                ("sent_at", models.DateTimeField(db_index=True, verbose_name="sent at")),
            ],
            options={
                "verbose_name": "form already sent",
                "verbose_name_plural": "forms already sent",
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file", models.FileField(max_length=120, upload_to=core.models.storage_name, verbose_name="file")),
                ("original_name", models.CharField(max_length=180, verbose_name="file name")),
                ("content_type", models.CharField(max_length=120, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="uploaded at")),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
            },
        ),
        migrations.CreateModel(
            name="Space",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("short_name", models.CharField(max_length=60, verbose_name="short name")),
                ("subtitle", models.CharField(blank=True, max_length=120, verbose_name="second line of the name")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="contact address")),
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
                ("welcome", models.TextField(blank=True, max_length=1200, verbose_name="what visitors read first")),
                ("motto", models.CharField(blank=True, max_length=240, verbose_name="what the foot of each page says")),
                (
                    "default_language",
                    models.CharField(
                        choices=[("fr", "français"), ("en", "English")],
                        default="fr",
                        max_length=5,
                        verbose_name="language of visitors",
                    ),
                ),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="born on")),
                ("demonstration", models.BooleanField(default=False, verbose_name="holds demonstration data")),
            ],
            options={
                "verbose_name": "space",
                "verbose_name_plural": "spaces",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="space_is_one_row")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "core_spaceevent" ("born_on", "contact_email", "default_language", "demonstration", "id", "logo_id", "motto", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "subtitle", "welcome") VALUES (NEW."born_on", NEW."contact_email", NEW."default_language", NEW."demonstration", NEW."id", NEW."logo_id", NEW."motto", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."short_name", NEW."subtitle", NEW."welcome"); RETURN NULL;',
                            hash="3d8927896143ca058638b65ae08744c36e751343",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cd5cf",
                            table="core_space",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "core_spaceevent" ("born_on", "contact_email", "default_language", "demonstration", "id", "logo_id", "motto", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "subtitle", "welcome") VALUES (NEW."born_on", NEW."contact_email", NEW."default_language", NEW."demonstration", NEW."id", NEW."logo_id", NEW."motto", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."short_name", NEW."subtitle", NEW."welcome"); RETURN NULL;',
                            hash="40339f0db45dbe0d792708eaac3b614e0bb2cbac",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f1eb2",
                            table="core_space",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "core_spaceevent" ("born_on", "contact_email", "default_language", "demonstration", "id", "logo_id", "motto", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "subtitle", "welcome") VALUES (OLD."born_on", OLD."contact_email", OLD."default_language", OLD."demonstration", OLD."id", OLD."logo_id", OLD."motto", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."short_name", OLD."subtitle", OLD."welcome"); RETURN NULL;',
                            hash="0cb59dfb1c96ea46a8c24a0ed3f9a2e65e4ff124",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cde8b",
                            table="core_space",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpaceEvent",
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
                        to="core.space",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("short_name", models.CharField(max_length=60, verbose_name="short name")),
                ("subtitle", models.CharField(blank=True, max_length=120, verbose_name="second line of the name")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="contact address")),
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
                ("welcome", models.TextField(blank=True, max_length=1200, verbose_name="what visitors read first")),
                ("motto", models.CharField(blank=True, max_length=240, verbose_name="what the foot of each page says")),
                (
                    "default_language",
                    models.CharField(
                        choices=[("fr", "français"), ("en", "English")],
                        default="fr",
                        max_length=5,
                        verbose_name="language of visitors",
                    ),
                ),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="born on")),
                ("demonstration", models.BooleanField(default=False, verbose_name="holds demonstration data")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42447fa5b63e264ddacd650d4aa9443b4e0a54ee",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2886c",
                            table="core_spaceevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
    ]
