import type { z } from "zod";
import { canonicalText, hashOf, type Json } from "../log/canonical";
import { fromBase64url, sha256Hex } from "../log/digest";
import { ok, type Result } from "../result";
import { verifyAssertion, type VerifiedAssertion } from "./assertion";
import type { Endorsement as EndorsementSchema, EndorsementStatement as StatementSchema } from "./endorsement.schema";
import type { KeyState } from "./key-states";
import { no, type InvariantName, type Refusal } from "./refusal";
import { passkeyOf, personOf, rosterHash, type Passkey, type Roster } from "./roster";
import { scriptHash, type Script } from "./script";
import type { SignatureVerifier } from "./signature-verifier";

/**
 * The exact document by which a custodian of a roster agrees to another document, or speaks of themselves, outside of any ceremony.
 * Its SHA-256 is the WebAuthn challenge. Version and act are those of no other statement: whoever endorses approves no step and signs in nowhere.
 */
export type EndorsementStatement = z.infer<typeof StatementSchema>;
/** A statement and the passkey's signature over it, as they are kept and travel. */
export type Endorsement = z.infer<typeof EndorsementSchema>;

/** What can be endorsed, as the statement names it. */
export type Endorsable =
  | { readonly what: "roster"; readonly hash: string; readonly version: number }
  | { readonly what: "script"; readonly hash: string; readonly script: string; readonly edition: number; readonly title: string }
  | { readonly what: "duties"; readonly hash: string; readonly says: string }
  | { readonly what: "passkey"; readonly hash: string; readonly passkey: string; readonly nonce: string }
  | {
      readonly what: "key-state";
      readonly hash: string;
      readonly key: string;
      readonly label: string;
      readonly from: KeyState;
      readonly to: KeyState;
      readonly head: string;
    }
  | { readonly what: "finding"; readonly hash: string; readonly finding: string; readonly token: string }
  | { readonly what: "grant"; readonly hash: string; readonly account: string; readonly edition: number; readonly until: string };

/** What a quorum agrees to. */
export type Voted = Extract<Endorsable, { readonly what: "roster" | "script" | "key-state" | "grant" }>;

/** What custodians say of themselves: it counts for the person, under whichever roster they said it. */
const OF_THEMSELVES: readonly Endorsable["what"][] = ["duties", "passkey"];

export const rosterToEndorse = (roster: Roster): Voted => ({
  what: "roster",
  hash: rosterHash(roster),
  version: roster.version,
});
export const scriptToEndorse = (script: Script): Voted => ({
  what: "script",
  hash: scriptHash(script),
  script: script.script,
  edition: script.edition,
  title: script.title,
});

/** Duties are their words: the same words in two scripts are accepted once. */
export const dutiesToAccept = (says: string): Endorsable => ({
  what: "duties",
  hash: hashOf({ v: "claviger/duties/v1", says }),
  says,
});
/** A passkey is its public key, whatever a later roster says beside it. */
export const passkeyToTest = ({ id, spki }: Pick<Passkey, "id" | "spki">, nonce: string): Endorsable => ({
  what: "passkey",
  hash: sha256Hex(fromBase64url(spki)),
  passkey: id,
  nonce,
});

/** SHA-256 of the canonical statement, hex: the challenge. */
export const endorsementHash = (statement: EndorsementStatement): string => hashOf(statement);

/** The one statement by which this person can endorse that document, under that roster, at that time. */
export const endorsementFor = (document: Endorsable, roster: Roster, person: string, at: string): EndorsementStatement => ({
  v: "claviger/endorsement/v1",
  act: "endorse",
  ...document,
  mode: roster.mode,
  roster: rosterHash(roster),
  person,
  role: "custodian",
  at,
});

declare const verified: unique symbol;
declare const endorsed: unique symbol;

/** Proof that a passkey of the roster signed the statement. Only `verifyEndorsement` makes one. */
export type VerifiedEndorsement = {
  readonly [verified]: true;
  readonly statement: EndorsementStatement;
  readonly assertion: VerifiedAssertion;
};

/** Proof that the quorum of a roster's custodians agrees to a document. Only `reachEndorsed` makes one. */
export type Endorsed = {
  readonly [endorsed]: true;
  readonly document: Endorsable;
  /** Hash of the roster whose people they are. */
  readonly roster: string;
  readonly endorsements: readonly VerifiedEndorsement[];
};

/** Checks the signature, before any rule is asked: PASSKEY-ROSTER, and ASSERTION-* as for every statement. */
export async function verifyEndorsement(
  verifier: SignatureVerifier,
  roster: Roster,
  endorsement: Endorsement,
): Promise<Result<VerifiedEndorsement, Refusal>> {
  const { statement, assertion } = endorsement;
  const found = passkeyOf(roster, assertion.credentialId);
  if (!found) return no("PASSKEY-ROSTER", { passkey: assertion.credentialId });
  const signed = await verifyAssertion(verifier, roster.rp, found.passkey, endorsementHash(statement), assertion);
  return signed.ok ? ok({ statement, assertion: signed.value } as VerifiedEndorsement) : signed;
}

