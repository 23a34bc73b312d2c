-- The recorder's certificates of each token, for another worker of the same token to find. Public, and proved by the keys on the token.

-- CreateTable
CREATE TABLE "RecorderCertificates" (
    "hash" TEXT NOT NULL,
    "tokenSerial" TEXT NOT NULL,
    "trustAnchor" BYTEA NOT NULL,
    "recordSigning" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RecorderCertificates_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "RecorderCertificates_tokenSerial_idx" ON "RecorderCertificates"("tokenSerial");

ALTER TABLE "RecorderCertificates" ADD CONSTRAINT "RecorderCertificates_hash_of_both"
  CHECK ("hash" = encode(sha256("trustAnchor" || "recordSigning"), 'hex'));

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "RecorderCertificates"
  FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "RecorderCertificates" ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON "RecorderCertificates" TO claviger_worker;
