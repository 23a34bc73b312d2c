-- What custodians say of themselves, again and again: their duties, their passkeys. And a row that somebody planted must not keep the
-- true one out: who reads endorsements verifies each, counts people, and takes no row for another.

DROP INDEX "Endorsement_document_roster_person_key";
CREATE INDEX "Endorsement_document_idx" ON "Endorsement"("document");
CREATE INDEX "Endorsement_person_what_idx" ON "Endorsement"("person", "what");

ALTER TABLE "Endorsement" DROP CONSTRAINT "Endorsement_what",
  ADD CONSTRAINT "Endorsement_what" CHECK ("what" IN ('roster', 'script', 'duties', 'passkey'));

-- What an authenticator said of itself when it made a passkey: as it came, and what was found of it. Empty where it was never asked.
ALTER TABLE "Passkey"
  ADD COLUMN "backedUp" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "attestationFormat" TEXT,
  ADD COLUMN "attestationProof" TEXT,
  ADD COLUMN "attestationSha256" TEXT,
  ADD COLUMN "attestationObject" BYTEA,
  ADD COLUMN "clientData" BYTEA;

ALTER TABLE "Passkey"
  ADD CONSTRAINT "Passkey_attestation_whole" CHECK (num_nulls("attestationFormat", "attestationProof", "attestationSha256", "attestationObject", "clientData") IN (0, 5)),
  ADD CONSTRAINT "Passkey_attestation_sha256" CHECK ("attestationSha256" = encode(sha256("attestationObject"), 'hex')),
  ADD CONSTRAINT "Passkey_attestation_proof" CHECK ("attestationProof" IN ('none', 'broken', 'self', 'certificate', 'root'));
