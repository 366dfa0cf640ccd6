"""What the database refuses, whichever role asks: moving a started mandate, rewriting the steps of a handover."""

from django.db import migrations

from core.db.immutable import protect

STARTED = """
CREATE FUNCTION governance_mandate_started() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a mandate that has started is neither moved nor removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER governance_mandate_started_delete BEFORE DELETE ON governance_mandate
    FOR EACH ROW WHEN (OLD.starts_at <= now()) EXECUTE FUNCTION governance_mandate_started();
CREATE TRIGGER governance_mandate_started_update BEFORE UPDATE ON governance_mandate
    FOR EACH ROW WHEN (
        OLD.starts_at <= now()
        AND (NEW.starts_at, NEW.organisation_id, NEW.kind) IS DISTINCT FROM (OLD.starts_at, OLD.organisation_id, OLD.kind)
    ) EXECUTE FUNCTION governance_mandate_started();
"""
UNDO = """
DROP TRIGGER governance_mandate_started_delete ON governance_mandate;
DROP TRIGGER governance_mandate_started_update ON governance_mandate;
DROP FUNCTION governance_mandate_started();
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]

    operations = [
        migrations.RunSQL(STARTED, UNDO),
        protect("governance_handoverstep"),
        protect("governance_handoverdocument"),
        protect("governance_interimrequest"),
    ]
