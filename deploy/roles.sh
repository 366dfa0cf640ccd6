#!/bin/sh
# Run once by the PostgreSQL container, when its volume is new: the two roles and the database. The owner may
# make databases: `manage.py restore --try` brings an archive back into one of its own.
set -eu
psql -v ON_ERROR_STOP=1 -v owner_password="$PORTAL_OWNER_PASSWORD" -v app_password="$PORTAL_APP_PASSWORD" \
    --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role portal_owner login createdb password :'owner_password';
create role portal_app login password :'app_password';
create database portal owner portal_owner template template0;
revoke connect on database portal from public;
grant connect on database portal to portal_app;
SQL
