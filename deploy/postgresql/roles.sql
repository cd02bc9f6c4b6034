-- Run once as a superuser: psql -f roles.sql. Then `portal init` with the owner's login grants the rest.
-- The owner migrates; nothing that serves a request logs in as the owner.
CREATE ROLE namro_owner LOGIN CREATEROLE;
CREATE DATABASE namro OWNER namro_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE namro FROM PUBLIC;

-- After the first `portal init` (it makes portal_public and portal_desk), still as a superuser:
--   CREATE ROLE namro_public LOGIN IN ROLE portal_public;
--   CREATE ROLE namro_desk   LOGIN IN ROLE portal_desk;
--   GRANT CONNECT ON DATABASE namro TO namro_public, namro_desk;
-- The public host is given the login namro_public and nothing else (pg_hba.conf: hostssl, scram-sha-256).
