import { expect, test } from "vitest";
import type { Roster } from "#lib/ceremony/roster";
import { no } from "#lib/ceremony/refusal";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { stepsOf, type Script } from "#lib/ceremony/script";
import { book } from "#lib/operations/book";
import { EXAMPLE_PAIR } from "#lib/operations/example-keys";
import type { RegisteredKey } from "#lib/register/registered-key";
import { rotationView } from "./rotation-view";

const making = (label: string): Script => {
  const [first] = stepsOf(smallScript);
  const step = { ...first, kind: "operation", operations: [{ ...EXAMPLE_PAIR, label }] } as unknown as Script["acts"][number]["steps"][number];
  return { ...smallScript, acts: [{ ...smallScript.acts[0]!, steps: [step] }] };
};
const key = (label: string, more: object = {}) =>
  ({ key: label, label, kind: "key-pair", state: "active", endsAt: "2027-02-26T12:00:00.000Z", processedUntil: null, cryptoperiodDays: 90, born: {}, ...more }) as unknown as RegisteredKey;
const plan = {
  rotates: [{ key: "jwt-2026-11", endsAt: "2027-02-26T12:00:00.000Z" }],
  startsAt: "2027-02-15T09:00:00.000Z",
  standbyAt: null,
  minutes: 90,
  zone: "UTC",
  invitations: (["carl", "cleo", "gone"] as const).map((person) => ({ person, role: "custodian" as const, answer: null, answeredAt: null, proposedAt: null, remark: null })),
};
const roster = { people: ["carl", "cleo"].map((person) => ({ person })) } as unknown as Roster;
const view = (script: Script, ...keys: RegisteredKey[]) =>
  rotationView({
    plan,
    script,
    register: { keys },
    book,
    roster,
    before: [{ person: "gone", role: "custodian" }],
    whyNot: (person) => {
      const lacks = no("PASSKEYS-TESTED", { person });
      return person === "cleo" && !lacks.ok ? lacks.refusal : null;
    },
    nameOf: (person) => person.toUpperCase(),
  });

test("an edition that names a free label gives the new key that one; one that names the old one needs another after it", () => {
  const next = (script: Script, ...keys: RegisteredKey[]) => view(script, key("jwt-2026-11"), ...keys)?.keys[0]?.next;
  expect(next(making("jwt-2027-02"))).toEqual({ label: "jwt-2027-02", inScript: true });
  expect(next(making("jwt-2026-11"))).toEqual({ label: "jwt-2027-02", inScript: false });
  // Somebody has made that one already.
  expect(next(making("jwt-2027-02"), key("jwt-2027-02"))).toEqual({ label: "jwt-2027-02-2", inScript: false });
  expect(next(making("jwt-2027-02"), key("jwt-2027-02", { state: "destroyed" }))).toEqual({ label: "jwt-2027-02", inScript: true });
  // A key of another name is not its successor.
  expect(next(making("master-2027"))).toEqual({ label: "jwt-2027-02", inScript: false });
});

test("it says who of the cast is ready on that day, who lacks what, and who of the ceremony before has left", () => {
  const seen = view(making("jwt-2027-02"), key("jwt-2026-11"));
  expect(seen?.cast.map(({ name, lacks }) => [name, lacks])).toEqual([["CARL", null], ["CLEO", "PASSKEYS-TESTED"], ["GONE", "not-in-roster"]]);
  expect(seen?.left).toEqual(["GONE"]);
});

test("a key that was put out of use has no overlap any more, and a plan of no key has nothing behind it", () => {
  expect(view(making("jwt-2027-02"), key("jwt-2026-11"))?.keys[0]?.overlap).toMatchObject({ activateAt: "2027-02-16T09:00:00.000Z", gap: false });
  expect(view(making("jwt-2027-02"), key("jwt-2026-11", { state: "deactivated" }))?.keys[0]?.overlap).toBeNull();
  expect(view(making("jwt-2027-02"))).toBeNull();
});
