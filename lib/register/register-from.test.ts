import { describe, expect, test } from "vitest";
import { expectAccepted, expectRefused } from "#lib/ceremony/refused.under-test";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { changeOf, committed, dayAt, endorsed, RecordedCeremonies } from "./evidence.under-test";
import type { EndorsedChange } from "./key-change";
import { checkChange, registerFrom } from "./register-from";

const PAIR = { ...EXAMPLE_PAIR, extractable: true };
const { label } = PAIR;

async function madePair() {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, { operation: "list-keys" }, PAIR);
  return recorded;
}

describe("what is in the register", () => {
  test("a key that an outcome made, with ceremony, script, fingerprint, token and who approved; not yet to be used", async () => {
    const recorded = await madePair();
    const key = recorded.key(label);
    expect(key).toMatchObject({
      key: key.spkiSha256,
      kind: "key-pair",
      state: "pre-activation",
      uses: PAIR.usage,
      environment: "production",
      owner: null,
      cryptoperiodDays: null,
      born: { how: "made", ceremony: "c-1", approvedBy: ["carl", "cleo"], script: { hash: "5c".repeat(32) } },
      ceremonies: ["c-1"],
    });
    expect(key.places).toMatchObject([{ token: recorded.performed.memory.serial, gone: null }]);
    expect(key.places[0]?.objects.map(({ objectClass }) => objectClass)).toEqual(["private-key", "public-key"]);
  });

  test("the same evidence in any order, and twice, is the same register", async () => {
    const recorded = await madePair();
    await recorded.hold("c-2", 1, EXAMPLE_AES);
    const change = await endorsed(changeOf(recorded.key(label), "active", 2));
    const there = recorded.register([change]);
    const back = registerFrom([...recorded.evidence, ...recorded.evidence].reverse(), [change, change], "production", there.at);
    expect(back).toEqual(there);
  });

  test("only what has happened by then, and only of the mode", async () => {
    const recorded = await madePair();
    expect(recorded.register([], -1).keys).toEqual([]);
    expect(registerFrom(recorded.evidence, [], "rehearsal", dayAt(5)).keys).toEqual([]);
  });

  test("a copy is the same key at another place, a backup beside it, and both in its history", async () => {
    const recorded = new RecordedCeremonies();
    await recorded.hold("c-1", 0, PAIR, { operation: "clone-key", label, to: "vault" }, { operation: "backup-token", backup: "first" });
    const key = recorded.key(label);
    expect(key.places.map(({ token }) => token)).toEqual([recorded.performed.memory.serial, recorded.performed.vaultMemory.serial]);
    expect(key.backups).toMatchObject([{ backup: "first", restored: null }]);
    expect(key.history.map(({ what }) => what)).toEqual(["made", "copied", "backed-up"]);
  });

  test("a key that was there before is found, and what it may do is what its attributes say", async () => {
    const recorded = await madePair();
    const { performed } = recorded;
    const later = new RecordedCeremonies();
    Object.assign(later.performed, { memory: performed.memory, token: performed.token });
    const find = { operation: "identify-key", label, kind: "key-pair", algorithm: PAIR.algorithm };
    await later.hold("c-2", 3, { operation: "list-keys" }, find);
    expect(later.key(label)).toMatchObject({ born: { how: "found" }, key: recorded.key(label).key });
    // With the ceremony that made it, it is the same key, seen again.
    const both = registerFrom([...recorded.evidence, ...later.evidence], [], "production", dayAt(9));
    expect(both.keys).toMatchObject([{ born: { how: "made", ceremony: "c-1" }, ceremonies: ["c-1", "c-2"], places: [{}] }]);
  });
});

