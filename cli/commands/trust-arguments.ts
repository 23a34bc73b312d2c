import { sha256Hex } from "#lib/log/digest";
import { readFingerprint } from "#lib/record/fingerprint";
import { broughtBySeal, type TrustedRecorder } from "#lib/record/trusted-recorder";
import { Unusable } from "./command";
import { certificateIn } from "./given-files";

// What somebody knows the recorder by, as every command takes it that is given a record.

export const TRUST_OPTIONS = ["trust", "fingerprint", "certified-as"] as const;
export type TrustArguments = Readonly<Partial<Record<(typeof TRUST_OPTIONS)[number], string | undefined>>>;

export const TRUST_LINE = '(--trust TRUST-ANCHOR.pem | --fingerprint "…") [--certified-as "NAME"]';
export const TRUST_HELP = `  --trust PEM   its certificate; compare the fingerprint that is printed with the one in the minutes of the day
                the recorder was made
  --fingerprint the fingerprint itself, out of the minutes: 64 hex digits or 32 words; the certificate is then the
                one in the record that has it
  --certified-as  what you know is the root of an organisation, by its certificate or fingerprint, and this is the name
                under which it certifies the recorder, from the minutes: "O=Nordhafen, CN=Claviger recorder"`;

/** Whom a file has to be by. Throws `Unusable` when nobody is named, two are, or what is given cannot be read. */
export function trustedRecorder({ trust, fingerprint, "certified-as": name }: TrustArguments, usage: string): TrustedRecorder {
  if (trust !== undefined && fingerprint !== undefined) throw new Unusable("Bring the recorder's certificate or its fingerprint, not both.");
  if (name?.trim() === "") throw new Unusable("--certified-as takes the name under which the organisation certifies the recorder.");
  const known = trust === undefined ? typed(fingerprint, usage) : certificateIn(trust);
  return name === undefined ? known : { organisation: known, name };
}

function typed(fingerprint: string | undefined, usage: string): { readonly sha256: string } {
  if (fingerprint === undefined) throw new Unusable(`Bring what you know the recorder by: --trust trust-anchor.pem or --fingerprint "…".\n\n${usage}`);
  const sha256 = readFingerprint(fingerprint);
  if (sha256 === null) throw new Unusable("--fingerprint takes 64 hex digits or the 32 words they are read aloud as; this is neither.");
  return { sha256 };
}

/** The same as somebody types it, for the command that is to follow. */
export function trustTyped({ trust, fingerprint, "certified-as": name }: TrustArguments): string {
  const known = trust === undefined ? `--fingerprint "${fingerprint ?? ""}"` : `--trust ${trust}`;
  return name === undefined ? known : `${known} --certified-as "${name}"`;
}

/** The certificate that was trusted, of a record that was found good by it; where only its fingerprint was brought, out of the seal. */
export function trustedCertificate(recorder: TrustedRecorder, record: Uint8Array): Uint8Array | null {
  const known = "organisation" in recorder ? recorder.organisation : recorder;
  if (known instanceof Uint8Array) return known;
  return broughtBySeal(record)?.certificates.find(({ der }) => sha256Hex(der) === known.sha256)?.der ?? null;
}
