#!/bin/sh
# Make the database and its three roles, once, as a superuser of PostgreSQL: who owns the tables, who works with them at
# the desk and cannot take their triggers away, and who reads what is published (its rights come from grant_public).
# Takes OWNER_PASSWORD, APP_PASSWORD and PUBLIC_PASSWORD from the environment; psql finds the server as it always does.
set -eu
export PGUSER="${PGUSER:-${POSTGRES_USER:-postgres}}"

psql --quiet --no-psqlrc --dbname postgres --set ON_ERROR_STOP=1 \
    --set owner="$OWNER_PASSWORD" --set app="$APP_PASSWORD" --set public="$PUBLIC_PASSWORD" <<'SQL'
CREATE ROLE casetracker_app LOGIN PASSWORD :'app';
CREATE ROLE casetracker_public LOGIN PASSWORD :'public';
-- Both are needed to set how sessions of the public role begin.
CREATE ROLE casetracker_owner LOGIN CREATEROLE PASSWORD :'owner';
GRANT casetracker_public TO casetracker_owner WITH ADMIN OPTION;
CREATE DATABASE casetracker OWNER casetracker_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE casetracker FROM PUBLIC;
GRANT CONNECT ON DATABASE casetracker TO casetracker_app;
SQL

psql --quiet --no-psqlrc --dbname casetracker --set ON_ERROR_STOP=1 <<'SQL'
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO casetracker_owner;
GRANT USAGE ON SCHEMA public TO casetracker_app;
-- For every table that a migration makes from now on.
ALTER DEFAULT PRIVILEGES FOR ROLE casetracker_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO casetracker_app;
ALTER DEFAULT PRIVILEGES FOR ROLE casetracker_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO casetracker_app;
SQL
