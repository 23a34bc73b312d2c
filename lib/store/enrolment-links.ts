import type { EnrolledPasskey, KnownLink } from "#lib/conduct/people-ports";
import { writeAudit, type NewAuditEvent } from "./audit-events";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

/** Keeps a new link; earlier unused ones of the same person stop working, so that one invitation is open at a time. */
export async function keepLink(
  db: Database,
  link: Omit<KnownLink, "usedAt"> & { readonly createdBy: string },
  audit: NewAuditEvent,
): Promise<void> {
  const { tokenHash, person, createdBy, expiresAt } = link;
  await db.$transaction([
    db.enrolmentLink.updateMany({ where: { personId: person, usedAt: null }, data: { expiresAt: new Date(0) } }),
    db.enrolmentLink.create({ data: { tokenHash, personId: person, createdBy, expiresAt: new Date(expiresAt) } }),
    writeAudit(db, audit),
  ]);
}

/** The link with that token hash, used or not, expired or not; null when there never was one. */
export async function findLink(db: Database, tokenHash: string): Promise<KnownLink | null> {
  const row = await db.enrolmentLink.findUnique({ where: { tokenHash } });
  return (
    row && { tokenHash, person: row.personId, expiresAt: row.expiresAt.toISOString(), usedAt: row.usedAt?.toISOString() ?? null }
  );
}

/** Every link that can still be used or was used, oldest first. */
export async function listLinks(db: Database): Promise<(Omit<KnownLink, "tokenHash"> & { readonly createdAt: string })[]> {
  const rows = await db.enrolmentLink.findMany({ where: { expiresAt: { gt: new Date(0) } }, orderBy: { createdAt: "asc" } });
  return rows.map((row) => ({
    person: row.personId,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    usedAt: row.usedAt?.toISOString() ?? null,
  }));
}

/** A passkey as it was registered, with what its authenticator said of itself, as it came. */
export type NewPasskey = Omit<EnrolledPasskey, "createdAt" | "lastUsedAt"> & {
  readonly counter: number;
  readonly attested: { readonly object: Uint8Array; readonly clientData: Uint8Array } | null;
};

/**
 * Uses a link up and keeps the passkey, both or neither. "spent" when it was used, or has expired, by `now`; "taken" when
 * this passkey, or its key, is somebody's already (a removed one counts: it is not to come back under another name).
 */
export async function enrolByLink(
  db: Database,
  link: { readonly tokenHash: string; readonly person: string; readonly now: Date },
  passkey: NewPasskey,
  audit: NewAuditEvent,
): Promise<"enrolled" | "spent" | "taken"> {
  try {
    return await db.$transaction(async (tx) => {
      const { count } = await tx.enrolmentLink.updateMany({
        where: { tokenHash: link.tokenHash, personId: link.person, usedAt: null, expiresAt: { gt: link.now } },
        data: { usedAt: link.now },
      });
      if (count === 0) return "spent";
      const { attestation, attested, ...columns } = passkey;
      await tx.passkey.create({
        data: {
          ...columns,
          transports: [...passkey.transports],
          counter: BigInt(passkey.counter),
          personId: link.person,
          ...(attestation &&
            attested && {
              attestationFormat: attestation.format,
              attestationProof: attestation.proof,
              attestationSha256: attestation.sha256,
              attestationObject: new Uint8Array(attested.object),
              clientData: new Uint8Array(attested.clientData),
            }),
        },
      });
      await writeAudit(tx, audit);
      return "enrolled";
    });
  } catch (fault) {
    if (isTaken(fault)) return "taken";
    throw fault;
  }
}
