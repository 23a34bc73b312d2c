import { expect, test } from "vitest";
import { grantDifferences, grantFacts } from "./grant-facts";
import { thumbprint, type GrantedKeys } from "./grant";
import { CLIENT, grantOf } from "./grant.under-test";

const [one, two] = ["aa".repeat(32), "bb".repeat(32)];
const tokens = { issuer: "https://a.example", audiences: ["api"], claims: ["sub"], minutes: 15 };
const jwt: GrantedKeys = { alias: "jwt", keys: [one], operations: ["sign"], algorithms: ["ES256"], tokens: null };

test("everything that a grant allows is among its facts, so that no two that allow different things read the same", () => {
  const grant = grantOf({ keys: [{ ...jwt, tokens }], random: true });
  expect(grantFacts(grant).map(({ what, alias, values }) => [what, alias, ...values])).toEqual([
    ["clients", null, thumbprint(CLIENT)],
    ["keys", "jwt", one],
    ["operations", "jwt", "sign"],
    ["algorithms", "jwt", "ES256"],
    ["issuer", "jwt", "https://a.example"],
    ["audiences", "jwt", "api"],
    ["claims", "jwt", "sub"],
    ["minutes", "jwt", "15"],
    ["random", null],
    ["perMinute", null, "6000"],
    ["until", null, grant.until],
  ]);
  const about = ["v", "mode", "account", "edition", "reason", "by", "at"];
  expect(Object.keys(grant).filter((part) => !about.includes(part)).sort()).toEqual(["clients", "keys", "perMinute", "random", "until"]);
});

test("the differences of two editions are what came, what went and what is otherwise", () => {
  const before = grantOf({ keys: [jwt], random: true });
  expect(grantDifferences(before, grantOf({ keys: [jwt], random: true, edition: 2, by: "cleo" }))).toEqual([]);
  const after = grantOf({ edition: 2, clients: [], keys: [{ ...jwt, keys: [two, one], tokens }], perMinute: 60 });
  expect(grantDifferences(before, after)).toEqual([
    { what: "clients", alias: null, was: [thumbprint(CLIENT)], is: [] },
    { what: "keys", alias: "jwt", was: [one], is: [two, one] },
    { what: "issuer", alias: "jwt", was: null, is: ["https://a.example"] },
    { what: "audiences", alias: "jwt", was: null, is: ["api"] },
    { what: "claims", alias: "jwt", was: null, is: ["sub"] },
    { what: "minutes", alias: "jwt", was: null, is: ["15"] },
    { what: "perMinute", alias: null, was: ["6000"], is: ["60"] },
    { what: "random", alias: null, was: [], is: null },
  ]);
});

test("another order of the same keys is a difference: the first of them signs", () => {
  const with2 = (keys: readonly [string, string]) => grantOf({ keys: [{ ...jwt, keys: [...keys] }] });
  expect(grantDifferences(with2([one, two]), with2([two, one]))).toEqual([{ what: "keys", alias: "jwt", was: [one, two], is: [two, one] }]);
});
