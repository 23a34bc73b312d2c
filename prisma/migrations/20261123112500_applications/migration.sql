-- Proposals of what an application may do that were taken back before enough custodians had signed: nobody is asked to sign them any
-- more. What a quorum signed counts whatever stands here, and is ended by another paper that a quorum signs.
-- CreateTable
CREATE TABLE "GrantWithdrawal" (
    "hash" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GrantWithdrawal_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "GrantWithdrawal_hash_fkey" FOREIGN KEY ("hash") REFERENCES "RegisterPaper"("hash") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "GrantWithdrawal" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "GrantWithdrawal" ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON "GrantWithdrawal" TO claviger_app;

-- The page of an application shows its uses, the newest first.
-- CreateIndex
CREATE INDEX "KeyUse_account_at_idx" ON "KeyUse"("account", "at");
