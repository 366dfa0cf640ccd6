"""What an initiative is found by, kept by triggers beside it, and made for the initiatives that are there."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION funding_found_by_make(key bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- The lock first: the statement after it then sees the funding that another transaction has just committed.
    PERFORM 1 FROM funding_initiative WHERE id = key FOR NO KEY UPDATE;
    INSERT INTO funding_foundby (initiative_id, funders, years, words)
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
        WHERE (funding_foundby.funders, funding_foundby.years, funding_foundby.words)
            IS DISTINCT FROM (EXCLUDED.funders, EXCLUDED.years, EXCLUDED.words);
END $$;

CREATE FUNCTION funding_found_by_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'funding_initiative' THEN
        IF TG_OP = 'DELETE' THEN
            DELETE FROM funding_foundby WHERE initiative_id = OLD.id;
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

SELECT count(funding_found_by_make(id)) FROM funding_initiative;
"""
FORGET = """
DROP TRIGGER funding_initiative_found_by ON funding_initiative;
DROP TRIGGER funding_fundingline_found_by ON funding_fundingline;
DROP TRIGGER funding_organisation_found_by ON members_organisation;
DROP FUNCTION funding_found_by_written();
DROP FUNCTION funding_found_by_make(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0010_line_closed_last"), ("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="FoundBy",
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
        migrations.RunSQL(KEEP, FORGET),
    ]
