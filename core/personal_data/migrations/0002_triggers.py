"""What erasing a person may change in rows that nobody else may, and the tombstones that stay as they were written."""

from django.db import migrations

from core.db.immutable import protect

# Runs as the owner: the application may not write the audit or immutable rows. It serves one row of the tombstones,
# once; the published record is out of its reach whatever `spared` says. Each table is changed with its triggers asleep
# for this transaction alone, so that the audit does not note again what is taken out of it.
REDACT = """
CREATE FUNCTION portal_redact(tombstone bigint, terms jsonb, spared text[]) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    spot record;
    term jsonb;
    needle text;
    written text;
    hits bigint;
    digest text;
    told jsonb := '{}';
    digests text := '';
BEGIN
    PERFORM 1 FROM personal_data_erasure WHERE id = tombstone AND redacted IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no erasure waits under this number' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    FOR spot IN
        SELECT c.relname AS place, a.attname AS name, format_type(a.atttypid, NULL) AS kind,
            CASE WHEN a.atttypmod > 4 THEN a.atttypmod - 4 ELSE 1000000000 END AS longest
        FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            AND format_type(a.atttypid, NULL) IN ('text', 'character varying', 'jsonb', 'text[]', 'character varying[]')
            AND c.relname <> ALL (spared)
            AND c.relname NOT IN (
                'sessions_app_minutesversion', 'sessions_app_decisionrecord', 'personal_data_erasure',
                'django_migrations', 'django_content_type', 'auth_permission'
            )
            AND NOT EXISTS (
                SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)
            )
        ORDER BY c.relname, a.attname
    LOOP
        FOR term IN SELECT * FROM jsonb_array_elements(terms) LOOP
            needle := CASE WHEN spot.kind = 'jsonb' THEN term ->> 'json' ELSE term ->> 'plain' END;
            EXECUTE format(
                'SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(%1$I::text, chr(10) ORDER BY ctid), '
                || quote_literal('') || '), ' || quote_literal('UTF8') || ')), ' || quote_literal('hex') || ')'
                || ' FROM %2$I WHERE %1$I::text ~* $1', spot.name, spot.place
            ) INTO hits, digest USING needle;
            CONTINUE WHEN hits = 0;
            written := CASE
                WHEN spot.kind = 'jsonb' THEN 'regexp_replace(%1$I::text, $1, $2, ''gi'')::jsonb'
                WHEN spot.kind LIKE '%[]' THEN
                    '(SELECT array_agg(left(regexp_replace(part, $1, $2, ''gi''), %3$s)) FROM unnest(%1$I) AS part)'
                ELSE 'left(regexp_replace(%1$I, $1, $2, ''gi''), %3$s)'
            END;
            EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', spot.place);
            EXECUTE format(
                'UPDATE %2$I SET %1$I = ' || written || ' WHERE %1$I::text ~* $1', spot.name, spot.place, spot.longest
            ) USING needle, term ->> 'by';
            SET CONSTRAINTS ALL IMMEDIATE;
            EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', spot.place);
            told := jsonb_set(
                told, ARRAY[spot.place || '.' || spot.name],
                to_jsonb(coalesce((told ->> (spot.place || '.' || spot.name))::bigint, 0) + hits)
            );
            digests := digests || spot.place || '.' || spot.name || ' ' || digest || chr(10);
        END LOOP;
    END LOOP;
    UPDATE personal_data_erasure
        SET redacted = told, sha256 = encode(sha256(convert_to(digests, 'UTF8')), 'hex')
        WHERE id = tombstone;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("personal_data", "0001_initial")]
    operations = [
        migrations.RunSQL(REDACT, "DROP FUNCTION portal_redact;"),
        protect("personal_data_erasure", when="OLD.redacted IS NOT NULL"),
    ]
