-- What applications did with keys, each use in a row that was durable before the answer left. Append-only, written by the process
-- that uses keys, under a role of its own: it reads what custodians signed and what recorders signed, and nothing else.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'claviger_keys') THEN
    CREATE ROLE claviger_keys NOLOGIN;
  END IF;
END
$$;

-- CreateTable
CREATE TABLE "KeyUse" (
    "id" BIGSERIAL NOT NULL,
    "use" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "account" TEXT NOT NULL,
    "grant" TEXT,
    "key" TEXT,
    "operation" TEXT NOT NULL,
    "algorithm" TEXT,
    "digest" TEXT,
    "result" TEXT NOT NULL,
    "micros" INTEGER NOT NULL,
    "process" TEXT NOT NULL,

    CONSTRAINT "KeyUse_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "KeyUse_use_key" ON "KeyUse"("use");

-- CreateIndex
CREATE INDEX "KeyUse_key_at_idx" ON "KeyUse"("key", "at");

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "KeyUse" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "KeyUse" ENABLE ALWAYS TRIGGER append_only;

-- Assertions by which callers proved who they are: each counts once, at whichever process it is shown (RFC 7523, section 3).
-- CreateTable
CREATE TABLE "ClientAssertion" (
    "hash" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClientAssertion_pkey" PRIMARY KEY ("hash")
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "ClientAssertion" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "ClientAssertion" ENABLE ALWAYS TRIGGER append_only;

-- What an application may do is a paper of the register as well.
ALTER TABLE "RegisterPaper" DROP CONSTRAINT "RegisterPaper_what",
  ADD CONSTRAINT "RegisterPaper_what" CHECK ("what" IN ('key-state', 'finding', 'grant'));
ALTER TABLE "Endorsement" DROP CONSTRAINT "Endorsement_what",
  ADD CONSTRAINT "Endorsement_what" CHECK ("what" IN ('roster', 'script', 'duties', 'passkey', 'key-state', 'finding', 'grant'));

GRANT USAGE ON SCHEMA public TO claviger_keys;
GRANT SELECT ON "Entry", "RosterVersion", "Endorsement", "RegisterPaper" TO claviger_keys;
GRANT INSERT ON "KeyUse" TO claviger_keys;
GRANT USAGE ON SEQUENCE "KeyUse_id_seq" TO claviger_keys;
-- "hash" alone is read by ON CONFLICT, which says whether an assertion was shown before.
GRANT INSERT, SELECT ("hash") ON "ClientAssertion" TO claviger_keys;
GRANT SELECT ON "KeyUse" TO claviger_app;
