-- "infinity" and years of five digits are timestamps of PostgreSQL and no time of ours: whoever reads such an event cannot spell it. What
-- is kept already stays as it is, and is said to be unreadable where it is read.
ALTER TABLE "AuditEvent"
  ADD CONSTRAINT "AuditEvent_at_is_a_time" CHECK ("at" BETWEEN '1970-01-01T00:00:00Z' AND '9999-12-31T00:00:00Z') NOT VALID;
