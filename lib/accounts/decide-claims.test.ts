import { expect, test } from "vitest";
import { accepted, expectRefused } from "#lib/ceremony/refused.under-test";
import { decideClaims, flawOf } from "./decide-claims";
import type { GrantedKeys } from "./grant";

const tokens = { issuer: "https://keys.example", audiences: ["api", "mail"], claims: ["sub", "role"], minutes: 15 };
const granted: GrantedKeys = { alias: "jwt", keys: ["ab".repeat(32)], operations: ["issue-token"], algorithms: ["ES256"], tokens };
const made = { at: 1_000, jti: "one" };

test("a token says what its grant says, and of the caller's claims those that it names", async () => {
  expect(await accepted(decideClaims(granted, { audience: null, claims: { sub: "anna" } }, made))).toEqual({
    ...{ iss: "https://keys.example", aud: "api", sub: "anna", jti: "one" },
    ...{ iat: 1_000, nbf: 1_000, exp: 1_900 },
  });
  expect((await accepted(decideClaims(granted, { audience: "mail", claims: {} }, made)))["aud"]).toBe("mail");
});

test("no caller sets another claim, another audience, or one that is made here", async () => {
  await expectRefused(decideClaims(granted, { audience: null, claims: { scope: "all" } }, made), "GRANT-SCOPE");
  await expectRefused(decideClaims(granted, { audience: "bank", claims: {} }, made), "GRANT-SCOPE");
  await expectRefused(decideClaims({ ...granted, tokens: { ...tokens, claims: ["exp"] } }, { audience: null, claims: { exp: 9e9 } }, made), "GRANT-SCOPE");
  await expectRefused(decideClaims({ ...granted, tokens: null }, { audience: null, claims: {} }, made), "GRANT-SCOPE");
});

test("a token is good for its issuer's audiences, in its time", async () => {
  const claims = await accepted(decideClaims(granted, { audience: null, claims: {} }, made));
  expect(flawOf(granted, null, claims, 1_000)).toBeNull();
  expect(flawOf(granted, "api", { ...claims, aud: ["x", "api"] }, 1_899)).toBeNull();
  expect(flawOf(granted, "mail", claims, 1_000)).toBe("audience");
  expect(flawOf(granted, null, claims, 1_900)).toBe("expired");
  expect(flawOf(granted, null, claims, 999)).toBe("not-yet");
  expect(flawOf(granted, null, { ...claims, exp: "9999" }, 1_000)).toBe("expired");
  expect(flawOf(granted, null, { ...claims, iss: "https://other.example" }, 1_000)).toBe("issuer");
});
