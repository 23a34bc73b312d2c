-- What custodians encrypted to the worker: one part of one secret each. The transcript keeps its hash, this table the ciphertext, and
-- only until the worker has used it or it has become worthless.

-- CreateTable
CREATE TABLE "SecretPart" (
    "ceremony" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "ciphertext" BYTEA NOT NULL,

    CONSTRAINT "SecretPart_pkey" PRIMARY KEY ("ceremony","seq")
);

ALTER TABLE "SecretPart" ADD CONSTRAINT "SecretPart_size" CHECK (octet_length("ciphertext") BETWEEN 1 AND 1024);

-- A ciphertext stands beside the entry that names its hash, written in the same transaction, or not at all.
CREATE FUNCTION claviger_check_secret_part() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  said jsonb;
BEGIN
  SELECT convert_from("bytes", 'UTF8')::jsonb INTO said FROM "Entry"
    WHERE "ceremony" = NEW."ceremony" AND "seq" = NEW."seq" AND "kind" = 'secret-part-entered';
  IF said #>> '{body,statement,part,sha256}' IS DISTINCT FROM encode(sha256(NEW."ciphertext"), 'hex') THEN
    RAISE EXCEPTION 'no entry % of ceremony % names this ciphertext', NEW."seq", NEW."ceremony" USING ERRCODE = 'CV002';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER check_secret_part BEFORE INSERT OR UPDATE ON "SecretPart" FOR EACH ROW EXECUTE FUNCTION claviger_check_secret_part();
ALTER TABLE "SecretPart" ENABLE ALWAYS TRIGGER check_secret_part;

-- The app hands over and cannot look; the worker looks and takes away. Nobody changes one.
GRANT INSERT ON "SecretPart" TO claviger_app;
GRANT SELECT, DELETE ON "SecretPart" TO claviger_worker;
