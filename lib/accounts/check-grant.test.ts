import { expect, test } from "vitest";
import { RecordedCeremonies, dayAt } from "#lib/register/evidence.under-test";
import { checkGrant } from "./check-grant";
import type { Grant, GrantedKeys } from "./grant";
import { grantOf } from "./grant.under-test";

const held = new RecordedCeremonies();
const PAIR = { operation: "generate-key-pair", algorithm: "EC-P256", usage: ["sign"], extractable: false };
await held.hold("first", 0, { ...PAIR, label: "one" });
await held.hold("second", 1, { ...PAIR, label: "two" });
const keys = new Map(held.register().keys.map((key) => [key.key, key]));
const [one, two] = [held.key("one").key, held.key("two").key];

const jwt: GrantedKeys = { alias: "jwt", keys: [two, one], operations: ["sign", "verify"], algorithms: ["ES256"], tokens: null };
const tokens = { issuer: "https://a.example", audiences: ["api"], claims: [], minutes: 15 };
const said = (change: Partial<Grant>, known = keys, others: Grant[] = []) => {
  const answer = checkGrant(grantOf(change), { keys: known, others, at: dayAt(1) });
  return answer.ok ? "ok" : answer.refusal.code;
};

test("what its account could do is worth signing", () => {
  expect(said({ keys: [jwt] })).toBe("ok");
  expect(said({ keys: [{ ...jwt, operations: ["issue-token"], tokens }], random: true })).toBe("ok");
});

test.each<[string, Partial<Grant>, string]>([
  ["an end that has come", { until: dayAt(1) }, "GRANT-TIME"],
  ["an end that nobody lives to see", { until: dayAt(733) }, "GRANT-LONG"],
  ["a key that issues tokens and signs whatever it is given", { keys: [{ ...jwt, operations: ["sign", "issue-token"], tokens }] }, "GRANT-MIXED"],
  ["a name for two sets of keys", { keys: [{ ...jwt, keys: [one] }, { ...jwt, keys: [two] }] }, "GRANT-NAMES"],
  ["a key behind two names", { keys: [{ ...jwt, keys: [one] }, { ...jwt, alias: "other", keys: [one] }] }, "GRANT-NAMES"],
  ["tokens of which nothing is said", { keys: [{ ...jwt, operations: ["issue-token"] }] }, "GRANT-TOKENS"],
  ["tokens that nobody issues or verifies", { keys: [{ ...jwt, tokens }] }, "GRANT-TOKENS"],
  ["a key that no ceremony made", { keys: [{ ...jwt, keys: ["00".repeat(32)] }] }, "KEY-RECORDED"],
  ["an algorithm that is not the key's", { keys: [{ ...jwt, algorithms: ["RS256"] }] }, "KEY-PURPOSE"],
])("nobody is asked to sign %s", (_, change, code) => {
  expect(said(change)).toBe(code);
});

test("a key that was not made to sign is behind no name", () => {
  const wrapping = new Map([[one, { ...held.key("one"), uses: ["unwrap" as const] }]]);
  expect(said({ keys: [{ ...jwt, keys: [one] }] }, wrapping)).toBe("KEY-PURPOSE");
});

test("nobody signs raw bytes with a key by which another account issues tokens, nor the other way round", () => {
  const issuing = grantOf({ account: "mail", clients: [], keys: [{ ...jwt, operations: ["issue-token"], tokens }] });
  const signing = grantOf({ account: "mail", keys: [jwt] });
  expect(said({ keys: [{ ...jwt, operations: ["sign"] }] }, keys, [issuing])).toBe("GRANT-MIXED");
  expect(said({ keys: [{ ...jwt, operations: ["issue-token"], tokens }] }, keys, [signing])).toBe("GRANT-MIXED");
  expect(said({ keys: [{ ...jwt, operations: ["sign"] }] }, keys, [{ ...issuing, until: dayAt(1) }, signing])).toBe("ok");
  expect(said({ keys: [{ ...jwt, operations: ["verify", "verify-token"], tokens }] }, keys, [issuing])).toBe("ok");
});

test("everything can be taken back, whatever has become of the keys", () => {
  expect(said({ clients: [], keys: [{ ...jwt, keys: ["00".repeat(32)] }] })).toBe("ok");
});
