"""Sums kept by the database, region codes that exist, and histories that stay as written."""

from django.db import migrations

from core.db.immutable import protect

KEEP_SUMS = """
CREATE FUNCTION funding_keep_line(key bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- The lock first: the statement after it then sees what a concurrent payment has committed.
    PERFORM 1 FROM funding_fundingline WHERE id = key FOR UPDATE;
    UPDATE funding_fundingline AS line SET
        amount_amended = (SELECT coalesce(sum(change), 0) FROM funding_amendment WHERE line_id = key),
        amount_paid = (SELECT coalesce(sum(amount), 0) FROM funding_payment WHERE line_id = key AND kind = 'payment'),
        amount_returned = (SELECT coalesce(sum(amount), 0) FROM funding_payment WHERE line_id = key AND kind = 'return')
    WHERE line.id = key;
END $$;

CREATE FUNCTION funding_keep_instalment(key bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM funding_instalment WHERE id = key FOR UPDATE;
    UPDATE funding_instalment SET
        amount_paid = (SELECT coalesce(sum(amount), 0) FROM funding_payment WHERE instalment_id = key)
    WHERE id = key;
END $$;

CREATE FUNCTION funding_amendment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM funding_keep_line(OLD.line_id); END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.line_id <> OLD.line_id) THEN
        PERFORM funding_keep_line(NEW.line_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION funding_payment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM funding_keep_line(OLD.line_id);
        PERFORM funding_keep_instalment(OLD.instalment_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM funding_keep_line(NEW.line_id);
        PERFORM funding_keep_instalment(NEW.instalment_id);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER funding_amendment_sums AFTER INSERT OR UPDATE OR DELETE ON funding_amendment
    FOR EACH ROW EXECUTE FUNCTION funding_amendment_changed();
CREATE TRIGGER funding_payment_sums AFTER INSERT OR UPDATE OR DELETE ON funding_payment
    FOR EACH ROW EXECUTE FUNCTION funding_payment_changed();
"""
DROP_SUMS = """
DROP TRIGGER funding_amendment_sums ON funding_amendment;
DROP TRIGGER funding_payment_sums ON funding_payment;
DROP FUNCTION funding_amendment_changed();
DROP FUNCTION funding_payment_changed();
DROP FUNCTION funding_keep_line(bigint);
DROP FUNCTION funding_keep_instalment(bigint);
"""
KNOWN_REGIONS = """
CREATE FUNCTION funding_regions_exist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM unnest(NEW.regions) AS code WHERE code NOT IN (SELECT r.code FROM core_region r)) THEN
        RAISE EXCEPTION 'unknown region code in %', NEW.regions USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_initiative_regions BEFORE INSERT OR UPDATE OF regions ON funding_initiative
    FOR EACH ROW EXECUTE FUNCTION funding_regions_exist();
CREATE TRIGGER funding_commitment_regions BEFORE INSERT OR UPDATE OF regions ON funding_commitment
    FOR EACH ROW EXECUTE FUNCTION funding_regions_exist();
"""
FORGET_REGIONS = """
DROP TRIGGER funding_initiative_regions ON funding_initiative;
DROP TRIGGER funding_commitment_regions ON funding_commitment;
DROP FUNCTION funding_regions_exist();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial"), ("core", "0002_regions")]
    operations = [
        migrations.RunSQL(KEEP_SUMS, DROP_SUMS),
        migrations.RunSQL(KNOWN_REGIONS, FORGET_REGIONS),
        protect("funding_stagechange"),
        protect("funding_linechange"),
        protect("funding_frozenfigures"),
    ]
