-- What was done with keys on each day, counted once the day is over and sealed by the recorder. The worker that keeps the log counts: it
-- alone appends leaves, and one of it leads. Each count is an event of the audit trail, in one transaction with its row, and so waits for
-- the log from the same moment on.
-- CreateTable
CREATE TABLE "KeyUseDay" (
    "day" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "seal" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeyUseDay_pkey" PRIMARY KEY ("day"),
    CONSTRAINT "KeyUseDay_day" CHECK ("day" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    CONSTRAINT "KeyUseDay_hash_of_bytes" CHECK ("hash" = encode(sha256("bytes"), 'hex'))
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "KeyUseDay" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "KeyUseDay" ENABLE ALWAYS TRIGGER append_only;

-- Where the rows of a day stand in a table that grows by millions; rows come nearly in the order of their times.
-- CreateIndex
CREATE INDEX "KeyUse_at_brin" ON "KeyUse" USING BRIN ("at");

-- A use of a day that is counted is not logged any more, and so never answered: a process whose clock is a day behind is told at once.
CREATE FUNCTION claviger_refuse_counted_day() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM "KeyUseDay" WHERE "day" >= (SELECT to_char(min("at") AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM added)) THEN
    RAISE EXCEPTION 'the uses of that day are counted already' USING ERRCODE = 'CV003';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER refuse_counted_day AFTER INSERT ON "KeyUse" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_counted_day();
ALTER TABLE "KeyUse" ENABLE ALWAYS TRIGGER refuse_counted_day;

GRANT SELECT ("day") ON "KeyUseDay" TO claviger_keys;
GRANT SELECT ON "KeyUse" TO claviger_worker;
GRANT SELECT, INSERT ON "KeyUseDay" TO claviger_worker;
GRANT SELECT ON "KeyUseDay" TO claviger_app;
GRANT INSERT ON "AuditEvent" TO claviger_worker;
GRANT USAGE ON SEQUENCE "AuditEvent_id_seq" TO claviger_worker;
