-- What witnesses signed under a checkpoint (C2SP tlog-cosignature): a line of its note for each. Append-only; whoever reads it checks it.

CREATE TABLE "LogCosignature" (
    "origin" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "witness" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LogCosignature_pkey" PRIMARY KEY ("origin", "size", "witness"),
    CONSTRAINT "LogCosignature_one_line" CHECK ("line" ~ '^— [^\n]+\n$'),
    CONSTRAINT "LogCosignature_origin_size_fkey" FOREIGN KEY ("origin", "size") REFERENCES "LogCheckpoint"("origin", "size") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "LogCosignature" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "LogCosignature" ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON "LogCosignature" TO claviger_worker;
GRANT SELECT ON "LogCosignature" TO claviger_app;
