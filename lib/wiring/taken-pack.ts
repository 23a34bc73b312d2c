import { sha256Hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { evidencePack } from "#lib/record/evidence-pack";
import { packedParts } from "#lib/record/packed-parts";
import { writeAudit } from "#lib/store/audit-events";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { sealedRecord } from "#lib/wiring";
import { database } from "./database";

/**
 * A ceremony's record with everything that comes out of it, as one archive, for whoever may have the record; that it was taken along is
 * noted, with the hash of both.
 */
export async function takenPack(id: string, person: string): Promise<{ readonly zip: Uint8Array; readonly sha256: string } | Refused> {
  const record = await sealedRecord(id, person);
  if (typeof record === "string") return record;
  const parts = await packedParts(new Uint8Array(record.pdf), { verifier: webCryptoVerifier, inflate });
  if (!parts) throw new Error(`the record of ${id} holds no transcript that the rules admit`);
  const zip = evidencePack(parts, book);
  const sha256 = sha256Hex(zip);
  await writeAudit(database(), { kind: "record-downloaded", by: person, facts: { ceremony: id, sha256: record.sha256, pack: sha256 } });
  return { zip, sha256 };
}

type Refused = Extract<Awaited<ReturnType<typeof sealedRecord>>, string>;
