-- What witnesses write for themselves in a ceremony, until they release it.

-- CreateTable
CREATE TABLE "NotebookPage" (
    "ceremony" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "page" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "NotebookPage_pkey" PRIMARY KEY ("ceremony","person","page")
);

ALTER TABLE "NotebookPage" ADD CONSTRAINT "NotebookPage_size" CHECK (char_length("text") BETWEEN 1 AND 2000);

-- Pages follow each other without a gap and in time, so that one taken out later shows.
CREATE FUNCTION claviger_check_page() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claviger/notebook/' || NEW."ceremony" || '/' || NEW."person", 0));
  SELECT "page", "at" INTO last FROM "NotebookPage"
    WHERE "ceremony" = NEW."ceremony" AND "person" = NEW."person" ORDER BY "page" DESC LIMIT 1;
  IF NEW."page" <= COALESCE(last."page", 0) THEN
    RAISE EXCEPTION 'page % is there already', NEW."page"
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'NotebookPage_pkey', TABLE = 'NotebookPage',
            DETAIL = format('Key (ceremony, person, page)=(%s, %s, %s) already exists.', NEW."ceremony", NEW."person", NEW."page");
  END IF;
  IF NEW."page" <> COALESCE(last."page", 0) + 1 OR NEW."at" < last."at" THEN
    RAISE EXCEPTION 'page % does not follow', NEW."page" USING ERRCODE = 'CV002';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER check_page BEFORE INSERT ON "NotebookPage" FOR EACH ROW EXECUTE FUNCTION claviger_check_page();
ALTER TABLE "NotebookPage" ENABLE ALWAYS TRIGGER check_page;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "NotebookPage" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "NotebookPage" ENABLE ALWAYS TRIGGER append_only;

-- The worker has no use for it.
GRANT SELECT, INSERT ON "NotebookPage" TO claviger_app;
