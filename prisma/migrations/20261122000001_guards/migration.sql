-- What may never change, and who may do what. lib/store has the tests.

-- The roles are made by whoever sets the database up (cli/setup/database.mjs). A database owner who may make roles gets them here.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['claviger_app', 'claviger_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    END IF;
  END LOOP;
END
$$;

-- 1. Shapes ---------------------------------------------------------------------------------------------------------------

ALTER TABLE "Entry"
  ADD CONSTRAINT "Entry_seq_from_zero" CHECK ("seq" >= 0),
  ADD CONSTRAINT "Entry_first_has_no_prev" CHECK (("seq" = 0) = ("prev" IS NULL)),
  ADD CONSTRAINT "Entry_hash_of_bytes" CHECK ("hash" = encode(sha256("bytes"), 'hex'));
ALTER TABLE "ScriptEdition" ADD CONSTRAINT "ScriptEdition_hash_of_bytes" CHECK ("hash" = encode(sha256("bytes"), 'hex'));
ALTER TABLE "RosterVersion"
  ADD CONSTRAINT "RosterVersion_hash_of_bytes" CHECK ("hash" = encode(sha256("bytes"), 'hex')),
  ADD CONSTRAINT "RosterVersion_mode" CHECK ("mode" IN ('rehearsal', 'production'));
ALTER TABLE "Record" ADD CONSTRAINT "Record_sha256_of_pdf" CHECK ("sha256" = encode(sha256("pdf"), 'hex'));
ALTER TABLE "Session" ADD CONSTRAINT "Session_only_passkeys_sign" CHECK ("means" = 'passkey' OR NOT "canSign");

-- 2. Append-only, for everybody: the owner and a superuser too, until they take the trigger off ------------------------------

CREATE FUNCTION claviger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the table % is append-only; % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CV001';
END
$$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['Entry', 'ScriptEdition', 'RosterVersion', 'Record', 'AuditEvent'] LOOP
    EXECUTE format(
      'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change()',
      name);
    -- ALWAYS: session_replication_role = replica does not get round it either.
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', name);
  END LOOP;
END
$$;

-- 3. The chain --------------------------------------------------------------------------------------------------------------

-- The path is fixed, temporary tables last: a writer's own table called "Entry" must not be what these functions look at.

-- An entry follows the last one or is refused: unique_violation when somebody else has that place already (the writer reads
-- again and asks the rules again), CV002 for a gap, a wrong prev, or columns that say something else than the bytes.
CREATE FUNCTION claviger_check_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  head record;
  said jsonb;
BEGIN
  -- One writer per ceremony at a time; each statement after it sees what the writer before committed.
  PERFORM pg_advisory_xact_lock(hashtextextended('claviger/entry/' || NEW."ceremony", 0));
  SELECT "seq", "hash" INTO head FROM "Entry" WHERE "ceremony" = NEW."ceremony" ORDER BY "seq" DESC LIMIT 1;

  IF NEW."seq" <= COALESCE(head."seq", -1) THEN
    RAISE EXCEPTION 'entry % of ceremony % is there already', NEW."seq", NEW."ceremony"
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'Entry_pkey', TABLE = 'Entry',
            DETAIL = format('Key (ceremony, seq)=(%s, %s) already exists.', NEW."ceremony", NEW."seq");
  END IF;
  IF NEW."seq" <> COALESCE(head."seq", -1) + 1 THEN
    RAISE EXCEPTION 'entry % of ceremony % leaves a gap after %', NEW."seq", NEW."ceremony", head."seq" USING ERRCODE = 'CV002';
  END IF;
  IF NEW."prev" IS DISTINCT FROM head."hash" THEN
    RAISE EXCEPTION 'entry % of ceremony % does not follow the last one', NEW."seq", NEW."ceremony" USING ERRCODE = 'CV002';
  END IF;

  said := convert_from(NEW."bytes", 'UTF8')::jsonb;
  IF (said ->> 'ceremony', (said ->> 'seq')::int, said ->> 'prev', said ->> 'kind', said ->> 'by', (said ->> 'at')::timestamptz)
     IS DISTINCT FROM (NEW."ceremony", NEW."seq", NEW."prev", NEW."kind", NEW."by", NEW."at") THEN
    RAISE EXCEPTION 'the columns of entry % of ceremony % differ from its bytes', NEW."seq", NEW."ceremony" USING ERRCODE = 'CV002';
  END IF;

  -- The worker writes the recorder's entries and no others; the app writes people's.
  IF NOT pg_has_role(current_user, CASE WHEN NEW."by" = 'recorder' THEN 'claviger_worker' ELSE 'claviger_app' END, 'USAGE') THEN
    RAISE EXCEPTION '% may not write an entry of %', current_user, NEW."by" USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW."createdAt" := clock_timestamp();
  RETURN NEW;
END
$$;

CREATE TRIGGER check_entry BEFORE INSERT ON "Entry" FOR EACH ROW EXECUTE FUNCTION claviger_check_entry();
ALTER TABLE "Entry" ENABLE ALWAYS TRIGGER check_entry;

-- Each mode's rosters are a chain of their own.
CREATE FUNCTION claviger_check_roster() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  head record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claviger/roster/' || NEW."mode", 0));
  SELECT "version", "hash" INTO head FROM "RosterVersion" WHERE "mode" = NEW."mode" ORDER BY "version" DESC LIMIT 1;
  IF NEW."version" <= COALESCE(head."version", 0) THEN
    RAISE EXCEPTION 'roster version % is there already', NEW."version"
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'RosterVersion_mode_version_key', TABLE = 'RosterVersion',
            DETAIL = format('Key (mode, version)=(%s, %s) already exists.', NEW."mode", NEW."version");
  END IF;
  IF NEW."version" <> COALESCE(head."version", 0) + 1 OR NEW."prev" IS DISTINCT FROM head."hash" THEN
    RAISE EXCEPTION 'roster version % does not follow version %', NEW."version", COALESCE(head."version", 0) USING ERRCODE = 'CV002';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER check_roster BEFORE INSERT ON "RosterVersion" FOR EACH ROW EXECUTE FUNCTION claviger_check_roster();
ALTER TABLE "RosterVersion" ENABLE ALWAYS TRIGGER check_roster;

-- 4. Live -------------------------------------------------------------------------------------------------------------------

-- One channel, told when the change is committed: {ceremony, seq, kind} for an entry.
CREATE FUNCTION claviger_tell_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('claviger', json_build_object('ceremony', NEW."ceremony", 'seq', NEW."seq", 'kind', NEW."kind")::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_entry AFTER INSERT ON "Entry" FOR EACH ROW EXECUTE FUNCTION claviger_tell_entry();

CREATE FUNCTION claviger_tell_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('claviger', json_build_object('ceremony', NEW."ceremony", 'seq', NULL, 'kind', 'record-sealed')::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_record AFTER INSERT ON "Record" FOR EACH ROW EXECUTE FUNCTION claviger_tell_record();

-- A heartbeat alone is nothing to tell.
CREATE FUNCTION claviger_tell_health() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR (OLD."state", OLD."sentence", OLD."facts") IS DISTINCT FROM (NEW."state", NEW."sentence", NEW."facts") THEN
    PERFORM pg_notify('claviger', json_build_object('ceremony', NULL, 'seq', NULL, 'kind', 'worker-health')::text);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_health AFTER INSERT OR UPDATE ON "WorkerHealth" FOR EACH ROW EXECUTE FUNCTION claviger_tell_health();

-- 5. Privileges: nothing that is not said here ------------------------------------------------------------------------------

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, claviger_app, claviger_worker;
GRANT USAGE ON SCHEMA public TO claviger_app, claviger_worker;

GRANT SELECT, INSERT ON "Entry", "ScriptEdition", "RosterVersion", "AuditEvent", "Account" TO claviger_app;
GRANT USAGE ON SEQUENCE "AuditEvent_id_seq" TO claviger_app;
GRANT SELECT ON "Record", "WorkerHealth" TO claviger_app;
GRANT SELECT, INSERT, UPDATE ON "Person", "Passkey", "EnrolmentLink", "Session" TO claviger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "Ceremony", "RateWindow", "SignInChallenge" TO claviger_app;

GRANT SELECT, INSERT ON "Entry", "Record" TO claviger_worker;
GRANT SELECT ON "ScriptEdition", "RosterVersion" TO claviger_worker;
GRANT SELECT, INSERT, UPDATE ON "Ceremony" TO claviger_worker;
GRANT SELECT, INSERT, UPDATE ON "WorkerHealth" TO claviger_worker;
