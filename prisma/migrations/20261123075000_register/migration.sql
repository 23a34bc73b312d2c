-- What becomes of keys after their ceremonies. The register itself is in no table: whoever reads it makes it anew from transcripts,
-- from what is kept here, and from the endorsements of it.

-- A change of a key, or an explanation of a finding, as it was written down. Its signatures are endorsements.
-- CreateTable
CREATE TABLE "RegisterPaper" (
    "hash" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "openings" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RegisterPaper_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "RegisterPaper_what_subject_idx" ON "RegisterPaper"("what", "subject");

ALTER TABLE "RegisterPaper"
  ADD CONSTRAINT "RegisterPaper_hash_of_bytes" CHECK ("hash" = encode(sha256("bytes"), 'hex')),
  ADD CONSTRAINT "RegisterPaper_what" CHECK ("what" IN ('key-state', 'finding'));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "RegisterPaper" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "RegisterPaper" ENABLE ALWAYS TRIGGER append_only;

-- What a worker found on a token when it compared it with the register, signed by its recorder and chained to the one before.
-- CreateTable
CREATE TABLE "TokenListing" (
    "hash" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "prev" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TokenListing_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "TokenListing_token_at_idx" ON "TokenListing"("token", "at");

ALTER TABLE "TokenListing" ADD CONSTRAINT "TokenListing_hash_of_bytes" CHECK ("hash" = encode(sha256("bytes"), 'hex'));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "TokenListing" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "TokenListing" ENABLE ALWAYS TRIGGER append_only;

-- Every listing is noted for the auditor, and so a leaf of the log, in one transaction with it. The worker writes no audit event of
-- any other kind: this function does it, and nobody else may.
CREATE FUNCTION claviger_note_listing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "AuditEvent" ("kind", "by", "facts")
    VALUES ('token-listed', NULL, jsonb_build_object('token', NEW."token", 'hash', NEW."hash"));
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION claviger_note_listing() FROM PUBLIC;
CREATE TRIGGER note_listing AFTER INSERT ON "TokenListing" FOR EACH ROW EXECUTE FUNCTION claviger_note_listing();
ALTER TABLE "TokenListing" ENABLE ALWAYS TRIGGER note_listing;

-- Somebody wants the tokens compared now, not at the next turn.
-- CreateTable
CREATE TABLE "ListingAsked" (
    "id" BIGSERIAL NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ListingAsked_pkey" PRIMARY KEY ("id")
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "ListingAsked" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "ListingAsked" ENABLE ALWAYS TRIGGER append_only;

CREATE FUNCTION claviger_tell_listing_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('claviger', json_build_object('ceremony', NULL, 'seq', NULL, 'kind', 'listing-asked')::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_listing_asked AFTER INSERT ON "ListingAsked" FOR EACH ROW EXECUTE FUNCTION claviger_tell_listing_asked();

ALTER TABLE "Endorsement" DROP CONSTRAINT "Endorsement_what",
  ADD CONSTRAINT "Endorsement_what" CHECK ("what" IN ('roster', 'script', 'duties', 'passkey', 'key-state', 'finding'));

GRANT SELECT, INSERT ON "RegisterPaper", "ListingAsked" TO claviger_app;
GRANT USAGE ON SEQUENCE "ListingAsked_id_seq" TO claviger_app;
GRANT SELECT ON "TokenListing" TO claviger_app;
GRANT SELECT ON "RegisterPaper", "ListingAsked" TO claviger_worker;
GRANT SELECT, INSERT ON "TokenListing" TO claviger_worker;
