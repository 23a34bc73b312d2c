import { describe, expect, test } from "vitest";
import type { Grant } from "#lib/accounts/grant";
import { grantOf, inForce } from "#lib/accounts/grant.under-test";
import { changeOf, dayAt, endorsed, RecordedCeremonies } from "#lib/register/evidence.under-test";
import type { EndorsedChange } from "#lib/register/key-change";
import { aliasesEnding, aliasesOf } from "./ending-aliases";

const PAIR = { operation: "generate-key-pair", algorithm: "EC-P256", usage: ["sign"], extractable: false };
const held = new RecordedCeremonies();
await held.hold("first", 0, { ...PAIR, label: "old" });
await held.hold("second", 60, { ...PAIR, label: "new" });
await held.hold("third", 60, { ...PAIR, label: "rsa", algorithm: "RSA-2048" }, { ...PAIR, label: "box", algorithm: "RSA-2048", usage: ["decrypt"] });
const [rsaKey, boxKey] = [held.key("rsa").key, held.key("box").key];
const [oldKey, newKey] = [held.key("old").key, held.key("new").key];
/** Active from day 1 on: it protects until day 91. */
const active = await endorsed(changeOf(held.key("old"), "active", 1, { facts: { cryptoperiodDays: 90, processingDays: 30 } }));

const granted = (change: Partial<Grant["keys"][number]> = {}) => ({
  ...{ alias: "jwt", keys: [oldKey], operations: ["sign" as const, "verify" as const], algorithms: ["ES256" as const], tokens: null },
  ...change,
});
const given = (change: Partial<Grant["keys"][number]> = {}, grant: Partial<Grant> = {}) =>
  [inForce(grantOf({ until: dayAt(500), keys: [granted(change)], ...grant }))];
const ending = (day: number, grants = given(), changes: readonly EndorsedChange[] = [active]) =>
  aliasesEnding(grants, held.register(changes, day).keys, dayAt(day)).map(({ account, alias, daysLeft }) => [account, alias, daysLeft]);

describe("an alias whose only key ends", () => {
  test("is nothing to see to eight days before, and is from a week before on", () => {
    expect(ending(83)).toEqual([]);
    expect(ending(84)).toEqual([["billing", "jwt", 7]]);
    expect(ending(85)).toEqual([["billing", "jwt", 6]]);
  });

  test("stays one once it is over, deactivated or compromised: the application still has no key", async () => {
    expect(ending(92)).toEqual([["billing", "jwt", null]]);
    for (const to of ["deactivated", "compromised"] as const) {
      expect(ending(40, given(), [active, await endorsed(changeOf(held.key("old", [active]), to, 39))])).toEqual([["billing", "jwt", null]]);
    }
  });

  test("is none while the key is only suspended, because it may come back", async () => {
    const suspended = await endorsed(changeOf(held.key("old", [active]), "suspended", 39));
    expect(ending(40, given(), [active, suspended])).toEqual([]);
    expect(ending(85, given(), [active, suspended])).toEqual([["billing", "jwt", 6]]);
  });
});

describe("with a successor behind the alias", () => {
  const both = given({ keys: [newKey, oldKey] });

  test("that waits to be activated, or is active for longer, there is nothing to see to", async () => {
    expect(ending(85, both)).toEqual([]);
    const later = await endorsed(changeOf(held.key("new"), "active", 84, { facts: { cryptoperiodDays: 90 } }));
    expect(ending(85, both, [active, later])).toEqual([]);
    const forEver = await endorsed(changeOf(held.key("new"), "active", 84));
    expect(ending(85, both, [active, forEver])).toEqual([]);
  });

  test("that ends as soon, or can never be activated, there is", async () => {
    const soon = await endorsed(changeOf(held.key("new"), "active", 84, { facts: { cryptoperiodDays: 7 } }));
    expect(ending(85, both, [active, soon])).toEqual([["billing", "jwt", 6]]);
    expect(ending(85, both, [active, await endorsed(changeOf(held.key("new"), "compromised", 84))])).toEqual([["billing", "jwt", 6]]);
  });
});

test("what protects nothing, is nobody's or is over has no end to tell of", () => {
  expect(ending(85, given({ operations: ["verify", "verify-token", "public-key"] }))).toEqual([]);
  expect(ending(85, given({}, { clients: [] }))).toEqual([]);
  expect(ending(85, given({}, { until: dayAt(80) }))).toEqual([]);
  expect(ending(85, given({ keys: ["ab".repeat(32)] }))).toEqual([]);
});

test("the applications that must have the successor of a key are those that protect with it, and each is followed once another key goes on", () => {
  const { keys } = held.register([active], 70);
  const of = (grants: ReturnType<typeof given>, key = held.key("old", [active], 70)) => aliasesOf(key, grants, keys, dayAt(70));
  expect(of(given())).toEqual([{ account: "billing", alias: "jwt", followed: false }]);
  expect(of(given({ keys: [newKey, oldKey] }))).toEqual([{ account: "billing", alias: "jwt", followed: true }]);
  expect(of(given({ keys: [newKey] }))).toEqual([]);
  expect(of(given({ operations: ["verify"] }))).toEqual([]);
  expect(of(given({}, { clients: [] }))).toEqual([]);
});

describe("a successor that the grant does not let do the same", () => {
  const { keys } = held.register([active], 70);
  const followed = (change: Parameters<typeof given>[0]) =>
    aliasesOf(held.key("old", [active], 70), given(change), keys, dayAt(70)).map((one) => one.followed);

  test("because it is of another algorithm is none, until the grant names that algorithm too", () => {
    const other = { keys: [rsaKey, oldKey] };
    expect(ending(85, given(other))).toEqual([["billing", "jwt", 6]]);
    expect(followed(other)).toEqual([false]);
    const both = { ...other, algorithms: ["ES256" as const, "PS256" as const] };
    expect(ending(85, given(both))).toEqual([]);
    expect(followed(both)).toEqual([true]);
  });

  test("because it does another of the operations is none for this one", () => {
    const boxes = { keys: [boxKey, oldKey], operations: ["sign" as const, "encrypt" as const], algorithms: ["ES256" as const, "RSA-OAEP" as const] };
    expect(ending(85, given(boxes))).toEqual([["billing", "jwt", 6]]);
    expect(followed(boxes)).toEqual([false]);
    const whole = { ...boxes, keys: [newKey, boxKey, oldKey] };
    expect(ending(85, given(whole))).toEqual([]);
    expect(followed(whole)).toEqual([true]);
  });
});

test("once both are over, the successor too has not followed", async () => {
  const later = await endorsed(changeOf(held.key("new"), "active", 84, { facts: { cryptoperiodDays: 16 } }));
  const on = (day: number) => {
    const { keys } = held.register([active, later], day);
    return aliasesOf(held.key("old", [active, later], day), given({ keys: [newKey, oldKey] }), keys, dayAt(day)).map(({ followed }) => followed);
  };
  expect([on(85), on(95), on(99), on(100), on(120)]).toEqual([[true], [true], [true], [false], [false]]);
});
