import { endorsementBy, hashSignatures } from "#lib/ceremony/small-roster.under-test";
import { canonical } from "#lib/log/canonical";
import { committed, dayAt, smallChain } from "#lib/register/evidence.under-test";
import { grantToEndorse, reachGrant, type EndorsedGrant, type Grant } from "./grant";

export const CLIENT = { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "B".repeat(43) } as const;

/** A grant as it is written down. */
export const grantOf = (change: Partial<Grant> = {}): Grant => ({
  v: "claviger/grant/v1",
  mode: "production",
  account: "billing",
  edition: 1,
  clients: [CLIENT],
  keys: [],
  random: false,
  perMinute: 6_000,
  until: dayAt(90),
  reason: committed("because"),
  by: "carl",
  at: dayAt(0),
  ...change,
});

export const bytesOf = (grant: Grant): Uint8Array => canonical(grant);

/** The same, as if its quorum had agreed to it; for what is decided by a grant that counts. */
export const inForce = (grant: Grant, at = grant.at): EndorsedGrant =>
  ({ grant, at, hash: grantToEndorse(grant).hash, people: ["carl", "cleo"] }) as unknown as EndorsedGrant;

/** What the rules say of a grant under the small roster, signed by these. */
export async function reached(grant: Grant, people: readonly string[], signed: Grant = grant) {
  const kept = people.map((person) => endorsementBy(person, grantToEndorse(signed), undefined, { statement: { at: signed.at } }));
  return reachGrant(hashSignatures, grant, await smallChain(), kept, dayAt(1000));
}
