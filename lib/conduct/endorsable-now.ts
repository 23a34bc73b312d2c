import {
  dutiesToAccept,
  passkeyToTest,
  rosterToEndorse,
  scriptToEndorse,
  type Endorsable,
  type Endorsement,
} from "#lib/ceremony/endorsement";
import { endorsersOf, personOf } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { canonical, parseCanonical, type Json } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";
import { sha256Hex } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import { object, type Objection } from "./objection";
import type { World } from "./ports";
import type { ReadRoster } from "./roster-standing";

/** An endorsement to be kept; the columns repeat what its statement says. */
export type NewEndorsement = {
  readonly hash: string;
  readonly document: string;
  readonly roster: string;
  readonly person: string;
  readonly what: Endorsable["what"];
  readonly at: string;
  readonly bytes: Uint8Array;
};

/** What the verbs of endorsing stand on. */
export type EndorsementPorts = {
  readonly verifier: SignatureVerifier;
  readonly world: Pick<World, "now" | "random">;
  /** The published rosters of this installation's mode. */
  readonly rosters: () => Promise<readonly ReadRoster[]>;
  /** The one of them that counts now. */
  readonly inForce: () => Promise<ReadRoster | null>;
  readonly script: (hash: string) => Promise<{ readonly bytes: Uint8Array } | null>;
  /** Everything kept about a document. */
  readonly endorsements: (document: string) => Promise<readonly Endorsement[]>;
  /** The words of duties that a published script names, by their hash. */
  readonly duties: (hash: string) => Promise<string | null>;
  /** A number nobody knew before, for one test of a passkey; given out once, and taken once. */
  readonly nonces: {
    readonly give: (person: string, passkey: string, nonce: string) => Promise<void>;
    readonly take: (person: string, passkey: string) => Promise<string | null>;
  };
  /** A change of a key, an explanation of a finding or a grant that this person may sign now, by its hash; else why not. */
  readonly paper: (what: PaperKind, hash: string, person: string) => Promise<Result<PaperToSign, Objection>>;
  readonly keep: (endorsement: NewEndorsement) => Promise<void>;
};

/** What is written down about keys, to be signed. */
export type PaperKind = Extract<Endorsable["what"], "key-state" | "finding" | "grant">;

/** A paper of the register: what is signed, its bytes, and its texts. */
export type PaperToSign = Omit<EndorsableNow, "roster">;

/** `nonce` of a test of a passkey: the one that was given out for it. */
export type ToEndorse = { readonly what: Endorsable["what"]; readonly hash: string; readonly nonce?: string };

/** A document as it may be endorsed now: what it is, its bytes, the names in it, and the roster whose custodians are asked. */
export type EndorsableNow = {
  readonly document: Endorsable;
  readonly bytes: Uint8Array;
  readonly openings: readonly Opening[];
  readonly roster: ReadRoster;
};

/**
 * What this person can sign under that hash now. A script: any published one. A roster: one that follows the roster in force.
 * Duties: those that a published script names. A passkey: one of their own in the roster in force. A change of a key: one that can
 * still come about. An explanation: their own, of an open finding. A grant: one of this mode that is awaited. Objects
 * NOTHING-TO-ENDORSE, SCRIPT-UNKNOWN, ROSTER-UNKNOWN; refuses ENDORSEMENT-CUSTODIAN, and what the register refuses.
 */
export async function endorsableNow(
  ports: EndorsementPorts,
  person: string,
  { what, hash, nonce }: ToEndorse,
): Promise<Result<EndorsableNow, Objection>> {
  const roster = await ports.inForce();
  if (!roster) return object("NOTHING-TO-ENDORSE");
  if (!endorsersOf(roster.roster).some((one) => one.person === person))
    return refuse({ code: "ENDORSEMENT-CUSTODIAN", facts: { person } });
  if (what === "key-state" || what === "finding" || what === "grant") {
    const paper = await ports.paper(what, hash, person);
    return paper.ok ? ok({ ...paper.value, openings: [...paper.value.openings, ...roster.row.openings], roster }) : paper;
  }
  if (what === "script") {
    const script = await ports.script(hash);
    if (!script || sha256Hex(script.bytes) !== hash) return object("SCRIPT-UNKNOWN", { hash });
    return ok({
      document: scriptToEndorse(parseCanonical(script.bytes) as unknown as Script),
      bytes: script.bytes,
      openings: [],
      roster,
    });
  }
  if (what === "duties") {
    const says = await ports.duties(hash);
    if (says === null) return object("NOTHING-TO-ENDORSE", { hash });
    return ok({ document: dutiesToAccept(says), bytes: canonical({ v: "claviger/duties/v1", says }), openings: [], roster });
  }
  if (what === "passkey") {
    const passkeys = personOf(roster.roster, person)?.passkeys ?? [];
    const passkey = passkeys.find((one) => passkeyToTest(one, "").hash === hash);
    if (!passkey || nonce === undefined) return object("NOTHING-TO-ENDORSE", { hash });
    return ok({ document: passkeyToTest(passkey, nonce), bytes: canonical(passkey as unknown as Json), openings: [], roster });
  }
  const next = (await ports.rosters()).find(({ row }) => row.hash === hash);
  if (!next) return object("ROSTER-UNKNOWN", { hash });
  if (next.roster.prev !== roster.row.hash) return object("NOTHING-TO-ENDORSE", { hash });
  return ok({
    document: rosterToEndorse(next.roster),
    bytes: next.row.bytes,
    openings: [...next.row.openings, ...roster.row.openings],
    roster,
  });
}
