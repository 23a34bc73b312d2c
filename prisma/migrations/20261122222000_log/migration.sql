-- The transparency log: what waits to become a leaf, the leaves, the tiles over them and the checkpoints signed. A worker writes it
-- and trusts nothing of it: it remembers itself how large the tree was and what its root was.

ALTER TABLE "AuditEvent" ADD COLUMN "salt" TEXT NOT NULL DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');

CREATE TABLE "LogWaiting" (
    "id" BIGSERIAL NOT NULL,
    "ceremony" TEXT,
    "seq" INTEGER,
    "event" BIGINT,

    CONSTRAINT "LogWaiting_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "LogWaiting_one_thing" CHECK (("ceremony" IS NULL) = ("seq" IS NULL) AND ("ceremony" IS NULL) <> ("event" IS NULL))
);

CREATE TABLE "LogLeaf" (
    "origin" TEXT NOT NULL,
    "index" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "LogLeaf_pkey" PRIMARY KEY ("origin", "index"),
    CONSTRAINT "LogLeaf_hash_of_bytes" CHECK ("hash" = encode(sha256('\x00'::bytea || "bytes"), 'hex'))
);

CREATE TABLE "LogTile" (
    "origin" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "LogTile_pkey" PRIMARY KEY ("origin", "level", "index")
);

CREATE TABLE "LogCheckpoint" (
    "origin" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "note" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LogCheckpoint_pkey" PRIMARY KEY ("origin", "size")
);

CREATE UNIQUE INDEX "LogLeaf_origin_hash_key" ON "LogLeaf"("origin", "hash");

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "LogLeaf" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "LogLeaf" ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "LogCheckpoint" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "LogCheckpoint" ENABLE ALWAYS TRIGGER append_only;

-- Whatever is kept waits for the log from the same moment on: in one transaction with it, whoever writes it.
CREATE FUNCTION claviger_log_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "LogWaiting" ("ceremony", "seq") VALUES (NEW."ceremony", NEW."seq");
  RETURN NULL;
END
$$;
CREATE TRIGGER log_entry AFTER INSERT ON "Entry" FOR EACH ROW EXECUTE FUNCTION claviger_log_entry();
ALTER TABLE "Entry" ENABLE ALWAYS TRIGGER log_entry;

CREATE FUNCTION claviger_log_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "LogWaiting" ("event") VALUES (NEW."id");
  RETURN NULL;
END
$$;
CREATE TRIGGER log_event AFTER INSERT ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION claviger_log_event();
ALTER TABLE "AuditEvent" ENABLE ALWAYS TRIGGER log_event;

-- What was kept before there was a log comes first.
INSERT INTO "LogWaiting" ("ceremony", "seq") SELECT "ceremony", "seq" FROM "Entry" ORDER BY "createdAt", "seq";
INSERT INTO "LogWaiting" ("event") SELECT "id" FROM "AuditEvent" ORDER BY "id";

GRANT INSERT ON "LogWaiting" TO claviger_app, claviger_worker;
GRANT USAGE ON SEQUENCE "LogWaiting_id_seq" TO claviger_app, claviger_worker;
GRANT SELECT, DELETE ON "LogWaiting" TO claviger_worker;
GRANT SELECT ON "AuditEvent" TO claviger_worker;
GRANT SELECT, INSERT ON "LogLeaf", "LogCheckpoint" TO claviger_worker;
GRANT SELECT, INSERT, UPDATE ON "LogTile" TO claviger_worker;
GRANT SELECT ON "LogLeaf", "LogTile", "LogCheckpoint" TO claviger_app;