const OF_A_KEY = ["key", "label", "from", "to", "head", "finding", "token"];
const OF_AN_ACCOUNT = ["account", "until"];

/** Which rule speaks when a member of the statement is not what it must be, in this order. */
const MEMBERS: readonly (readonly [InvariantName, readonly string[]])[] = [
  ["ENDORSEMENT-DOCUMENT", ["v", "act", "what", "hash", "version", "script", "edition", "title", "says", "passkey", "nonce", ...OF_A_KEY, ...OF_AN_ACCOUNT]],
  ["ENDORSEMENT-MODE", ["mode"]],
  ["ENDORSEMENT-ROSTER", ["roster"]],
];

/**
 * Whether a verified endorsement counts for this document under this roster, signed no later than `until`: what it names, then
 * whose passkey it was, then whether that person is a custodian there. What agrees to a document was signed under this very
 * roster; what a person says of themselves under any, as long as person and passkey are in this one.
 */
export function checkEndorsement(
  document: Endorsable,
  roster: Roster,
  one: VerifiedEndorsement,
  until: string,
): Result<VerifiedEndorsement, Refusal> {
  const { statement, assertion } = one;
  const { person, at } = statement;
  const expected: { readonly [member: string]: Json } = { ...endorsementFor(document, roster, person, at) };
  const found: { readonly [member: string]: Json } = { ...statement };
  for (const [invariant, members] of MEMBERS) {
    if (invariant === "ENDORSEMENT-ROSTER" && OF_THEMSELVES.includes(document.what)) continue;
    const differing = members.find((member) => canonicalText(found[member] ?? null) !== canonicalText(expected[member] ?? null));
    if (differing !== undefined) return no(invariant, { member: differing, person });
  }
  const owner = passkeyOf(roster, assertion.credentialId);
  if (!owner || owner.passkey.spki !== assertion.spki) return no("PASSKEY-ROSTER", { passkey: assertion.credentialId });
  if (owner.person.person !== person) return no("PASSKEY-OWNER", { person, passkey: assertion.credentialId });
  if (!personOf(roster, person)?.roles.includes("custodian")) return no("ENDORSEMENT-CUSTODIAN", { person });
  if (at > until) return no("ENDORSEMENT-TIME", { at, until });
  return ok(one);
}

/**
 * The proof that a roster's quorum agrees to a document. Every endorsement given must count, each person's once; refuses with
 * `lacking` when there are too few. People are counted, never signatures: two passkeys of one person are one person.
 */
export function reachEndorsed(
  document: Endorsable,
  roster: Roster,
  endorsements: readonly VerifiedEndorsement[],
  until: string,
  lacking: "SCRIPT-ENDORSED" | "ROSTER-ENDORSED" | "KEY-CHANGE-ENDORSED" | "GRANT-ENDORSED",
): Result<Endorsed, Refusal> {
  const all = checkEndorsements(document, roster, endorsements, until);
  if (!all.ok) return all;
  const needed = roster.quorum.approve;
  if (endorsements.length < needed) return no(lacking, { endorsed: endorsements.length, needed, hash: document.hash });
  return ok({ document, roster: rosterHash(roster), endorsements } as unknown as Endorsed);
}

/** Each endorsement counts, and no person's twice. */
export function checkEndorsements(
  document: Endorsable,
  roster: Roster,
  endorsements: readonly VerifiedEndorsement[],
  until: string,
): Result<readonly VerifiedEndorsement[], Refusal> {
  const people = new Set<string>();
  for (const one of endorsements) {
    const counts = checkEndorsement(document, roster, one, until);
    if (!counts.ok) return counts;
    const { person } = one.statement;
    if (people.has(person)) return no("ENDORSEMENT-DISTINCT", { person });
    people.add(person);
  }
  return ok(endorsements);
}

type SoundEndorsement = { readonly kept: Endorsement; readonly verified: VerifiedEndorsement };

/**
 * Of what a store keeps, the endorsements that count, of each person the earliest by its own time and then by its hash, so that the
 * order in which they are kept does not decide which. What does not count is left out: a row that somebody planted must not keep the
 * true ones from being counted.
 */
export async function soundEndorsements(
  verifier: SignatureVerifier,
  document: Endorsable,
  roster: Roster,
  kept: readonly Endorsement[],
  until: string,
): Promise<SoundEndorsement[]> {
  const sound = new Map<string, SoundEndorsement>();
  for (const one of kept) {
    const signed = await verifyEndorsement(verifier, roster, one);
    if (!signed.ok || !checkEndorsement(document, roster, signed.value, until).ok) continue;
    const known = sound.get(one.statement.person);
    if (!known || isEarlier(one, known.kept)) sound.set(one.statement.person, { kept: one, verified: signed.value });
  }
  return [...sound.values()];
}

const isEarlier = ({ statement: a }: Endorsement, { statement: b }: Endorsement): boolean =>
  a.at < b.at || (a.at === b.at && endorsementHash(a) < endorsementHash(b));
