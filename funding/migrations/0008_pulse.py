"""The pulse of the fundings, and the triggers that move it when a transaction that wrote one commits."""

from django.db import migrations, models

BEAT = """
INSERT INTO funding_pulse (id, beats) VALUES (1, 0);

CREATE FUNCTION funding_beat() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- Once a transaction, however many rows it wrote: the setting ends with it.
    IF current_setting('funding.beaten', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        UPDATE funding_pulse SET beats = beats + 1;
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


class Migration(migrations.Migration):
    dependencies = [("funding", "0007_follow_up")]

    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("beats", models.BigIntegerField(default=0, verbose_name="beats")),
            ],
            options={
                "verbose_name": "pulse of the fundings",
                "verbose_name_plural": "pulse of the fundings",
            },
        ),
        migrations.RunSQL(BEAT, STILL),
    ]
