import { describe, expect, test } from "vitest";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { changeOf, dayAt, endorsed, RecordedCeremonies } from "./evidence.under-test";
import { keptRegister } from "./kept-register";
import { registerFrom } from "./register-from";

async function house() {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES);
  const active = await endorsed(changeOf(recorded.key(EXAMPLE_PAIR.label), "active", 2, { facts: { cryptoperiodDays: 90 } }));
  const kept = keptRegister();
  type Given = Parameters<typeof registerFrom>;
  /** What it answers is what is made anew; said is whether it is the very one that was made before. */
  const ask = (evidence: Given[0], changes: Given[1], day: number) => {
    const register = kept(evidence, changes, "production", dayAt(day));
    expect(register).toEqual(registerFrom(evidence, changes, "production", dayAt(day)));
    return register.keys;
  };
  return { recorded, active, ask };
}

describe("a register that is kept", () => {
  test("is the same one as long as nothing happens, whatever the time", async () => {
    const { recorded, active, ask } = await house();
    const keys = ask(recorded.evidence, [active], 3);
    expect(ask([...recorded.evidence], [active], 400)).toBe(keys);
  });
  test("is made anew by another ceremony, by more of one, and by a change", async () => {
    const { recorded, active, ask } = await house();
    const keys = ask(recorded.evidence, [], 3);
    const changed = ask(recorded.evidence, [active], 3);
    expect(changed).not.toBe(keys);
    const [first] = recorded.evidence;
    const longer = ask([{ ...first!, head: "2f".repeat(32) }], [active], 3);
    expect(longer).not.toBe(changed);
    await recorded.hold("c-2", 1, { operation: "condemn-key", label: EXAMPLE_AES.label, key: "secret-key" });
    expect(ask(recorded.evidence, [active], 3)).not.toBe(longer);
  });
  test("is made anew once something happens that lay ahead, and for a time before it", async () => {
    const { recorded, active, ask } = await house();
    const before = ask(recorded.evidence, [active], 1);
    const after = ask(recorded.evidence, [active], 3);
    expect(after.map(({ state }) => state)).not.toEqual(before.map(({ state }) => state));
    ask(recorded.evidence, [active], 1);
  });
});
