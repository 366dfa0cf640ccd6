"""Fundings that are counted, each in one narrow row, kept by triggers and made for the fundings that are there."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION funding_count_line(key bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO funding_countedline (line_id, initiative_id, funder_id, programme_id, draft_of_id, amount_agreed,
        amount_amended, amount_paid, amount_returned, decided_year, main_sdg, region_group, stage, state, audience)
    SELECT line.id, i.id, line.funder_id, i.programme_id, i.draft_of_id, line.amount_agreed,
        line.amount_amended, line.amount_paid, line.amount_returned, line.decided_year, i.main_sdg, i.region_group,
        i.stage, line.state, line.audience
    FROM funding_fundingline AS line JOIN funding_initiative AS i ON i.id = line.initiative_id
    WHERE line.id = key AND line.state IN ('agreed', 'contracted', 'settled')
    ON CONFLICT (line_id) DO UPDATE SET initiative_id = EXCLUDED.initiative_id, funder_id = EXCLUDED.funder_id,
        programme_id = EXCLUDED.programme_id, draft_of_id = EXCLUDED.draft_of_id,
        amount_agreed = EXCLUDED.amount_agreed, amount_amended = EXCLUDED.amount_amended,
        amount_paid = EXCLUDED.amount_paid, amount_returned = EXCLUDED.amount_returned,
        decided_year = EXCLUDED.decided_year, main_sdg = EXCLUDED.main_sdg, region_group = EXCLUDED.region_group,
        stage = EXCLUDED.stage, state = EXCLUDED.state, audience = EXCLUDED.audience;
    IF NOT FOUND THEN DELETE FROM funding_countedline WHERE line_id = key; END IF;
END $$;

CREATE FUNCTION funding_counted_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM funding_countedline WHERE line_id = OLD.id;
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
    UPDATE funding_countedline SET programme_id = NEW.programme_id, draft_of_id = NEW.draft_of_id,
        main_sdg = NEW.main_sdg, region_group = NEW.region_group, stage = NEW.stage
    WHERE initiative_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER funding_fundingline_counted AFTER INSERT OR DELETE OR UPDATE OF initiative_id, funder_id, state,
    audience, amount_agreed, amount_amended, amount_paid, amount_returned, decided_on ON funding_fundingline
    FOR EACH ROW EXECUTE FUNCTION funding_counted_written();
CREATE TRIGGER funding_initiative_counted
    AFTER UPDATE OF programme_id, draft_of_id, sdgs, regions, is_national, stage ON funding_initiative
    FOR EACH ROW EXECUTE FUNCTION funding_initiative_counted();

SELECT count(funding_count_line(id)) FROM funding_fundingline;
"""
FORGET = """
DROP TRIGGER funding_fundingline_counted ON funding_fundingline;
DROP TRIGGER funding_initiative_counted ON funding_initiative;
DROP FUNCTION funding_counted_written();
DROP FUNCTION funding_initiative_counted();
DROP FUNCTION funding_count_line(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0012_years'),
        ('members', '0002_french_order_of_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountedLine',
            fields=[
                ('line', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='counted', serialize=False, to='funding.fundingline', verbose_name='funding line')),
                ('amount_agreed', models.DecimalField(decimal_places=2, default=Decimal('0'), editable=False, max_digits=14, verbose_name='amount agreed')),
                ('amount_amended', models.DecimalField(decimal_places=2, default=Decimal('0'), editable=False, max_digits=14, verbose_name='sum of the amendments')),
                ('amount_paid', models.DecimalField(decimal_places=2, default=Decimal('0'), editable=False, max_digits=14, verbose_name='sum paid')),
                ('amount_returned', models.DecimalField(decimal_places=2, default=Decimal('0'), editable=False, max_digits=14, verbose_name='sum paid back')),
                ('decided_year', models.SmallIntegerField(verbose_name='year of decision')),
                ('main_sdg', models.SmallIntegerField(null=True, verbose_name='main SDG')),
                ('region_group', models.CharField(max_length=8, verbose_name='region')),
                ('stage', models.CharField(max_length=12, verbose_name='stage')),
                ('state', models.CharField(max_length=12, verbose_name='state')),
                ('audience', models.CharField(max_length=10, verbose_name='who may see the amount')),
                ('draft_of', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='members.organisation', verbose_name='draft of')),
                ('funder', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='members.organisation', verbose_name='funder')),
                ('initiative', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='funding.initiative', verbose_name='initiative')),
                ('programme', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='funding.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'counted funding',
                'verbose_name_plural': 'counted fundings',
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
