-- Each process says at its start how it is configured: the names of the settings that are given, and a digest over what they say. What differs
-- from the last word of the same process is an event of the audit trail (decision 0094), and so waits for the log from the same moment on.
-- One function for all: none has to read the trail, and by it nobody speaks for a process of another role. The digest is salted here, anew for
-- each event, so that nobody finds by a list of digests what a few guessable values are.
CREATE FUNCTION claviger_note_configuration(of_process text, named text, given text[], digest text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last_facts jsonb;
  new_salt text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
BEGIN
  IF of_process IS NULL OR of_process NOT IN ('app', 'worker', 'keys') OR NOT pg_has_role(session_user, 'claviger_' || of_process, 'USAGE') THEN
    RAISE EXCEPTION 'the role % does not say how % is configured', session_user, of_process USING ERRCODE = 'CV002';
  END IF;
  -- Nothing but what settings are called: the trail takes no free text from a process.
  IF digest IS NULL OR digest !~ '^[0-9a-f]{64}$' OR named !~ '^[A-Za-z0-9_.:-]{1,255}$' OR given IS NULL OR cardinality(given) > 100
     OR EXISTS (SELECT FROM unnest(given) AS one WHERE one IS NULL OR one !~ '^[A-Z][A-Z0-9_]{0,63}$') THEN
    RAISE EXCEPTION 'this is no configuration' USING ERRCODE = 'CV003';
  END IF;
  -- Two that start at once say it one after the other.
  PERFORM pg_advisory_xact_lock(hashtextextended('claviger/configuration/' || of_process || '/' || coalesce(named, ''), 0));
  SELECT "facts" INTO last_facts FROM "AuditEvent"
    WHERE "kind" = 'configuration-changed' AND "facts" ->> 'process' = of_process AND "facts" ->> 'name' IS NOT DISTINCT FROM named
    ORDER BY "id" DESC LIMIT 1;
  IF last_facts ->> 'sha256' = claviger_salted_configuration(digest, last_facts ->> 'salt') THEN
    RETURN false;
  END IF;
  INSERT INTO "AuditEvent" ("kind", "facts") VALUES ('configuration-changed', jsonb_strip_nulls(jsonb_build_object(
    'process', of_process, 'name', named, 'settings', to_jsonb(given), 'salt', new_salt,
    'sha256', claviger_salted_configuration(digest, new_salt))));
  RETURN true;
END
$$;

-- SHA-256, hex, over the canonical bytes (RFC 8785) of {digest, domain, salt}. Null without a salt.
CREATE FUNCTION claviger_salted_configuration(digest text, salt text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to('{"digest":"' || digest || '","domain":"claviger/configuration/v1","salt":"' || salt || '"}', 'UTF8')), 'hex')
$$;

REVOKE ALL ON FUNCTION claviger_note_configuration(text, text, text[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claviger_note_configuration(text, text, text[], text) TO claviger_app, claviger_worker, claviger_keys;
