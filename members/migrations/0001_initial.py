import core.db.periods
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.validators
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
        ('accounts', '__first__'),
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(db_collation='fr-x-icu', max_length=160, unique=True, verbose_name='name')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='short name')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='presentation in one sentence')),
                ('presentation', models.TextField(blank=True, verbose_name='presentation')),
                ('world', models.CharField(choices=[('field', 'field actors'), ('engineering', 'engineering teams'), ('investor', 'societal investors'), ('institution', 'institutions')], max_length=20, verbose_name='world')),
                ('sector', models.CharField(choices=[('public', 'public'), ('association', 'association'), ('foundation', 'foundation or endowment fund'), ('company', 'company'), ('cooperative', 'cooperative')], max_length=20, verbose_name='sector')),
                ('level', models.CharField(choices=[('national', 'national'), ('regional', 'regional'), ('departmental', 'departmental'), ('intercommunal', 'intercommunal'), ('petr', 'PETR or pays'), ('communal', 'communal'), ('overseas', 'overseas')], max_length=20, verbose_name='level')),
                ('siren', models.CharField(blank=True, max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', 'A SIREN has nine digits.')], verbose_name='SIREN')),
                ('rna', models.CharField(blank=True, max_length=10, validators=[django.core.validators.RegexValidator('^W\\d{9}$', 'An RNA number is W and nine digits.')], verbose_name='RNA number')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('is_fictional', models.BooleanField(default=False, verbose_name='fictional')),
                ('regions', models.ManyToManyField(blank=True, related_name='+', to='core.region', verbose_name='regions of action')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Trim(models.Func(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Lower(models.Func(models.Func(models.Func(models.F('name'), models.Value('’‘ʼ′`´＇‐‑‒–—−\xad'), models.Value("'''''''------"), function='translate'), template='normalize(%(expressions)s, NFKD)'), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g'), function='regexp_replace')), models.Value('œ'), models.Value('oe')), models.Value('æ'), models.Value('ae')), models.Value('\\s+'), models.Value(' '), models.Value('g'), function='regexp_replace'), output_field=models.CharField()), name='organisation_name_once', violation_error_message='An organisation already bears this name.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_organisationevent" ("id", "is_fictional", "level", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presentation", "public_id", "rna", "sector", "short_name", "siren", "slug", "summary", "website", "world") VALUES (NEW."id", NEW."is_fictional", NEW."level", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."presentation", NEW."public_id", NEW."rna", NEW."sector", NEW."short_name", NEW."siren", NEW."slug", NEW."summary", NEW."website", NEW."world"); RETURN NULL;', hash='33e904a4822eca3f51fefbd469bef36eb6c79fba', operation='INSERT', pgid='pgtrigger_insert_insert_d68e8', table='members_organisation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "members_organisationevent" ("id", "is_fictional", "level", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presentation", "public_id", "rna", "sector", "short_name", "siren", "slug", "summary", "website", "world") VALUES (NEW."id", NEW."is_fictional", NEW."level", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."presentation", NEW."public_id", NEW."rna", NEW."sector", NEW."short_name", NEW."siren", NEW."slug", NEW."summary", NEW."website", NEW."world"); RETURN NULL;', hash='809f83f0540e6ff04e68194cea3326450ea48cee', operation='UPDATE', pgid='pgtrigger_update_update_f4b2a', table='members_organisation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_organisationevent" ("id", "is_fictional", "level", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presentation", "public_id", "rna", "sector", "short_name", "siren", "slug", "summary", "website", "world") VALUES (OLD."id", OLD."is_fictional", OLD."level", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."presentation", OLD."public_id", OLD."rna", OLD."sector", OLD."short_name", OLD."siren", OLD."slug", OLD."summary", OLD."website", OLD."world"); RETURN NULL;', hash='5b4cac6f385016faa5ccc15fd3c4300513190c0f', operation='DELETE', pgid='pgtrigger_delete_delete_5a0df', table='members_organisation', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.organisation', verbose_name='organisation')),
                ('period', core.db.periods.PeriodField(verbose_name='period')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('organisation', '='), ('period', '&&')], name='membership_no_overlap', violation_error_message='This organisation is already a member during part of this period.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_membershipevent" ("id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='582964ccfba357639e1eab09b95483be02703488', operation='INSERT', pgid='pgtrigger_insert_insert_20243', table='members_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "members_membershipevent" ("id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='add761218f84e73cec20a45090e2c95e4855fd18', operation='UPDATE', pgid='pgtrigger_update_update_f5071', table='members_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_membershipevent" ("id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='cde0a546cdd76f85e7cff5521bee3ff212e5747d', operation='DELETE', pgid='pgtrigger_delete_delete_84b9f', table='members_membership', when='AFTER'))],
            },
            bases=(core.db.periods.Periodic, models.Model),
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.membership')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation')),
                ('period', core.db.periods.PeriodField(verbose_name='period')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0f6d8ff46c2f4bfa59455a4a3ce243a972dcfd89', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6dbe4', table='members_membershipevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='EngineeringScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='members.organisation', verbose_name='organisation')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('summary', models.CharField(blank=True, max_length=400, verbose_name='what it does')),
                ('engineerings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('public', 'public engineering'), ('project', 'project management engineering'), ('catalysis', 'catalysis engineering')], max_length=20), default=list, size=None, verbose_name='kinds of engineering')),
                ('helps', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('technical', 'technical'), ('financial', 'financial'), ('legal', 'legal and administrative')], max_length=20), default=list, size=None, verbose_name='kinds of help')),
                ('phase', models.CharField(choices=[('first', 'first kilometre (needs)'), ('last', 'last kilometre (solutions)'), ('both', 'first and last kilometre')], default='both', max_length=10, verbose_name='phase')),
                ('website', models.URLField(blank=True, verbose_name='website')),
            ],
            options={
                'verbose_name': 'engineering scheme',
                'verbose_name_plural': 'engineering schemes',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='scheme_unique_name', violation_error_message='This organisation already has a scheme of this name.')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.organisation')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(db_collation='fr-x-icu', max_length=160, verbose_name='name')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='short name')),
                ('slug', models.SlugField(db_index=False, max_length=80, verbose_name='address')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='presentation in one sentence')),
                ('presentation', models.TextField(blank=True, verbose_name='presentation')),
                ('world', models.CharField(choices=[('field', 'field actors'), ('engineering', 'engineering teams'), ('investor', 'societal investors'), ('institution', 'institutions')], max_length=20, verbose_name='world')),
                ('sector', models.CharField(choices=[('public', 'public'), ('association', 'association'), ('foundation', 'foundation or endowment fund'), ('company', 'company'), ('cooperative', 'cooperative')], max_length=20, verbose_name='sector')),
                ('level', models.CharField(choices=[('national', 'national'), ('regional', 'regional'), ('departmental', 'departmental'), ('intercommunal', 'intercommunal'), ('petr', 'PETR or pays'), ('communal', 'communal'), ('overseas', 'overseas')], max_length=20, verbose_name='level')),
                ('siren', models.CharField(blank=True, max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', 'A SIREN has nine digits.')], verbose_name='SIREN')),
                ('rna', models.CharField(blank=True, max_length=10, validators=[django.core.validators.RegexValidator('^W\\d{9}$', 'An RNA number is W and nine digits.')], verbose_name='RNA number')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('is_fictional', models.BooleanField(default=False, verbose_name='fictional')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f0940d56f7878a532c9da5a37546ecb83029cac4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_02a5d', table='members_organisationevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='members.organisation', verbose_name='organisation')),
                ('role', models.CharField(choices=[('representative', 'representative'), ('substitute', 'substitute'), ('observer', 'observer')], max_length=20, verbose_name='role')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='function')),
                ('period', core.db.periods.PeriodField(verbose_name='period')),
            ],
            options={
                'verbose_name': 'position',
                'verbose_name_plural': 'positions',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('organisation', '='), ('period', '&&')], name='position_no_overlap', violation_error_message='This person already holds a position in this organisation during part of this period.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_positionevent" ("id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "title", "user_id") VALUES (NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."role", NEW."title", NEW."user_id"); RETURN NULL;', hash='4efec8a5243b9965a7a55d930d467f14821b6f90', operation='INSERT', pgid='pgtrigger_insert_insert_002d4', table='members_position', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "members_positionevent" ("id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "title", "user_id") VALUES (NEW."id", NEW."organisation_id", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."role", NEW."title", NEW."user_id"); RETURN NULL;', hash='e69fe4a60f6e6e8b5973820e4ed44241b6c21de4', operation='UPDATE', pgid='pgtrigger_update_update_906d0', table='members_position', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_positionevent" ("id", "organisation_id", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "title", "user_id") VALUES (OLD."id", OLD."organisation_id", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."role", OLD."title", OLD."user_id"); RETURN NULL;', hash='bb2a39b8648387ee4f8c14d8e6db4d241b5b5776', operation='DELETE', pgid='pgtrigger_delete_delete_acc8c', table='members_position', when='AFTER'))],
            },
            bases=(core.db.periods.Periodic, models.Model),
        ),
        migrations.CreateModel(
            name='PositionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='members.position')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation')),
                ('role', models.CharField(choices=[('representative', 'representative'), ('substitute', 'substitute'), ('observer', 'observer')], max_length=20, verbose_name='role')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='function')),
                ('period', core.db.periods.PeriodField(verbose_name='period')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d9c257f5ef8c2a0d46a2176b2bdfdab932e4b1ad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3ffa', table='members_positionevent', when='BEFORE'))],
            },
        ),
    ]
