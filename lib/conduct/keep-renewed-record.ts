import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes } from "#lib/log/digest";
import { ageingOf, type Ageing } from "#lib/record/ageing";
import { isRenewal } from "#lib/record/is-renewal";
import type { Inflate } from "#lib/record/pdf-attachments";
import { ok, type Result } from "#lib/result";
import { asAtDesk } from "./at-desk";
import type { DeskPorts } from "./desk-ports";
import { lastIn, nextPlace, type NamedDeskFile } from "./matter";
import { object, type Objection } from "./objection";
import { deskFile } from "./keep-desk-file";
import type { Actor } from "./ports";

/** More than any record. */
export const MOST_BYTES_OF_A_RECORD = 64 * 1024 * 1024;

export type RenewalPorts = DeskPorts & {
  /** The record of a ceremony as the recorder sealed it; null where there is none, or it was destroyed. */
  readonly sealed: (ceremony: string) => Promise<Uint8Array | null>;
  readonly verifier: SignatureVerifier;
  readonly inflate: Inflate;
};

export const renewalMatter = (ceremony: string): string => `renewal/${ceremony}`;

/**
 * Keeps a record that was renewed elsewhere (`claviger record renew`): the sealed one, and with it nothing but what makes it last. Who
 * the authorities of its stamps are is for whoever verifies it; here their signatures hold, whoever they are. It need not go on from the
 * newest that is kept, which may have been stamped by nobody that anybody trusts; but it is not what the newest goes on from. Objects
 * RENEWAL-OTHER.
 */
export async function keepRenewedRecord(
  ports: RenewalPorts,
  actor: Actor,
  ceremony: string,
  bytes: Uint8Array,
): Promise<Result<{ readonly ageing: Ageing }, Objection>> {
  const administrator = await asAtDesk(ports.people, actor, "administrator");
  if (!administrator.ok) return administrator;
  const { by } = administrator.value;
  const sealed = await ports.sealed(ceremony);
  if (!sealed) return object("NOT-FOUND");
  const matter = renewalMatter(ceremony);
  const known = await ports.matters.find(matter);
  const before = known && lastIn(known, "record-renewed");
  const newest = before ? (await ports.matters.file(before.facts.file.sha256))?.bytes : sealed;
  const isOlder = newest === undefined || sameBytes(newest.subarray(0, bytes.length), bytes);
  const ageing = !isOlder && (await isRenewal(sealed, bytes, ports.verifier, ports.inflate)) ? ageingOf(bytes) : null;
  if (!ageing) return object("RENEWAL-OTHER");
  const { sha256, size, mediaType, ...rest } = deskFile(bytes, by);
  const file: NamedDeskFile = { name: `record-${ceremony}.pdf`, sha256, size, mediaType };
  const noted = await ports.matters.note(
    { kind: "record-renewed", by, matter, n: nextPlace(known), facts: { ceremony, file, endsAt: ageing.endsAt } },
    [{ sha256, size, mediaType, ...rest }],
  );
  return noted === "noted" ? ok({ ageing }) : object("MATTER-OVERTAKEN");
}
