-- What custodians agree to outside of any ceremony: the next roster, a script for production.

-- CreateTable
CREATE TABLE "Endorsement" (
    "hash" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "roster" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Endorsement_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "Endorsement_document_roster_person_key" ON "Endorsement"("document", "roster", "person");

ALTER TABLE "Endorsement"
  ADD CONSTRAINT "Endorsement_hash_of_bytes" CHECK ("hash" = encode(sha256("bytes"), 'hex')),
  ADD CONSTRAINT "Endorsement_what" CHECK ("what" IN ('roster', 'script'));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "Endorsement" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "Endorsement" ENABLE ALWAYS TRIGGER append_only;

CREATE FUNCTION claviger_check_endorsement() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  said jsonb;
BEGIN
  said := convert_from(NEW."bytes", 'UTF8')::jsonb -> 'statement';
  IF (said ->> 'hash', said ->> 'roster', said ->> 'person', said ->> 'what', (said ->> 'at')::timestamptz)
     IS DISTINCT FROM (NEW."document", NEW."roster", NEW."person", NEW."what", NEW."at") THEN
    RAISE EXCEPTION 'the columns of endorsement % differ from its bytes', NEW."hash" USING ERRCODE = 'CV002';
  END IF;
  NEW."createdAt" := clock_timestamp();
  RETURN NEW;
END
$$;
CREATE TRIGGER check_endorsement BEFORE INSERT ON "Endorsement" FOR EACH ROW EXECUTE FUNCTION claviger_check_endorsement();
ALTER TABLE "Endorsement" ENABLE ALWAYS TRIGGER check_endorsement;

-- A worker that waits for a quorum looks at once.
CREATE FUNCTION claviger_tell_endorsement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('claviger', json_build_object('ceremony', NULL, 'seq', NULL, 'kind', 'endorsement-signed')::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_endorsement AFTER INSERT ON "Endorsement" FOR EACH ROW EXECUTE FUNCTION claviger_tell_endorsement();

GRANT SELECT, INSERT ON "Endorsement" TO claviger_app;
GRANT SELECT ON "Endorsement" TO claviger_worker;

-- A version follows the roster that is in force, not the last one published: what no quorum endorsed is overtaken and stays where it is.
CREATE OR REPLACE FUNCTION claviger_check_roster() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claviger/roster/' || NEW."mode", 0));
  SELECT COALESCE(max("version"), 0) INTO last FROM "RosterVersion" WHERE "mode" = NEW."mode";
  IF NEW."version" <= last THEN
    RAISE EXCEPTION 'roster version % is there already', NEW."version"
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'RosterVersion_mode_version_key', TABLE = 'RosterVersion',
            DETAIL = format('Key (mode, version)=(%s, %s) already exists.', NEW."mode", NEW."version");
  END IF;
  IF NEW."version" <> last + 1 THEN
    RAISE EXCEPTION 'roster version % leaves a gap after %', NEW."version", last USING ERRCODE = 'CV002';
  END IF;
  IF (NEW."version" = 1) <> (NEW."prev" IS NULL)
     OR (NEW."prev" IS NOT NULL AND NOT EXISTS (SELECT FROM "RosterVersion" WHERE "mode" = NEW."mode" AND "hash" = NEW."prev")) THEN
    RAISE EXCEPTION 'roster version % follows no version that is there', NEW."version" USING ERRCODE = 'CV002';
  END IF;
  RETURN NEW;
END
$$;
