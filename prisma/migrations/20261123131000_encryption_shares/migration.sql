-- One key encrypts at most 2^32 times by AES-GCM with random ivs (NIST SP 800-38D, 8.3), whichever processes use it. Each takes 65,536
-- encryptions ahead before the first of them, so that none is ever made that is not counted, and gives nothing back. One share less: ceremonies try keys out.
-- CreateTable
CREATE TABLE "EncryptionShare" (
    "key" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "process" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EncryptionShare_pkey" PRIMARY KEY ("key","number"),
    CONSTRAINT "EncryptionShare_number" CHECK ("number" BETWEEN 0 AND 65534)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "EncryptionShare" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "EncryptionShare" ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON "EncryptionShare" TO claviger_keys;
GRANT SELECT ON "EncryptionShare" TO claviger_app;
