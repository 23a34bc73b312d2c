-- Evidence that is kept here, receipts of acts, and browsers that are passed from hand to hand.

-- CreateTable
CREATE TABLE "EvidenceFile" (
    "ceremony" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EvidenceFile_pkey" PRIMARY KEY ("ceremony","sha256")
);

-- CreateTable
CREATE TABLE "ActReceipt" (
    "ceremony" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "ActReceipt_pkey" PRIMARY KEY ("ceremony","person","act")
);

-- CreateTable
CREATE TABLE "SharedBrowser" (
    "session" TEXT NOT NULL,
    "ceremony" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SharedBrowser_pkey" PRIMARY KEY ("session")
);

-- AddForeignKey
ALTER TABLE "SharedBrowser" ADD CONSTRAINT "SharedBrowser_session_fkey" FOREIGN KEY ("session") REFERENCES "Session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "EvidenceFile"
  ADD CONSTRAINT "EvidenceFile_hash_of_bytes" CHECK ("sha256" = encode(sha256("bytes"), 'hex')),
  ADD CONSTRAINT "EvidenceFile_size_of_bytes" CHECK ("size" = octet_length("bytes") AND "size" BETWEEN 1 AND 20971520);
ALTER TABLE "ActReceipt" ADD CONSTRAINT "ActReceipt_own_id" CHECK ("act" ~ '^[0-9a-f-]{36}$');

-- A receipt is for an entry of that person, written in the same transaction, or it is not written.
CREATE FUNCTION claviger_check_receipt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM "Entry" WHERE "ceremony" = NEW."ceremony" AND "seq" = NEW."seq" AND "by" = NEW."person";
  IF NOT FOUND THEN
    RAISE EXCEPTION 'entry % of ceremony % is none of %', NEW."seq", NEW."ceremony", NEW."person" USING ERRCODE = 'CV002';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER check_receipt BEFORE INSERT ON "ActReceipt" FOR EACH ROW EXECUTE FUNCTION claviger_check_receipt();
ALTER TABLE "ActReceipt" ENABLE ALWAYS TRIGGER check_receipt;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['EvidenceFile', 'ActReceipt', 'SharedBrowser'] LOOP
    EXECUTE format(
      'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change()',
      name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', name);
  END LOOP;
END
$$;

-- The worker has no use for any of them.
GRANT SELECT, INSERT ON "EvidenceFile", "ActReceipt", "SharedBrowser" TO claviger_app;