describe("what becomes of a key", () => {
  test("[KEY-RECORDED] accepts a change of a key that an outcome made", async () => {
    const key = (await madePair()).key(label);
    await expectAccepted(checkChange(key, changeOf(key, "active", 2)));
  });
  test("[KEY-RECORDED] refuses one of a key that is in no outcome, and of one under another label", async () => {
    const recorded = await madePair();
    const key = recorded.key(label);
    await expectRefused(checkChange(undefined, changeOf(key, "active", 2)), "KEY-RECORDED");
    await expectRefused(checkChange(key, changeOf(key, "active", 2, { label: "another" })), "KEY-RECORDED");
    const unknown = await endorsed(changeOf(key, "active", 2, { key: "00".repeat(32) }));
    expect(recorded.register([unknown])).toMatchObject({
      keys: [{ state: "pre-activation" }],
      refused: [{ refusal: { invariant: "KEY-RECORDED" } }],
    });
  });

  test("[KEY-HEAD] accepts a change of the key as it is", async () => {
    const recorded = await madePair();
    const first = await endorsed(changeOf(recorded.key(label), "active", 2));
    const second = await endorsed(changeOf(recorded.key(label, [first]), "suspended", 3));
    expect(recorded.key(label, [first, second])).toMatchObject({ state: "suspended", stateSince: dayAt(3), activeSince: dayAt(2) });
  });
  test("[KEY-HEAD] refuses one that was written before another, and one that says another state", async () => {
    const recorded = await madePair();
    const key = recorded.key(label);
    const first = await endorsed(changeOf(key, "active", 2));
    const rival = await endorsed(changeOf(key, "pre-activation", 3, { facts: { cryptoperiodDays: 9 } }));
    expect(recorded.register([first, rival])).toMatchObject({ keys: [{ state: "active" }], refused: [{ refusal: { invariant: "KEY-HEAD" } }] });
    await expectRefused(checkChange(key, changeOf(key, "active", 2, { from: "suspended" })), "KEY-HEAD");
  });

  describe("what takes away is undone by nothing that is dated before it", () => {
    async function activated() {
      const recorded = await madePair();
      return { recorded, active: await endorsed(changeOf(recorded.key(label), "active", 2)) };
    }
    test.each(["suspended", "deactivated", "compromised"] as const)("[KEY-HEAD] accepts %s, whatever was slipped in before it", async (to) => {
      const { recorded, active } = await activated();
      const stricter = await endorsed(changeOf(recorded.key(label, [active]), to, 9));
      const planted = await endorsed(changeOf(recorded.key(label, [active]), "active", 3, { facts: { environment: "test" } }));
      const { keys, refused } = recorded.register([active, planted, stricter]);
      expect(refused).toEqual([]);
      expect(keys).toMatchObject([{ state: to, stateSince: dayAt(9), compromised: to === "compromised" }]);
      expect(keys[0]?.history.flatMap((one) => (one.what === "changed" ? [[one.from, one.to, one.overtook]] : []))).toEqual([
        ["pre-activation", "active", false],
        ["active", "active", false],
        ["active", to, true],
      ]);
    });
    test("a suspension that people saw stays, though a reactivation was slipped in behind it", async () => {
      const { recorded, active } = await activated();
      const suspended = await endorsed(changeOf(recorded.key(label, [active]), "suspended", 4));
      const seen = await endorsed(changeOf(recorded.key(label, [active, suspended]), "suspended", 9, { facts: { environment: "test" } }));
      const planted = await endorsed(changeOf(recorded.key(label, [active, suspended]), "active", 5));
      expect(recorded.key(label, [active, suspended, planted, seen])).toMatchObject({ state: "suspended", stateSince: dayAt(9) });
    });
    test("a deactivation counts of a key whose activation was overtaken, and nothing activates it afterwards", async () => {
      const { recorded, active } = await activated();
      const key = recorded.key(label);
      const ended = await endorsed(changeOf(recorded.key(label, [active]), "deactivated", 4));
      const planted = await endorsed(changeOf(key, "pre-activation", 1, { facts: { environment: "test" } }));
      const again = await endorsed(changeOf(recorded.key(label, [planted]), "active", 5));
      expect(recorded.register([planted, active, ended, again])).toMatchObject({
        keys: [{ state: "deactivated" }],
        refused: [{ change: active.hash }, { change: again.hash, refusal: { invariant: "KEY-HEAD" } }],
      });
    });
    test("[KEY-HEAD] refuses what is as strict as the key is already, and everything that gives", async () => {
      const { recorded, active } = await activated();
      const key = recorded.key(label, [active]);
      const burnt = await endorsed(changeOf(key, "compromised", 5));
      const changes = [active, burnt];
      for (const to of ["suspended", "deactivated", "compromised"] as const)
        await expectRefused(checkChange(recorded.key(label, changes), changeOf(key, to, 9)), "KEY-HEAD");
      const suspended = await endorsed(changeOf(key, "suspended", 5));
      const back = changeOf(recorded.key(label, [active, suspended]), "active", 9);
      const other = await endorsed(changeOf(recorded.key(label, [active, suspended]), "suspended", 6, { facts: { environment: "test" } }));
      await expectRefused(checkChange(recorded.key(label, [active, suspended, other]), back), "KEY-HEAD");
    });
  });

  test.each([
    [["active"]],
    [["compromised"]],
    [["active", "suspended", "active", "deactivated", "compromised"]],
    [["active", "suspended", "deactivated"]],
    [["active", "suspended", "compromised"]],
    [["active", "compromised"]],
  ] as const)("[KEY-TRANSITION] accepts %s", async (path) => {
    const recorded = await madePair();
    const changes: EndorsedChange[] = [];
    for (const [i, to] of path.entries()) changes.push(await endorsed(changeOf(recorded.key(label, changes), to, i + 1)));
    expect(recorded.register(changes).refused).toEqual([]);
    expect(recorded.key(label, changes).state).toBe(path.at(-1));
  });
  test.each([
    [[], "suspended"],
    [[], "deactivated"],
    [[], "pre-activation"],
    [["active"], "pre-activation"],
    [["active", "deactivated"], "active"],
    [["active", "deactivated"], "suspended"],
    [["compromised"], "active"],
    [["compromised"], "deactivated"],
  ] as const)("[KEY-TRANSITION] refuses, after %s, %s", async (path, to) => {
    const recorded = await madePair();
    const changes: EndorsedChange[] = [];
    for (const [i, state] of path.entries()) changes.push(await endorsed(changeOf(recorded.key(label, changes), state, i + 1)));
    const key = recorded.key(label, changes);
    await expectRefused(checkChange(key, changeOf(key, to, 9)), "KEY-TRANSITION");
  });

  test("owner, purpose, environment and periods are set by a change, and only what it says", async () => {
    const recorded = await madePair();
    const facts = { owner: committed("Payments"), cryptoperiodDays: 90, processingDays: 30 };
    const first = await endorsed(changeOf(recorded.key(label), "active", 2, { facts }));
    const again = await endorsed(changeOf(recorded.key(label, [first]), "active", 3, { facts: { environment: "test" } }));
    expect(recorded.key(label, [first, again])).toMatchObject({
      ...facts,
      environment: "test",
      purpose: null,
      stateSince: dayAt(2),
      endsAt: dayAt(92),
      processedUntil: dayAt(122),
    });
  });

  test("a key that is deactivated early protects until then, and what it protected is processed so long afterwards", async () => {
    const recorded = await madePair();
    const first = await endorsed(changeOf(recorded.key(label), "active", 2, { facts: { cryptoperiodDays: 90, processingDays: 30 } }));
    const early = await endorsed(changeOf(recorded.key(label, [first]), "deactivated", 10));
    expect(recorded.key(label, [first, early])).toMatchObject({ endsAt: dayAt(10), processedUntil: dayAt(40) });
  });
});

