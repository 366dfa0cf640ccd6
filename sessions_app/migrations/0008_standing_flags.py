import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    """Withdrawal has moved from the minutes as a whole to each version: the old flags go."""

    dependencies = [
        ('sessions_app', '0007_standing_rows'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='minutes',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='minutes',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='minutes',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='minutes',
            name='minutes_withdrawn_with_reason',
        ),
        migrations.RemoveField(
            model_name='minutes',
            name='withdrawal_reason',
        ),
        migrations.RemoveField(
            model_name='minutes',
            name='withdrawn_at',
        ),
        migrations.RemoveField(
            model_name='minutesevent',
            name='withdrawal_reason',
        ),
        migrations.RemoveField(
            model_name='minutesevent',
            name='withdrawn_at',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minutes',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sessions_app_minutesevent" ("changed_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "public_since", "session_id", "state") VALUES (NEW."changed_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."public_id", NEW."public_since", NEW."session_id", NEW."state"); RETURN NULL;', hash='751c4be22b55c9b0d501db3b5bd638f5e9cec51c', operation='INSERT', pgid='pgtrigger_insert_insert_fe5d9', table='sessions_app_minutes', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minutes',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sessions_app_minutesevent" ("changed_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "public_since", "session_id", "state") VALUES (NEW."changed_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."public_id", NEW."public_since", NEW."session_id", NEW."state"); RETURN NULL;', hash='a2beeb840a67628a4cbb122e081e8143008803b0', operation='UPDATE', pgid='pgtrigger_update_update_36d46', table='sessions_app_minutes', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minutes',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sessions_app_minutesevent" ("changed_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "public_since", "session_id", "state") VALUES (OLD."changed_at", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."public_id", OLD."public_since", OLD."session_id", OLD."state"); RETURN NULL;', hash='1f867924a799e881e7f70c361619978153211d73', operation='DELETE', pgid='pgtrigger_delete_delete_b1f73', table='sessions_app_minutes', when='AFTER')),
        ),
    ]
