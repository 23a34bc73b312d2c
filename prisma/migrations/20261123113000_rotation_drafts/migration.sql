-- The ceremony that replaces a key which nears its end is drafted by itself, once for each key and end of its time. Nobody made the
-- plan of a draft; whoever takes it over has.

-- AlterTable
ALTER TABLE "CeremonyPlan" ADD COLUMN     "draft" BOOLEAN NOT NULL DEFAULT false,
ALTER COLUMN "madeBy" DROP NOT NULL;

-- CreateTable
CREATE TABLE "RotationDraft" (
    "key" TEXT NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "planId" TEXT NOT NULL,

    CONSTRAINT "RotationDraft_pkey" PRIMARY KEY ("key","endsAt")
);

-- CreateIndex
CREATE INDEX "RotationDraft_planId_idx" ON "RotationDraft"("planId");

-- AddForeignKey
ALTER TABLE "RotationDraft" ADD CONSTRAINT "RotationDraft_planId_fkey" FOREIGN KEY ("planId") REFERENCES "CeremonyPlan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CeremonyPlan"
  ADD CONSTRAINT "CeremonyPlan_made_by" CHECK ("draft" OR "madeBy" IS NOT NULL),
  ADD CONSTRAINT "CeremonyPlan_draft_is_not_opened" CHECK (NOT "draft" OR "ceremony" IS NULL);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "RotationDraft" FOR EACH STATEMENT EXECUTE FUNCTION claviger_refuse_change();
ALTER TABLE "RotationDraft" ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, INSERT ON "RotationDraft" TO claviger_app;