describe("how a key ends", () => {
  const destruction = [{ operation: "condemn-key", label }, { operation: "destroy-key", label }];

  test("[KEY-DESTROYED] accepts no vote but an outcome: the last place of it is gone, and its compromise is not forgotten", async () => {
    const recorded = await madePair();
    const burnt = await endorsed(changeOf(recorded.key(label), "compromised", 2));
    await recorded.hold("c-2", 5, ...destruction);
    expect(recorded.key(label, [burnt])).toMatchObject({
      state: "destroyed",
      compromised: true,
      destroyed: { ceremony: "c-2" },
      places: [{ gone: { ceremony: "c-2" } }],
    });
  });
  test("[KEY-DESTROYED] refuses a quorum that says so, and any change of a key that is gone", async () => {
    const recorded = await madePair();
    const key = recorded.key(label);
    await expectRefused(checkChange(key, changeOf(key, "destroyed", 2)), "KEY-DESTROYED");
    await recorded.hold("c-2", 5, ...destruction);
    const gone = recorded.key(label);
    await expectRefused(checkChange(gone, changeOf(gone, "active", 6)), "KEY-DESTROYED");
  });

  test("a key of which a copy is left is not destroyed; one whose token was emptied is", async () => {
    const recorded = new RecordedCeremonies();
    await recorded.hold("c-1", 0, PAIR, { operation: "clone-key", label, to: "vault" }, ...destruction);
    expect(recorded.key(label)).toMatchObject({ state: "pre-activation", destroyed: null });
    await recorded.hold("c-2", 2, { operation: "condemn-token", token: "vault" }, { operation: "zeroise-token", token: "vault" });
    expect(recorded.key(label)).toMatchObject({ state: "destroyed", destroyed: { ceremony: "c-2" } });
  });
});
