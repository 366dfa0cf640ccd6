"""The row kept of a granted funding also holds the day of its contract; what was done to a funding stays as written."""

from django.db import migrations

from core.db.immutable import protect

KEEP_SIGNED = """
CREATE OR REPLACE FUNCTION funding_count_line(key bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO funding_countedline (line_id, initiative_id, funder_id, programme_id, draft_of_id, amount_agreed,
        amount_amended, amount_paid, amount_returned, decided_year, main_sdg, region_group, stage, state, audience,
        signed_on)
    SELECT line.id, i.id, line.funder_id, i.programme_id, i.draft_of_id, line.amount_agreed,
        line.amount_amended, line.amount_paid, line.amount_returned, line.decided_year, i.main_sdg, i.region_group,
        i.stage, line.state, line.audience, line.signed_on
    FROM funding_fundingline AS line JOIN funding_initiative AS i ON i.id = line.initiative_id
    WHERE line.id = key AND line.state IN ('agreed', 'contracted', 'settled')
    ON CONFLICT (line_id) DO UPDATE SET initiative_id = EXCLUDED.initiative_id, funder_id = EXCLUDED.funder_id,
        programme_id = EXCLUDED.programme_id, draft_of_id = EXCLUDED.draft_of_id,
        amount_agreed = EXCLUDED.amount_agreed, amount_amended = EXCLUDED.amount_amended,
        amount_paid = EXCLUDED.amount_paid, amount_returned = EXCLUDED.amount_returned,
        decided_year = EXCLUDED.decided_year, main_sdg = EXCLUDED.main_sdg, region_group = EXCLUDED.region_group,
        stage = EXCLUDED.stage, state = EXCLUDED.state, audience = EXCLUDED.audience, signed_on = EXCLUDED.signed_on;
    IF NOT FOUND THEN DELETE FROM funding_countedline WHERE line_id = key; END IF;
END $$;

DROP TRIGGER funding_fundingline_counted ON funding_fundingline;
CREATE TRIGGER funding_fundingline_counted AFTER INSERT OR DELETE OR UPDATE OF initiative_id, funder_id, state,
    audience, amount_agreed, amount_amended, amount_paid, amount_returned, decided_on, signed_on ON funding_fundingline
    FOR EACH ROW EXECUTE FUNCTION funding_counted_written();

UPDATE funding_countedline AS counted SET signed_on = line.signed_on
FROM funding_fundingline AS line WHERE line.id = counted.line_id AND line.signed_on IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0005_corrections")]
    operations = [
        migrations.RunSQL(KEEP_SIGNED, migrations.RunSQL.noop),
        protect("funding_linechange"),
    ]
