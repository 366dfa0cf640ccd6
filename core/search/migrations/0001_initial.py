"""Text search in French and English, and the tables of the index."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import core.partial_dates.fields

# Elisions (l', d', qu') are parted by PostgreSQL's parser and dropped as stop words, which are looked up before the
# accents go: "à" and "été" are stop words, "a" and "ete" would not be.
CONFIGURATIONS = """
CREATE TEXT SEARCH DICTIONARY public.portal_stop (TEMPLATE = pg_catalog.simple, STOPWORDS = french, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION public.portal_fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
    WITH public.portal_stop, public.unaccent, pg_catalog.french_stem;
CREATE TEXT SEARCH CONFIGURATION public.portal_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
    WITH public.unaccent, pg_catalog.english_stem;
CREATE TEXT SEARCH CONFIGURATION public.portal_words (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION public.portal_words
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
    WITH public.portal_stop, public.unaccent, pg_catalog.simple;
"""
NO_CONFIGURATIONS = """
DROP TEXT SEARCH CONFIGURATION public.portal_words;
DROP TEXT SEARCH CONFIGURATION public.portal_en;
DROP TEXT SEARCH CONFIGURATION public.portal_fr;
DROP TEXT SEARCH DICTIONARY public.portal_stop;
"""
# `search_kept`: the small words that PostgreSQL's own list of stop words lacks are left out.
# `search_joined`: "co-financement", "co financement" and "cofinancement" are one word, found by "financement" too.
# `search_roots`: words by their first six letters, marked with "~" so that they are never taken for a stem:
# "inscriptions" finds "inscrite", and whoever still types finds by what is typed.
FUNCTIONS = r"""
CREATE FUNCTION public.search_kept(body text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN pg_catalog.regexp_replace($1, '(^|[[:space:][:punct:]])(les|leurs|ils|elles|cet|cette|ceux|celles?|celui|dont|où|si|'
    || 'comme|ainsi|donc|quels?|quelles?|ni)(?=$|[[:space:][:punct:]])', '\1', 'gi');
CREATE FUNCTION public.search_joined(body text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN pg_catalog.regexp_replace(public.search_kept($1),
    '(^|[[:space:][:punct:]])(co|inter|multi|pluri|micro|trans)[- ]?([^[:space:][:punct:]]{5,})', '\1\3 \2\3', 'gi');
CREATE FUNCTION public.search_asked(body text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN pg_catalog.regexp_replace(public.search_kept($1),
    '(^|[[:space:][:punct:]])(co|inter|multi|pluri|micro|trans)[- ]([^[:space:][:punct:]]{4,})', '\1\2\3', 'gi');
CREATE FUNCTION public.search_roots(body text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN pg_catalog.array_to_tsvector(ARRAY(
    SELECT DISTINCT '~' || pg_catalog.left(word, 6) FROM pg_catalog.unnest(pg_catalog.tsvector_to_array(
        pg_catalog.to_tsvector('public.portal_words', public.search_joined($1)))) AS word));
CREATE FUNCTION public.search_stems(body text, language text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE WHEN $2 = 'en' THEN pg_catalog.to_tsvector('public.portal_en', $1)
    ELSE pg_catalog.to_tsvector('public.portal_fr', public.search_joined($1)) END;
CREATE FUNCTION public.search_vector(names text, body text, language text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN pg_catalog.setweight(public.search_stems($1, $3), 'A') || pg_catalog.setweight(public.search_stems($2, $3), 'B')
    || public.search_roots($1 || ' ' || $2);
CREATE FUNCTION public.search_query(body text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN pg_catalog.websearch_to_tsquery('public.portal_fr', public.search_asked($1))
    || pg_catalog.websearch_to_tsquery('public.portal_en', $1);
CREATE FUNCTION public.search_beginnings(body text, mark text, joined text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN (SELECT coalesce(pg_catalog.string_agg(
    '''' || pg_catalog.replace(pg_catalog.replace($2 || pg_catalog.left(word, 6), '\', '\\'), '''', '''''') || ''':*', $3), '')
    FROM pg_catalog.unnest(pg_catalog.tsvector_to_array(
        pg_catalog.to_tsvector('public.portal_words', public.search_asked($1)))) AS word)::tsquery;
"""
NO_FUNCTIONS = """
DROP FUNCTION public.search_beginnings(text, text, text);
DROP FUNCTION public.search_query(text);
DROP FUNCTION public.search_vector(text, text, text);
DROP FUNCTION public.search_stems(text, text);
DROP FUNCTION public.search_roots(text);
DROP FUNCTION public.search_asked(text);
DROP FUNCTION public.search_joined(text);
DROP FUNCTION public.search_kept(text);
"""
# The functions of the triggers that `core.search.triggers` ties to the tables of the sources.
MARKS = """
CREATE FUNCTION public.search_mark() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    found bigint;
BEGIN  -- arguments: kind, column that holds the object's key
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN
        RETURN NULL;  -- written anew as it was: nothing to read again
    END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO found USING OLD;
        IF found IS NOT NULL THEN
            INSERT INTO search_pendingchange (kind, object_id) VALUES (TG_ARGV[0], found);
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO found USING NEW;
        IF found IS NOT NULL THEN
            INSERT INTO search_pendingchange (kind, object_id) VALUES (TG_ARGV[0], found);
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.search_mark_through() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN  -- arguments: kind, table, its column, column here that it is compared with, its column of the object's key
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format('INSERT INTO search_pendingchange (kind, object_id) SELECT $2, %I FROM %I WHERE %I = ($1).%I',
            TG_ARGV[4], TG_ARGV[1], TG_ARGV[2], TG_ARGV[3]) USING OLD, TG_ARGV[0];
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format('INSERT INTO search_pendingchange (kind, object_id) SELECT $2, %I FROM %I WHERE %I = ($1).%I',
            TG_ARGV[4], TG_ARGV[1], TG_ARGV[2], TG_ARGV[3]) USING NEW, TG_ARGV[0];
    END IF;
    RETURN NULL;
END $$;
"""
NO_MARKS = """
DROP FUNCTION public.search_mark_through() CASCADE;
DROP FUNCTION public.search_mark() CASCADE;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(CONFIGURATIONS, NO_CONFIGURATIONS),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(MARKS, NO_MARKS),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('object_id', models.BigIntegerField()),
                ('position', models.PositiveIntegerField(default=0)),
                ('address', models.CharField(max_length=300)),
                ('public_address', models.CharField(blank=True, max_length=300)),
                ('anchor', models.CharField(blank=True, max_length=60)),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], default='fr', max_length=2)),
                ('title', models.CharField(max_length=300)),
                ('names', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('date', core.partial_dates.fields.PartialDateField(null=True)),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('reserved', models.BooleanField(default=False)),
                ('vector', models.GeneratedField(db_persist=True, expression=models.Func(models.F('names'), models.F('text'), models.F('language'), function='search_vector'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'verbose_name': 'passage',
                'verbose_name_plural': 'passages',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['vector'], name='passage_vector'), models.Index(fields=['kind', 'object_id'], name='passage_of_object')],
            },
        ),
        migrations.CreateModel(
            name='PendingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('object_id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'change to be indexed',
                'verbose_name_plural': 'changes to be indexed',
                'indexes': [models.Index(fields=['kind', 'object_id'], name='pending_of_object')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': 'word of the index',
                'verbose_name_plural': 'words of the index',
                'indexes': [django.contrib.postgres.indexes.GistIndex(django.contrib.postgres.indexes.OpClass(models.F('key'), 'gist_trgm_ops'), name='word_by_likeness')],
            },
        ),
    ]
