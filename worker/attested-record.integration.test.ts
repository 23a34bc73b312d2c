import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registrationOf, type SoftwarePasskey } from "#cli/demo/software-passkey";
import type { Roster } from "#lib/ceremony/roster";
import { fromBase64url, sha256Hex, text } from "#lib/log/digest";
import { ATTESTATIONS_FILE } from "#lib/record/authenticator-attestations";
import { readAttachments } from "#lib/record/pdf-attachments";
import { readPdf } from "#lib/record/read-pdf";
import { RECORD_MANIFEST_FILE } from "#lib/record/record-manifest";
import { verifyRecord } from "#lib/record/verify-record";
import { findRecord } from "#lib/store/records";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { players, rosterOf, RP } from "./played-cast.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

// The attestation objects that the app kept at an enrolment, on their way through the worker's own database role into a record.

let grounds: WorkerGrounds;
let owner: pg.Client;
beforeAll(async () => {
  grounds = await WorkerGrounds.open();
  owner = new pg.Client({ connectionString: grounds.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await grounds.close();
});

interface Enrolment {
  readonly passkey: SoftwarePasskey;
  readonly object: Uint8Array;
  readonly clientData: Uint8Array;
}
function enrolmentOf(passkey: SoftwarePasskey): Enrolment {
  const { response } = registrationOf(passkey, randomBytes(32), { rpId: RP.id, origin: RP.origins[0] ?? "" });
  return { passkey, object: fromBase64url(response.attestationObject), clientData: fromBase64url(response.clientDataJSON) };
}

/** As the app keeps it. */
async function kept(person: string, { passkey, object, clientData }: Enrolment): Promise<void> {
  await owner.query(
    `INSERT INTO "Passkey" ("id", "personId", "algorithm", "spki", "aaguid", "synced", "counter", "transports", "label",
       "attestationFormat", "attestationProof", "attestationSha256", "attestationObject", "clientData")
     VALUES ($1, $2, 'ES256', $3, '00000000-0000-0000-0000-000000000000', false, 0, '{}', 'key', 'none', 'none', $4, $5, $6)`,
    [passkey.credentialId, person, passkey.spki, sha256Hex(object), Buffer.from(object), Buffer.from(clientData)],
  );
}

test("those of the ceremony's people lie in its record as the roster has them; one that the database's owner exchanged does not", async () => {
  const cast = players(3, 1);
  const enrolled = cast.flatMap(({ person, passkeys }) => passkeys.map((passkey) => ({ person, enrolment: enrolmentOf(passkey) })));
  const bare = rosterOf(cast, "rehearsal");
  const roster: Roster = {
    ...bare,
    people: bare.people.map((one) => ({
      ...one,
      passkeys: one.passkeys.map((passkey) => {
        const found = enrolled.find(({ enrolment }) => enrolment.passkey.credentialId === passkey.id);
        return { ...passkey, attestation: { format: "none", proof: "none" as const, sha256: sha256Hex(found?.enrolment.object ?? new Uint8Array()) } };
      }),
    })),
  };
  for (const { person } of cast) {
    await owner.query(`INSERT INTO "Person" ("id", "name", "title", "roles", "groups") VALUES ($1, $1, 'Title', '{}', '{}')`, [person]);
  }
  // Of the operator's passkey the owner keeps another object under its name: its hash is not the roster's, whatever the row says.
  const [operator] = enrolled;
  for (const { person, enrolment } of enrolled) {
    const other = registrationOf({ ...enrolment.passkey }, randomBytes(32), { rpId: "elsewhere", origin: "https://elsewhere" });
    const exchanged = { ...enrolment, object: fromBase64url(other.response.attestationObject) };
    await kept(person, person === operator?.person ? exchanged : enrolment);
  }

  const played = await new PlayedCeremony(grounds.app, { cast, roster }).open();
  grounds.trust(played.roster);
  grounds.start();
  await played.attached();
  await played.abort();
  let pdf: Uint8Array | undefined;
  await expect.poll(async () => (pdf = (await findRecord(grounds.app, played.id))?.pdf), { timeout: 240_000, interval: 100 }).toBeDefined();
  const bytes = pdf ?? new Uint8Array();

  const certificate = grounds.memory().certificate("trust-anchor") ?? new Uint8Array();
  const { verdict, checks, conclusions } = await verifyRecord(bytes, certificate, { verifier, inflate, mode: "rehearsal" });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verdict).toBe("good");
  const count = enrolled.length;
  expect(checks.find(({ name }) => name === "authenticator-attestations")?.reason)
    .toContain(`Of ${String(count)} passkeys with an attestation in the roster ${String(count - 1)} are in the record`);
  expect(conclusions.find(({ name }) => name === "authenticators")?.holds).toBe(true);

  const attached = await readAttachments(readPdf(bytes), inflate);
  const file = text(attached.get(ATTESTATIONS_FILE)?.bytes ?? new Uint8Array());
  for (const { person, enrolment } of enrolled) expect(file.includes(enrolment.passkey.credentialId), person).toBe(person !== operator?.person);
  const manifest = JSON.parse(text(attached.get(RECORD_MANIFEST_FILE)?.bytes ?? new Uint8Array())) as { files: { name: string }[] };
  expect(manifest.files.map(({ name }) => name)).toContain(ATTESTATIONS_FILE);
});

test("of passkeys the worker's role reads what an attestation is made of, and nothing else", async () => {
  const worker = new pg.Client({ connectionString: grounds.database.workerUrl });
  await worker.connect();
  try {
    await worker.query(`SELECT "id", "attestationObject", "clientData" FROM "Passkey"`);
    for (const refused of [`SELECT "personId" FROM "Passkey"`, `SELECT * FROM "Passkey"`, `UPDATE "Passkey" SET "clientData" = NULL`, `SELECT * FROM "Person"`]) {
      await expect(worker.query(refused), refused).rejects.toThrow(/permission denied/);
    }
  } finally {
    await worker.end();
  }
});
