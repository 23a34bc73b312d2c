-- The auditor's desk: what is searched there, files that are handed over, and the end of a record's time (decisions 0076 to 0078).

-- What the desk searches of each entry and audit event. A projection: everything in it stands elsewhere.
CREATE TABLE "SearchText" (
    "id" BIGSERIAL NOT NULL,
    "ceremony" TEXT,
    "seq" INTEGER,
    "event" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT,
    "keys" TEXT[],
    "script" TEXT,
    "words" TEXT NOT NULL,

    CONSTRAINT "SearchText_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "SearchText_ceremony_seq_key" ON "SearchText"("ceremony", "seq");
CREATE UNIQUE INDEX "SearchText_event_key" ON "SearchText"("event");
CREATE INDEX "SearchText_at_idx" ON "SearchText"("at");
CREATE INDEX "SearchText_keys_idx" ON "SearchText" USING GIN ("keys");
-- Names and labels in any language: no stemming, no words left out.
CREATE INDEX "SearchText_words" ON "SearchText" USING GIN (to_tsvector('simple', "words"));

-- Files that answer a request, populations of samples, closed audit files, certificates of destruction: each under its hash.
CREATE TABLE "DeskFile" (
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DeskFile_pkey" PRIMARY KEY ("sha256"),
    CONSTRAINT "DeskFile_hash_of_bytes" CHECK ("sha256" = encode(sha256("bytes"), 'hex')),
    CONSTRAINT "DeskFile_size_of_bytes" CHECK ("size" = octet_length("bytes") AND "size" BETWEEN 1 AND 268435456)
);

-- Which records were destroyed, and by which event of the audit trail.
CREATE TABLE "Destruction" (
    "ceremony" TEXT NOT NULL,
    "event" BIGINT NOT NULL,
    "certificate" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Destruction_pkey" PRIMARY KEY ("ceremony")
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['DeskFile', 'Destruction'] LOOP
    EXECUTE format(
      'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change()',
      name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', name);
  END LOOP;
END
$$;

-- 1. A matter of the desk (a request, a sample, a hold) is the events that name it: each follows the one its author saw. ----------

CREATE INDEX "AuditEvent_kind_idx" ON "AuditEvent"("kind");
CREATE UNIQUE INDEX "AuditEvent_matter_n" ON "AuditEvent" (("facts" ->> 'matter'), ("facts" ->> 'n')) WHERE "facts" ? 'matter';

-- 2. The end of a record's time -------------------------------------------------------------------------------------------------

-- Nothing is destroyed before seven years are over since the recorder closed the ceremony, under a hold, or by one person alone:
-- whoever writes the row, the owner too. That a key still lives is the app's to know.
CREATE FUNCTION claviger_check_destruction() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  closed timestamptz;
  hold text;
  ordered record;
  confirmed record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claviger/entry/' || NEW."ceremony", 0));
  SELECT "at" INTO closed FROM "Entry" WHERE "ceremony" = NEW."ceremony" AND "kind" = 'ceremony-closed' AND "by" = 'recorder';
  IF closed IS NULL OR closed > clock_timestamp() - interval '7 years' THEN
    RAISE EXCEPTION 'the record of ceremony % is still to be kept', NEW."ceremony" USING ERRCODE = 'CV003';
  END IF;
  SELECT "kind" INTO hold FROM "AuditEvent" WHERE "facts" ->> 'matter' = 'hold/' || NEW."ceremony" ORDER BY "id" DESC LIMIT 1;
  IF hold IN ('hold-asked', 'hold-set', 'hold-lift-asked') THEN
    RAISE EXCEPTION 'the record of ceremony % is held', NEW."ceremony" USING ERRCODE = 'CV003';
  END IF;
  SELECT "id", "kind", "by", "facts" INTO confirmed FROM "AuditEvent"
    WHERE "facts" ->> 'matter' = 'destruction/' || NEW."ceremony" ORDER BY "id" DESC LIMIT 1;
  SELECT "kind", "by" INTO ordered FROM "AuditEvent"
    WHERE "facts" ->> 'matter' = 'destruction/' || NEW."ceremony" AND "id" < confirmed."id" ORDER BY "id" DESC LIMIT 1;
  IF (ordered."kind", confirmed."kind", confirmed."id", confirmed."facts" ->> 'certificate') IS DISTINCT FROM
     ('record-destruction-ordered', 'record-destroyed', NEW."event", NEW."certificate")
     OR ordered."by" IS NULL OR ordered."by" = confirmed."by" THEN
    RAISE EXCEPTION 'the destruction of the record of ceremony % was not decided by two people', NEW."ceremony" USING ERRCODE = 'CV003';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER check_destruction BEFORE INSERT ON "Destruction" FOR EACH ROW EXECUTE FUNCTION claviger_check_destruction();
ALTER TABLE "Destruction" ENABLE ALWAYS TRIGGER check_destruction;

-- What may go with a destroyed record. A statement that could touch these tables is refused as ever, unless it says that it destroys;
-- then each row is asked, so that saying so helps nobody with any other row.
CREATE OR REPLACE FUNCTION claviger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'TRUNCATE' AND TG_TABLE_NAME IN ('Entry', 'Record', 'EvidenceFile', 'NotebookPage')
     AND current_setting('claviger.destroys', true) = 'yes' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'the table % is append-only; % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CV001';
END
$$;

CREATE FUNCTION claviger_only_destroyed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM "Destruction" WHERE "ceremony" = OLD."ceremony";
  IF FOUND AND TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'Entry' THEN
    RETURN OLD;
  END IF;
  -- Of an entry only the openings go: hash, chain and leaf stay, and what was committed to can no longer be read or tried.
  IF FOUND AND TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'Entry' THEN
    IF (to_jsonb(OLD) - 'openings') = (to_jsonb(NEW) - 'openings') AND (to_jsonb(NEW) -> 'openings') = '[]'::jsonb THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the table % is append-only; % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CV001';
END
$$;

CREATE FUNCTION claviger_not_after_destruction() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM "Destruction" WHERE "ceremony" = NEW."ceremony";
  IF FOUND THEN
    RAISE EXCEPTION 'the record of ceremony % was destroyed', NEW."ceremony" USING ERRCODE = 'CV003';
  END IF;
  RETURN NEW;
END
$$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['Entry', 'Record', 'EvidenceFile', 'NotebookPage'] LOOP
    EXECUTE format('CREATE TRIGGER only_destroyed BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION claviger_only_destroyed()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER only_destroyed', name);
    EXECUTE format('CREATE TRIGGER not_after_destruction BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION claviger_not_after_destruction()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER not_after_destruction', name);
  END LOOP;
END
$$;

-- The one way: nobody has the privilege to delete or to change any of it, the app may only ask for this.
CREATE FUNCTION claviger_destroy_record(destroyed text, by_event bigint, certificate_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "Destruction" ("ceremony", "event", "certificate") VALUES (destroyed, by_event, certificate_hash);
  PERFORM set_config('claviger.destroys', 'yes', true);
  DELETE FROM "Record" WHERE "ceremony" = destroyed;
  DELETE FROM "EvidenceFile" WHERE "ceremony" = destroyed;
  DELETE FROM "NotebookPage" WHERE "ceremony" = destroyed;
  DELETE FROM "SecretPart" WHERE "ceremony" = destroyed;
  DELETE FROM "SearchText" WHERE "ceremony" = destroyed;
  UPDATE "Entry" SET "openings" = '[]'::jsonb WHERE "ceremony" = destroyed;
  PERFORM set_config('claviger.destroys', '', true);
END
$$;
REVOKE ALL ON FUNCTION claviger_destroy_record(text, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claviger_destroy_record(text, bigint, text) TO claviger_app;

GRANT SELECT, INSERT, DELETE ON "SearchText" TO claviger_app;
GRANT USAGE ON SEQUENCE "SearchText_id_seq" TO claviger_app;
GRANT SELECT, INSERT ON "DeskFile" TO claviger_app;
GRANT SELECT ON "Destruction" TO claviger_app, claviger_worker;
