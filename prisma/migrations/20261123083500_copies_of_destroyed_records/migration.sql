-- Copies that the desk itself keeps go with a destroyed record (decision 0077): its renewed editions, and closed audit files that hold it.

CREATE FUNCTION claviger_copies_of(destroyed text) RETURNS SETOF text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT "facts" #>> '{archive,sha256}' FROM "AuditEvent" WHERE "kind" = 'audit-file-closed' AND "facts" -> 'records' ? destroyed
  UNION
  SELECT "facts" #>> '{file,sha256}' FROM "AuditEvent" WHERE "kind" = 'record-renewed' AND "facts" ->> 'ceremony' = destroyed
$$;

CREATE OR REPLACE FUNCTION claviger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'TRUNCATE' AND TG_TABLE_NAME IN ('Entry', 'Record', 'EvidenceFile', 'NotebookPage', 'DeskFile')
     AND current_setting('claviger.destroys', true) = 'yes' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'the table % is append-only; % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CV001';
END
$$;

CREATE FUNCTION claviger_only_copies() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM "Destruction" d WHERE OLD."sha256" IN (SELECT public.claviger_copies_of(d."ceremony"));
  IF FOUND AND TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the table % is append-only; % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CV001';
END
$$;
CREATE TRIGGER only_copies BEFORE UPDATE OR DELETE ON "DeskFile" FOR EACH ROW EXECUTE FUNCTION claviger_only_copies();
ALTER TABLE "DeskFile" ENABLE ALWAYS TRIGGER only_copies;

CREATE OR REPLACE FUNCTION claviger_destroy_record(destroyed text, by_event bigint, certificate_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "Destruction" ("ceremony", "event", "certificate") VALUES (destroyed, by_event, certificate_hash);
  PERFORM set_config('claviger.destroys', 'yes', true);
  DELETE FROM "Record" WHERE "ceremony" = destroyed;
  DELETE FROM "EvidenceFile" WHERE "ceremony" = destroyed;
  DELETE FROM "NotebookPage" WHERE "ceremony" = destroyed;
  DELETE FROM "SecretPart" WHERE "ceremony" = destroyed;
  DELETE FROM "SearchText" WHERE "ceremony" = destroyed;
  DELETE FROM "DeskFile" WHERE "sha256" IN (SELECT public.claviger_copies_of(destroyed)) AND "sha256" <> certificate_hash;
  UPDATE "Entry" SET "openings" = '[]'::jsonb WHERE "ceremony" = destroyed;
  PERFORM set_config('claviger.destroys', '', true);
END
$$;
