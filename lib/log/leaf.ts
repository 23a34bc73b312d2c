import { canonical, canonicalText, parseCanonical, hashOf, type Json } from "./canonical";

/**
 * What stands in the log. A leaf names a thing by its hash and never repeats it: the log is for everybody to read, a transcript is
 * not.
 */
export type Leaf =
  | { readonly kind: "entry"; readonly ceremony: string; readonly seq: number; readonly hash: string }
  | { readonly kind: "event"; readonly event: string; readonly hash: string };

const VERSION = "claviger/leaf/v1";

/** The canonical bytes of a leaf: what RFC 6962 calls its data. */
export const leafBytes = (leaf: Leaf): Uint8Array => canonical({ v: VERSION, ...leaf });

/** A leaf out of its bytes; null when they are none. */
export function readLeaf(bytes: Uint8Array): Leaf | null {
  let value: Json;
  try {
    value = parseCanonical(bytes);
  } catch {
    return null;
  }
  const { kind, ceremony, seq, event, hash } = (value ?? {}) as { [member: string]: Json };
  if (typeof hash !== "string") return null;
  let leaf: Leaf | null = null;
  if (kind === "entry" && typeof ceremony === "string" && typeof seq === "number" && seq >= 0) leaf = { kind, ceremony, seq, hash };
  if (kind === "event" && typeof event === "string") leaf = { kind, event, hash };
  return leaf && canonicalText(value) === canonicalText({ v: VERSION, ...leaf }) ? leaf : null;
}

/**
 * An event of the audit trail as it is kept. `salt` is random: without it, whoever reads the log could try what may have happened
 * until the hash fits. `facts` is JSON text.
 */
export type LoggedEvent = {
  readonly event: string;
  readonly at: string;
  readonly kind: string;
  readonly by: string | null;
  readonly facts: string;
  readonly salt: string;
};

/** SHA-256 by which the log names an event, hex. Texts count as composed (NFC): what people typed may be otherwise. */
export const eventHash = (event: LoggedEvent): string => hashOf({ domain: "claviger/audit-event/v1", ...composed(event) });

/** The event with its texts composed, as its canonical form has them. */
export const composed = ({ event, at, kind, by, facts, salt }: LoggedEvent): LoggedEvent =>
  ({ event, at, kind: kind.normalize("NFC"), by: by?.normalize("NFC") ?? null, facts: facts.normalize("NFC"), salt });
