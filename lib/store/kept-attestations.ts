import { sha256 } from "#lib/log/digest";
import type { KeptAttestation } from "#lib/record/authenticator-attestations";
import type { Database } from "./database";

/**
 * What the authenticators of these passkeys said of themselves at their enrolment, as it was kept; nothing for passkeys from
 * before that was asked. Nothing is verified here.
 */
export async function keptAttestations(db: Database, passkeys: readonly string[]): Promise<KeptAttestation[]> {
  const rows = await db.passkey.findMany({
    where: { id: { in: [...passkeys] } },
    select: { id: true, attestationObject: true, clientData: true },
    orderBy: { id: "asc" },
  });
  return rows.flatMap(({ id, attestationObject, clientData }) => {
    if (!attestationObject || !clientData) return [];
    return [{ passkey: id, object: new Uint8Array(attestationObject), clientDataHash: sha256(clientData) }];
  });
}
