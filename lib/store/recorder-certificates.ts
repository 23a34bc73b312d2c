import { sha256Hex } from "#lib/log/digest";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

/** The two certificates of a recorder, DER, as somebody published them. Worth what the keys on the token say of them. */
export type PublishedCertificates = {
  readonly tokenSerial: string;
  readonly trustAnchor: Uint8Array;
  readonly recordSigning: Uint8Array;
};

/** Keeps them for the other workers of the token; nothing happens where they are kept already. */
export async function publishCertificates(
  db: Database,
  { tokenSerial, trustAnchor, recordSigning }: PublishedCertificates,
): Promise<void> {
  const [anchor, signing] = [new Uint8Array(trustAnchor), new Uint8Array(recordSigning)];
  const hash = sha256Hex(Buffer.concat([anchor, signing]));
  try {
    await db.recorderCertificates.create({
      data: { hash, tokenSerial, trustAnchor: anchor, recordSigning: signing },
      select: { hash: true },
    });
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
  }
}

/** A token has one recorder, and few that ever were: more are of somebody's planting, and only take time to be disproved. */
const MOST = 200;

/** What was published for a token, the newest first, at most two hundred. */
export async function publishedCertificates(db: Database, tokenSerial: string): Promise<PublishedCertificates[]> {
  const select = { tokenSerial: true, trustAnchor: true, recordSigning: true };
  const orderBy = [{ createdAt: "desc" as const }, { hash: "asc" as const }];
  return db.recorderCertificates.findMany({ where: { tokenSerial }, orderBy, select, take: MOST });
}
