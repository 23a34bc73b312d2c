-- Ceremonies that are to be: when, where and with whom; what their people answered; what has to be done before and after; and the
-- mails that tell of it. Nothing here is evidence: the transcript of the ceremony is.

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "contact" TEXT,
ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'en';

-- CreateTable
CREATE TABLE "CeremonyPlan" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "scriptHash" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "zone" TEXT NOT NULL,
    "room" TEXT NOT NULL,
    "standbyAt" TIMESTAMPTZ(3),
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "cancelledAt" TIMESTAMPTZ(3),
    "madeBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "ceremony" TEXT,

    CONSTRAINT "CeremonyPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "planId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "proposedAt" TIMESTAMPTZ(3),
    "remark" TEXT,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("planId","personId")
);

-- CreateTable
CREATE TABLE "ChecklistDuty" (
    "id" TEXT NOT NULL,
    "planId" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "fromScript" BOOLEAN NOT NULL,
    "ownerId" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),
    "settledBy" TEXT,
    "notDoneBecause" TEXT,

    CONSTRAINT "ChecklistDuty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Mail" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "planId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "calendar" TEXT,
    "method" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMPTZ(3) NOT NULL,
    "triedAt" TIMESTAMPTZ(3),
    "failure" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "CeremonyPlan_ceremony_key" ON "CeremonyPlan"("ceremony");

-- CreateIndex
CREATE INDEX "CeremonyPlan_startsAt_idx" ON "CeremonyPlan"("startsAt");

-- CreateIndex
CREATE INDEX "Invitation_personId_idx" ON "Invitation"("personId");

-- CreateIndex
CREATE INDEX "ChecklistDuty_planId_idx" ON "ChecklistDuty"("planId");

-- CreateIndex
CREATE INDEX "ChecklistDuty_ownerId_idx" ON "ChecklistDuty"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_key_key" ON "Mail"("key");

-- CreateIndex
CREATE INDEX "Mail_nextTryAt_idx" ON "Mail"("nextTryAt");

-- CreateIndex
CREATE INDEX "Mail_planId_idx" ON "Mail"("planId");

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_planId_fkey" FOREIGN KEY ("planId") REFERENCES "CeremonyPlan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChecklistDuty" ADD CONSTRAINT "ChecklistDuty_planId_fkey" FOREIGN KEY ("planId") REFERENCES "CeremonyPlan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChecklistDuty" ADD CONSTRAINT "ChecklistDuty_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_planId_fkey" FOREIGN KEY ("planId") REFERENCES "CeremonyPlan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CeremonyPlan"
  ADD CONSTRAINT "CeremonyPlan_mode" CHECK ("mode" IN ('rehearsal', 'production')),
  ADD CONSTRAINT "CeremonyPlan_minutes" CHECK ("minutes" > 0);
ALTER TABLE "Invitation"
  ADD CONSTRAINT "Invitation_answer" CHECK ("answer" IN ('accepted', 'declined', 'proposed')),
  ADD CONSTRAINT "Invitation_answered_when" CHECK (("answer" IS NULL) = ("answeredAt" IS NULL)),
  ADD CONSTRAINT "Invitation_proposes_a_time" CHECK (("answer" IS NOT DISTINCT FROM 'proposed') = ("proposedAt" IS NOT NULL));
ALTER TABLE "ChecklistDuty"
  ADD CONSTRAINT "ChecklistDuty_list" CHECK ("list" IN ('before', 'day', 'after')),
  ADD CONSTRAINT "ChecklistDuty_settled_by" CHECK (("settledAt" IS NULL) = ("settledBy" IS NULL)),
  ADD CONSTRAINT "ChecklistDuty_reason_when_settled" CHECK ("notDoneBecause" IS NULL OR "settledAt" IS NOT NULL);
-- A line break in a header would begin another header.
ALTER TABLE "Mail"
  ADD CONSTRAINT "Mail_one_line" CHECK ("recipient" !~ '[[:cntrl:]]' AND "subject" !~ '[[:cntrl:]]'),
  ADD CONSTRAINT "Mail_calendar_has_method" CHECK (("calendar" IS NULL) = ("method" IS NULL));

-- What was settled stays so, and a duty never becomes another one.
CREATE FUNCTION claviger_keep_duty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."settledAt" IS NOT NULL OR (OLD."text", OLD."list", OLD."planId") IS DISTINCT FROM (NEW."text", NEW."list", NEW."planId") THEN
    RAISE EXCEPTION 'duty % is settled, or would become another one', OLD."id" USING ERRCODE = 'CV001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER keep_duty BEFORE UPDATE ON "ChecklistDuty" FOR EACH ROW EXECUTE FUNCTION claviger_keep_duty();
ALTER TABLE "ChecklistDuty" ENABLE ALWAYS TRIGGER keep_duty;

GRANT SELECT, INSERT, UPDATE ON "CeremonyPlan", "Invitation", "ChecklistDuty", "Mail" TO claviger_app;
