-- What keeps a record from being destroyed, and which of the desk's files go with it (decision 0077).

-- Every act of a hold holds but the two that end one: also a lift that was declined, and an act that is not known here.
CREATE FUNCTION claviger_is_held(asked text) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((
    SELECT "kind" NOT IN ('hold-declined', 'hold-lifted') FROM "AuditEvent"
      WHERE "facts" ->> 'matter' = 'hold/' || asked AND "facts" ? 'matter' ORDER BY "id" DESC LIMIT 1), false)
$$;

-- Before seven years are over since the recorder closed the ceremony; one that is not closed, or not there, is kept too.
CREATE FUNCTION claviger_still_runs(asked text) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((
    SELECT "at" > clock_timestamp() - interval '7 years' FROM "Entry"
      WHERE "ceremony" = asked AND "kind" = 'ceremony-closed' AND "by" = 'recorder'), true)
$$;

-- Another record in a closed audit file with this one, that is held or still to be kept. Without the file its auditor has nothing of it.
CREATE FUNCTION claviger_kept_beside(asked text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT min("ceremony") FROM (
    SELECT jsonb_path_query("facts", '$.records[*]') #>> '{}' AS "ceremony" FROM "AuditEvent"
      WHERE "kind" = 'audit-file-closed' AND "facts" -> 'records' ? asked) beside
    WHERE "ceremony" <> asked
      AND NOT EXISTS (SELECT FROM "Destruction" gone WHERE gone."ceremony" = beside."ceremony")
      AND (public.claviger_still_runs("ceremony") OR public.claviger_is_held("ceremony"))
$$;

CREATE OR REPLACE FUNCTION claviger_check_destruction() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  beside text;
  ordered record;
  confirmed record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claviger/entry/' || NEW."ceremony", 0));
  IF public.claviger_still_runs(NEW."ceremony") THEN
    RAISE EXCEPTION 'the record of ceremony % is still to be kept', NEW."ceremony" USING ERRCODE = 'CV003';
  END IF;
  IF public.claviger_is_held(NEW."ceremony") THEN
    RAISE EXCEPTION 'the record of ceremony % is held', NEW."ceremony" USING ERRCODE = 'CV003';
  END IF;
  beside := public.claviger_kept_beside(NEW."ceremony");
  IF beside IS NOT NULL THEN
    RAISE EXCEPTION 'the record of ceremony % is in a closed file with the one of %, which is kept', NEW."ceremony", beside
      USING ERRCODE = 'CV003';
  END IF;
  SELECT "id", "kind", "by", "facts" INTO confirmed FROM "AuditEvent"
    WHERE "facts" ->> 'matter' = 'destruction/' || NEW."ceremony" AND "facts" ? 'matter' ORDER BY "id" DESC LIMIT 1;
  SELECT "kind", "by" INTO ordered FROM "AuditEvent"
    WHERE "facts" ->> 'matter' = 'destruction/' || NEW."ceremony" AND "facts" ? 'matter' AND "id" < confirmed."id"
    ORDER BY "id" DESC LIMIT 1;
  IF (ordered."kind", confirmed."kind", confirmed."id", confirmed."facts" ->> 'certificate') IS DISTINCT FROM
     ('record-destruction-ordered', 'record-destroyed', NEW."event", NEW."certificate")
     OR ordered."by" IS NULL OR ordered."by" = confirmed."by" THEN
    RAISE EXCEPTION 'the destruction of the record of ceremony % was not decided by two people', NEW."ceremony" USING ERRCODE = 'CV003';
  END IF;
  RETURN NEW;
END
$$;

-- Its renewed editions and the closed files that hold it, but no file that any event names for another reason: as a certificate, the
-- population of a sample, an answer to a request, another record's edition, a closed file without it. So whoever writes an event that
-- names somebody else's file gets no file deleted by it.
CREATE OR REPLACE FUNCTION claviger_copies_of(destroyed text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  (SELECT "facts" #>> '{archive,sha256}' FROM "AuditEvent" WHERE "kind" = 'audit-file-closed' AND "facts" -> 'records' ? destroyed
  UNION
  SELECT "facts" #>> '{file,sha256}' FROM "AuditEvent" WHERE "kind" = 'record-renewed' AND "facts" ->> 'ceremony' = destroyed)
  EXCEPT
  (SELECT "facts" ->> 'certificate' FROM "AuditEvent" WHERE "kind" = 'record-destroyed'
  UNION ALL
  SELECT "facts" ->> 'population' FROM "AuditEvent" WHERE "kind" = 'sample-announced'
  UNION ALL
  SELECT jsonb_path_query("facts", '$.files[*].sha256') #>> '{}' FROM "AuditEvent" WHERE "kind" = 'documents-answered'
  UNION ALL
  SELECT "facts" #>> '{file,sha256}' FROM "AuditEvent"
    WHERE "kind" = 'record-renewed' AND "facts" ->> 'ceremony' IS DISTINCT FROM destroyed
  UNION ALL
  SELECT "facts" #>> '{archive,sha256}' FROM "AuditEvent"
    WHERE "kind" = 'audit-file-closed' AND ("facts" -> 'records' ? destroyed) IS NOT TRUE)
$$;
