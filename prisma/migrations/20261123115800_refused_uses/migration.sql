-- Requests that were refused before anybody knew whose they were stand in the log of uses as well; beyond a number in a minute they are
-- counted, and one row stands for many.
ALTER TABLE "KeyUse" ALTER COLUMN "account" DROP NOT NULL,
  ADD COLUMN "times" INTEGER NOT NULL DEFAULT 1,
  ADD CONSTRAINT "KeyUse_times" CHECK ("times" > 0);
