import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { expect, test } from "vitest";
import { KEY_STATES, type KeyState } from "#lib/ceremony/key-states";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { cbomOf } from "./cbom";
import { changeOf, endorsed, RecordedCeremonies } from "./evidence.under-test";
import type { EndorsedChange } from "./key-change";
import type { Register } from "./registered-key";

const { label } = EXAMPLE_PAIR;
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

/** What was agreed to until a key was in that state. */
const PATHS: { readonly [state in KeyState]: readonly KeyState[] } = {
  "pre-activation": [],
  active: ["active"],
  suspended: ["active", "suspended"],
  deactivated: ["active", "deactivated"],
  compromised: ["active", "compromised"],
  destroyed: ["active", "deactivated"],
};

/** A pair in that state, and a secret key. */
async function registerWith(state: KeyState): Promise<Register> {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES);
  const changes: EndorsedChange[] = [];
  for (const [i, to] of PATHS[state].entries()) {
    const facts = i === 0 ? { cryptoperiodDays: 90, processingDays: 30 } : null;
    changes.push(await endorsed(changeOf(recorded.key(label, changes), to, i + 1, { facts })));
  }
  if (state === "destroyed") await recorded.hold("c-2", 5, { operation: "condemn-key", label }, { operation: "destroy-key", label });
  return recorded.register(changes);
}

test.each(KEY_STATES)("with a key that is %s and a secret key the bill is one by the schema of CycloneDX 1.6, every member of it known there", async (state) => {
  const register = await registerWith(state);
  expect(register.keys.find((key) => key.label === label)?.state).toBe(state);
  expect(register.keys.map(({ kind }) => kind)).toEqual(["key-pair", "secret-key"]);
  const bill = JSON.stringify(cbomOf(register, (ceremony) => (ceremony === "c-1" ? "ab".repeat(32) : null)));
  expect(await validator.validate(bill)).toBeNull();
});

test.each([
  ["a state that there is none", '"state":"active"', '"state":"asleep"'],
  ["a member that it does not know", '"specVersion":"1.6"', '"specVersion":"1.6","claviger":true'],
  ["a time that is none", /"activationDate":"[^"]*"/, '"activationDate":"on Monday"'],
])("the schema refuses %s", async (_, was, is) => {
  const bill = JSON.stringify(cbomOf(await registerWith("active"), () => null));
  const bent = bill.replace(was, is);
  expect(bent).not.toBe(bill);
  expect(await validator.validate(bent)).not.toBeNull();
});
