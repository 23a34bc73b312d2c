import { expect, test } from "vitest";
import { grantOf, inForce } from "#lib/accounts/grant.under-test";
import { proveClient } from "./client-assertion";
import { Application } from "./application.under-test";

const HERE = ["https://keys.example", "https://keys.example/oauth/token"];
const [billing, other] = [new Application("billing"), new Application("billing")];
const until = new Date(Date.now() + 86_400_000).toISOString();
const grants = new Map([["billing", inForce(grantOf({ clients: [billing.jwk], until }))]]);
const seconds = Math.floor(Date.now() / 1_000);

const prove = (assertion: unknown, at = new Date()) => {
  const proved = proveClient(assertion, grants, HERE, at);
  return proved.ok ? proved.value : proved.refusal;
};
const made = (claims: object, header: object = {}) => billing.assertion("https://keys.example", claims, header);

test("who has the key of a grant is its account, by either name of this process, with or without naming the key", () => {
  for (const audience of HERE) expect(prove(billing.assertion(audience))).toMatchObject({ grant: { grant: { account: "billing" } } });
  expect(prove(made({ aud: ["https://keys.example"] }, { kid: undefined }))).toMatchObject({ grant: { grant: { account: "billing" } } });
});

test("an assertion is known by its account and id alone, whatever else is in it", () => {
  const [one, two] = [prove(made({ jti: "a-jti-of-mine" })), prove(made({ jti: "a-jti-of-mine", exp: seconds + 90 }))];
  expect(one).toMatchObject({ hash: (two as { hash: string }).hash });
  expect(one).not.toMatchObject({ hash: (prove(made({ jti: "another-jti" })) as { hash: string }).hash });
});

test.each<[string, unknown, string]>([
  ["another key", other.assertion("https://keys.example"), "ASSERTION-SIGNATURE"],
  ["another key under the name of the right one", other.assertion("https://keys.example", {}, { kid: undefined }), "ASSERTION-SIGNATURE"],
  ["nobody's account", new Application("nobody").assertion("https://keys.example"), "CLIENT-UNKNOWN"],
  ["no text", 5, "TOKEN-UNREADABLE"],
  ["no signature", made({}, { alg: "none" }), "ALGORITHM-REFUSED"],
  ["an HMAC", made({}, { alg: "HS256" }), "ALGORITHM-REFUSED"],
  ["an algorithm that the key is not for", made({}, { alg: "RS256" }), "ASSERTION-SIGNATURE"],
  ["somebody else's audience", billing.assertion("https://other.example"), "ASSERTION-CLAIMS"],
  ["several audiences", made({ aud: HERE }), "ASSERTION-CLAIMS"],
  ["another subject", made({ sub: "mail" }), "ASSERTION-CLAIMS"],
  ["no id", made({ jti: undefined }), "ASSERTION-CLAIMS"],
  ["no end", made({ exp: undefined }), "ASSERTION-TIME"],
  ["an end in milliseconds", made({ exp: Date.now() }), "ASSERTION-TIME"],
  ["an end that is over", made({ exp: seconds - 60 }), "ASSERTION-TIME"],
  ["a beginning ahead", made({ nbf: seconds + 120 }), "ASSERTION-TIME"],
])("refuses %s", (_, assertion, refusal) => {
  expect(prove(assertion)).toBe(refusal);
});

test("a grant that is over, or that has no client keys any more, proves nobody", () => {
  expect(prove(made({ exp: Math.floor(Date.parse(until) / 1_000) + 60 }), new Date(until))).toBe("CLIENT-UNKNOWN");
  const revoked = new Map([["billing", inForce(grantOf({ clients: [], until }))]]);
  expect(proveClient(made({}), revoked, HERE, new Date())).toEqual({ ok: false, refusal: "CLIENT-UNKNOWN" });
});
