import { expect, test } from "vitest";
import { accepted, expectRefused } from "#lib/ceremony/refused.under-test";
import { dayAt } from "#lib/register/evidence.under-test";
import { grantsAt, readGrant, thumbprint } from "./grant";
import { bytesOf, grantOf, inForce, reached } from "./grant.under-test";

test("[GRANT-ENDORSED] accepts what a quorum of custodians signed", async () => {
  expect(await accepted(await reached(grantOf(), ["carl", "cleo"]))).toMatchObject({ people: ["carl", "cleo"], at: dayAt(0), grant: { account: "billing" } });
});

test("[GRANT-ENDORSED] refuses one signature too few, one person twice, and signatures under another grant", async () => {
  await expectRefused(await reached(grantOf(), []), "GRANT-ENDORSED");
  await expectRefused(await reached(grantOf(), ["carl"]), "GRANT-ENDORSED");
  await expectRefused(await reached(grantOf(), ["carl", "carl"]), "GRANT-ENDORSED");
  await expectRefused(await reached(grantOf({ random: true }), ["carl", "cleo"], grantOf()), "GRANT-ENDORSED");
  await expectRefused(await reached(grantOf({ until: dayAt(900) }), ["carl", "cleo"], grantOf()), "GRANT-ENDORSED");
});

test("the newest edition counts alone, once it is agreed to, and none comes back when its time is over", () => {
  const first = inForce(grantOf());
  const last = inForce(grantOf({ edition: 2, clients: [], until: dayAt(6), at: dayAt(5) }));
  expect(grantsAt([last, first], "production", dayAt(4)).get("billing")).toBe(first);
  expect(grantsAt([last, first], "production", dayAt(5)).get("billing")).toBe(last);
  expect(grantsAt([first, last], "production", dayAt(50)).get("billing")).toBe(last);
  expect(grantsAt([first], "rehearsal", dayAt(4)).size).toBe(0);
});

test("of two editions with one number the first agreed to counts, in whichever order they come", () => {
  const [one, two] = [inForce(grantOf(), dayAt(1)), inForce(grantOf({ random: true }), dayAt(2))];
  expect(grantsAt([one, two], "production", dayAt(4)).get("billing")).toBe(one);
  expect(grantsAt([two, one], "production", dayAt(4)).get("billing")).toBe(one);
});

test("is read from its own bytes only, and where no name means two things", () => {
  expect(readGrant(bytesOf(grantOf()))).toEqual(grantOf());
  const named = { alias: "jwt", keys: ["ab".repeat(32)], operations: ["sign" as const], algorithms: ["ES256" as const], tokens: null };
  expect(readGrant(bytesOf(grantOf({ keys: [named, { ...named, keys: ["cd".repeat(32)] }] })))).toBeNull();
  expect(readGrant(bytesOf(grantOf({ keys: [named, { ...named, alias: "other" }] })))).toBeNull();
  expect(readGrant(bytesOf({ ...grantOf(), clients: [{ kty: "oct", k: "c2VjcmV0" }] } as never))).toBeNull();
  expect(readGrant(new TextEncoder().encode("{}"))).toBeNull();
});

test("a client's thumbprint is the one of RFC 7638, section 3.1", () => {
  const n =
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
  expect(thumbprint({ kty: "RSA", n, e: "AQAB" })).toBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
});
