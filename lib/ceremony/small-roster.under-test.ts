import { commit } from "../log/commitment";
import { base64url, fromBase64url, fromHex, hex, sha256, utf8 } from "../log/digest";
import {
  endorsementFor,
  endorsementHash,
  scriptToEndorse,
  type Endorsable,
  type Endorsement,
  type EndorsementStatement,
} from "./endorsement";
import type { Role } from "./roles";
import { endorsersOf, type Roster } from "./roster";
import type { Script } from "./script";
import type { SignatureVerifier } from "./signature-verifier";
import { smallScript } from "./small-script.under-test";

/** A signature here is the hash of key and data: enough to tell whose it is and over what. Real keys are used at the worker. */
export const hashSignatures: SignatureVerifier = {
  verify: (_algorithm, spki, data, signature) => Promise.resolve(hex(signature) === hex(signWith(spki, data))),
};
export const signWith = (spki: Uint8Array, data: Uint8Array) => sha256(utf8(`${hex(spki)}/${hex(data)}`));

export const CAST: readonly (readonly [string, Role])[] = [
  ["olga", "operator"],
  ["carl", "custodian"],
  ["cleo", "custodian"],
  ["cora", "custodian"],
  ["will", "witness"],
  ["wang", "witness"],
  ["axel", "auditor"],
];

export const placeholder = (value: string) => commit({ path: "test", salt: "00".repeat(16), value });
export const spkiOf = (passkey: string) => base64url(sha256(utf8(`key of ${passkey}`)));
/** A passkey of this world, as rosters list it. */
export const passkey = (id: string) => ({ id, algorithm: "ES256" as const, spki: spkiOf(id), aaguid: "00000000-0000-0000-0000-000000000000", synced: false });

export const smallRoster: Roster = {
  v: "claviger/roster/v1",
  version: 1,
  prev: null,
  mode: "production",
  organisation: placeholder("Example"),
  rp: { id: "example.org", origins: ["https://example.org"] },
  quorum: { approve: 2 },
  people: CAST.map(([person, role]) => ({
    person,
    name: placeholder(person),
    title: placeholder(role),
    roles: [role],
    groups: person === "cora" ? ["security-officer"] : [],
    passkeys: [passkey(`${person}-1`), passkey(`${person}-2`)],
  })),
};

/** Before anything is opened. */
export const ENDORSED_AT = "2026-11-20T09:00:00.000Z";

/** A person's endorsement of a document; what is signed, and how, can be bent. */
export function endorsementBy(
  person: string,
  document: Endorsable = scriptToEndorse(smallScript),
  roster: Roster = smallRoster,
  change: AssertionChange & { statement?: object } = {},
): Endorsement {
  const { statement: bent = {}, ...assertion } = change;
  const statement = { ...endorsementFor(document, roster, person, ENDORSED_AT), ...bent } as EndorsementStatement;
  return { statement, assertion: assertionBy(person, endorsementHash(statement), assertion) };
}

/** What a production opening carries: the endorsements of the roster's first two custodians. */
export const endorsementsOf = (script: Script, roster: Roster): Endorsement[] =>
  endorsersOf(roster).slice(0, 2).map(({ person }) => endorsementBy(person, scriptToEndorse(script), roster));

export type AssertionChange = { type?: string; challenge?: string; origin?: string; crossOrigin?: boolean; rp?: string; flags?: number; passkey?: string };

/** A WebAuthn assertion as an authenticator of this world gives it; every member can be bent. */
export function assertionBy(person: string, challenge: string, change: AssertionChange = {}) {
  const id = change.passkey ?? `${person}-1`;
  const client = {
    type: change.type ?? "webauthn.get",
    challenge: base64url(fromHex(change.challenge ?? challenge)),
    origin: change.origin ?? "https://example.org",
    crossOrigin: change.crossOrigin ?? false,
  };
  const clientDataJSON = utf8(JSON.stringify(client));
  const authenticatorData = new Uint8Array([...sha256(utf8(change.rp ?? "example.org")), change.flags ?? 0x05, 0, 0, 0, 0]);
  const data = new Uint8Array([...authenticatorData, ...sha256(clientDataJSON)]);
  return {
    credentialId: id,
    authenticatorData: base64url(authenticatorData),
    clientDataJSON: base64url(clientDataJSON),
    signature: base64url(signWith(fromBase64url(spkiOf(id)), data)),
  };
}
