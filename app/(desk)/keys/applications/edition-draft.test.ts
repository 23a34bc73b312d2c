import { expect, test } from "vitest";
import { grantOf } from "#lib/accounts/grant.under-test";
import { draftOf, emptyGroup, grantedIn, offered, type KeyChoice } from "./edition-draft";

const choice = (key: string, does: KeyChoice["does"]): KeyChoice => ({ key, label: key, algorithm: "RSA-2048", state: "active", does });
const signs = choice("rsa", [
  { operation: "sign", algorithms: ["RS256", "PS256"] },
  { operation: "issue-token", algorithms: ["RS256", "PS256"] },
]);
const curve = choice("ec", [{ operation: "sign", algorithms: ["ES256"] }]);
const box = choice("box", [{ operation: "decrypt", algorithms: ["RSA-OAEP"] }]);
const choices = [curve, signs, box];
const group = { ...emptyGroup(1), alias: "jwt", keys: ["rsa"], operations: ["sign" as const] };

test("what is offered is what every chosen key can do, by what any of them does it", () => {
  expect(offered(group, choices)).toEqual({ operations: ["sign", "issue-token"], algorithms: ["RS256", "PS256"] });
  expect(offered({ ...group, keys: ["rsa", "ec"] }, choices)).toEqual({ operations: ["sign"], algorithms: ["ES256", "RS256", "PS256"] });
  expect(offered({ ...group, keys: ["rsa", "box"] }, choices)).toEqual({ operations: [], algorithms: [] });
  expect(offered({ ...group, keys: [] }, choices)).toEqual({ operations: [], algorithms: [] });
});

test("what is sent has the keys in the order of the register, and nothing that was ticked for another key", () => {
  const both = { ...group, keys: ["rsa", "ec"], operations: ["sign" as const, "issue-token" as const], algorithms: ["ES256" as const, "RSA-OAEP" as const] };
  expect(grantedIn(both, choices)).toEqual({ alias: "jwt", keys: ["ec", "rsa"], operations: ["sign"], algorithms: ["ES256"], tokens: null });
});

test("an algorithm that is the only one needs no choosing", () => {
  expect(grantedIn({ ...group, keys: ["ec"] }, choices).algorithms).toEqual(["ES256"]);
  expect(grantedIn(group, choices).algorithms).toEqual([]);
});

test("what tokens say is sent where tokens are issued, lines as lists", () => {
  const issuing = { ...group, operations: ["issue-token" as const], issuer: " https://a.example ", audiences: "api\n\n mail ", claims: "", minutes: "5" };
  expect(grantedIn(issuing, choices).tokens).toEqual({ issuer: "https://a.example", audiences: ["api", "mail"], claims: [], minutes: 5 });
});

test("the next edition begins as the one that counts, and comes out as it", () => {
  const tokens = { issuer: "https://a.example", audiences: ["api", "mail"], claims: ["sub"], minutes: 5 };
  const keys = [{ alias: "jwt", keys: ["rsa"], operations: ["sign" as const, "issue-token" as const], algorithms: ["RS256" as const], tokens }];
  const draft = draftOf(grantOf({ keys, random: true }));
  expect(draft.groups.map((one) => grantedIn(one, choices))).toEqual(keys);
  expect(draft).toMatchObject({ account: "billing", random: true, perMinute: "6000", reason: "", until: null });
  expect(draftOf(null).groups).toHaveLength(1);
});
