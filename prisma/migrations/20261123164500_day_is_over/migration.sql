-- A day is counted when it is over, by the clock of the database as well: a worker whose clock is ahead would count a day that still goes
-- on, and from then on no use of that day would be logged, or answered, by anybody. What is counted cannot be taken back. The worker waits
-- for an hour; five minutes are left to its clock.
CREATE FUNCTION claviger_refuse_day_not_over() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW."day"::date + 1 + time '00:55' > clock_timestamp() AT TIME ZONE 'UTC' THEN
    RAISE EXCEPTION 'the day % is not over by the clock of the database: set right the clock of the worker that keeps the log', NEW."day"
      USING ERRCODE = 'CV003';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER refuse_day_not_over BEFORE INSERT ON "KeyUseDay" FOR EACH ROW EXECUTE FUNCTION claviger_refuse_day_not_over();
ALTER TABLE "KeyUseDay" ENABLE ALWAYS TRIGGER refuse_day_not_over;
