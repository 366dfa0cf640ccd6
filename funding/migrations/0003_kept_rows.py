"""Narrow rows beside the fundings, written by triggers alone: the pulse, what initiatives are found by, what is counted."""

from django.db import migrations

BEAT = """
INSERT INTO funding_fundingrevision (id, number) VALUES (1, 0);

CREATE FUNCTION funding_beat() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- Once a transaction, however many rows it wrote: the setting ends with it.
    IF current_setting('funding.beaten', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        UPDATE funding_fundingrevision SET number = number + 1;
        PERFORM set_config('funding.beaten', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER funding_initiative_beat AFTER INSERT OR UPDATE OR DELETE ON funding_initiative
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_beat();
CREATE CONSTRAINT TRIGGER funding_fundingline_beat AFTER INSERT OR UPDATE OR DELETE ON funding_fundingline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_beat();
CREATE CONSTRAINT TRIGGER funding_payment_beat AFTER INSERT OR UPDATE OR DELETE ON funding_payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_beat();
"""
STILL = """
DROP TRIGGER funding_initiative_beat ON funding_initiative;
DROP TRIGGER funding_fundingline_beat ON funding_fundingline;
DROP TRIGGER funding_payment_beat ON funding_payment;
DROP FUNCTION funding_beat();
"""
KEEP_FOUND_BY = """
CREATE FUNCTION funding_found_by_make(key bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- The lock first: the statement after it then sees the funding that another transaction has just committed.
    PERFORM 1 FROM funding_initiative WHERE id = key FOR NO KEY UPDATE;
    INSERT INTO funding_initiativesearchindex (initiative_id, funders, years, words)
    SELECT i.id,
        ARRAY(SELECT DISTINCT funder_id FROM funding_fundingline
              WHERE initiative_id = key AND state NOT IN ('draft', 'refused') ORDER BY 1),
        ARRAY(SELECT DISTINCT extract(year FROM decided_on)::smallint FROM funding_fundingline
              WHERE initiative_id = key AND state NOT IN ('draft', 'refused') AND decided_on IS NOT NULL ORDER BY 1),
        lower(unaccent(concat_ws(E'\\n', i.title, i.summary, i.place, i.bearer_name, bearer.name, i.reference)))
    FROM funding_initiative AS i LEFT JOIN members_organisation AS bearer ON bearer.id = i.bearer_id
    WHERE i.id = key
    ON CONFLICT (initiative_id) DO UPDATE
        SET funders = EXCLUDED.funders, years = EXCLUDED.years, words = EXCLUDED.words
        WHERE (funding_initiativesearchindex.funders, funding_initiativesearchindex.years, funding_initiativesearchindex.words)
            IS DISTINCT FROM (EXCLUDED.funders, EXCLUDED.years, EXCLUDED.words);
END $$;

CREATE FUNCTION funding_found_by_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'funding_initiative' THEN
        IF TG_OP = 'DELETE' THEN
            DELETE FROM funding_initiativesearchindex WHERE initiative_id = OLD.id;
        ELSE
            PERFORM funding_found_by_make(NEW.id);
        END IF;
    ELSIF TG_TABLE_NAME = 'funding_fundingline' THEN
        IF TG_OP <> 'INSERT' THEN PERFORM funding_found_by_make(OLD.initiative_id); END IF;
        IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.initiative_id <> OLD.initiative_id) THEN
            PERFORM funding_found_by_make(NEW.initiative_id);
        END IF;
    ELSE
        PERFORM funding_found_by_make(id) FROM funding_initiative WHERE bearer_id = NEW.id ORDER BY id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER funding_initiative_found_by
    AFTER INSERT OR DELETE OR UPDATE OF title, summary, place, bearer_id, bearer_name, reference ON funding_initiative
    FOR EACH ROW EXECUTE FUNCTION funding_found_by_written();
CREATE TRIGGER funding_fundingline_found_by
    AFTER INSERT OR DELETE OR UPDATE OF initiative_id, funder_id, state, decided_on ON funding_fundingline
    FOR EACH ROW EXECUTE FUNCTION funding_found_by_written();
CREATE TRIGGER funding_organisation_found_by AFTER UPDATE OF name ON members_organisation
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION funding_found_by_written();
"""
FORGET_FOUND_BY = """
DROP TRIGGER funding_initiative_found_by ON funding_initiative;
DROP TRIGGER funding_fundingline_found_by ON funding_fundingline;
DROP TRIGGER funding_organisation_found_by ON members_organisation;
DROP FUNCTION funding_found_by_written();
DROP FUNCTION funding_found_by_make(bigint);
"""
KEEP_COUNTED = """
CREATE FUNCTION funding_count_line(key bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO funding_fundinglinefact (line_id, initiative_id, funder_id, programme_id, draft_of_id, amount_agreed,
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
    IF NOT FOUND THEN DELETE FROM funding_fundinglinefact WHERE line_id = key; END IF;
END $$;

CREATE FUNCTION funding_counted_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM funding_fundinglinefact WHERE line_id = OLD.id;
    ELSE
        -- The lock first: whoever changes the initiative meanwhile waits, or has committed what is read below.
        PERFORM 1 FROM funding_initiative WHERE id = NEW.initiative_id FOR NO KEY UPDATE;
        PERFORM funding_count_line(NEW.id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION funding_initiative_counted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE funding_fundinglinefact SET programme_id = NEW.programme_id, draft_of_id = NEW.draft_of_id,
        main_sdg = NEW.main_sdg, region_group = NEW.region_group, stage = NEW.stage
    WHERE initiative_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER funding_fundingline_counted AFTER INSERT OR DELETE OR UPDATE OF initiative_id, funder_id, state,
    audience, amount_agreed, amount_amended, amount_paid, amount_returned, decided_on, signed_on ON funding_fundingline
    FOR EACH ROW EXECUTE FUNCTION funding_counted_written();
CREATE TRIGGER funding_initiative_counted
    AFTER UPDATE OF programme_id, draft_of_id, sdgs, regions, is_national, stage ON funding_initiative
    FOR EACH ROW EXECUTE FUNCTION funding_initiative_counted();
"""
FORGET_COUNTED = """
DROP TRIGGER funding_fundingline_counted ON funding_fundingline;
DROP TRIGGER funding_initiative_counted ON funding_initiative;
DROP FUNCTION funding_counted_written();
DROP FUNCTION funding_initiative_counted();
DROP FUNCTION funding_count_line(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0002_triggers"), ("members", "0001_initial")]
    operations = [
        migrations.RunSQL(BEAT, STILL),
        migrations.RunSQL(KEEP_FOUND_BY, FORGET_FOUND_BY),
        migrations.RunSQL(KEEP_COUNTED, FORGET_COUNTED),
    ]
