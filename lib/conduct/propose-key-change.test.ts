import { expect, test } from "vitest";
import type { KeyState } from "#lib/ceremony/key-states";
import { smallRoster } from "#lib/ceremony/small-roster.under-test";
import { rosterHash } from "#lib/ceremony/roster";
import { canonical, type Json } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import { valuesOf } from "#lib/log/commitment";
import { EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { readKeyChange, type EndorsedChange } from "#lib/register/key-change";
import { changeOf, committed, dayAt, endorsed, RecordedCeremonies } from "#lib/register/evidence.under-test";
import { paperToSign } from "./paper-to-sign";
import { proposeKeyChange, type NewPaper, type ProposeKeyChange, type RegisterPorts } from "./propose-key-change";
import { activeForEver, keySight, mayPropose, readsRegister } from "./register-view";
import type { ReadRoster } from "./roster-standing";

const { label } = EXAMPLE_PAIR;
const inForce = {
  roster: smallRoster,
  row: { hash: rosterHash(smallRoster), bytes: canonical(smallRoster as unknown as Json), openings: [] },
} as unknown as ReadRoster;

async function house() {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR);
  const papers: NewPaper[] = [];
  const ports: RegisterPorts = {
    world: { now: () => new Date(dayAt(2)), random: (bytes) => new Uint8Array(bytes).fill(7), undrawable: () => [] },
    mode: "production",
    register: () => Promise.resolve(recorded.register()),
    inForce: () => Promise.resolve(inForce),
    keep: (paper) => Promise.resolve(void papers.push(paper)),
  };
  const key = recorded.key(label);
  const propose = (change: Partial<ProposeKeyChange> = {}, person = "carl", canSign = true) =>
    proposeKeyChange(ports, { person, canSign }, { key: key.key, to: "active", reason: "It takes over on Monday.", cryptoperiodDays: 90, ...change });
  return { recorded, key, papers, ports, propose };
}
const code = (answer: Awaited<ReturnType<Awaited<ReturnType<typeof house>>["propose"]>>) => (answer.ok ? "ok" : answer.refusal.code);

test("a custodian writes a change down: from the state and the history the key has, its texts behind commitments", async () => {
  const { key, papers, propose } = await house();
  const written = await propose({ owner: "Payments", cryptoperiodDays: 90, processingDays: 30 });
  const [paper] = papers;
  expect(written).toEqual({ ok: true, value: { hash: paper?.hash } });
  const change = readKeyChange(paper!.bytes)!;
  expect(change).toMatchObject({ key: key.key, head: key.head, from: "pre-activation", to: "active", by: "carl", at: dayAt(2) });
  const value = valuesOf(paper!.openings);
  expect([value(change.reason), value(change.facts!.owner!), change.facts?.cryptoperiodDays]).toEqual(["It takes over on Monday.", "Payments", 90]);
  expect(change.facts).not.toHaveProperty("purpose");
  expect(new TextDecoder().decode(paper!.bytes)).not.toContain("Payments");
});

test("nobody else does, nobody without a passkey, and nothing that could not come about", async () => {
  const { papers, propose } = await house();
  expect(code(await propose({}, "will"))).toBe("ENDORSEMENT-CUSTODIAN");
  expect(code(await propose({}, "carl", false))).toBe("LOOK-ONLY");
  expect(code(await propose({ key: "00".repeat(32) }))).toBe("KEY-RECORDED");
  expect(code(await propose({ to: "suspended" }))).toBe("KEY-TRANSITION");
  expect(code(await propose({ to: "destroyed" }))).toBe("KEY-DESTROYED");
  expect(code(await propose({ to: "pre-activation", cryptoperiodDays: undefined }))).toBe("KEY-TRANSITION");
  expect(code(await propose({ reason: " " }))).toBe("TEXT-MISSING");
  expect(papers).toEqual([]);
});

test("no key is proposed to be active without an end; one whose period stands is, and one that leaves may have none", async () => {
  const { recorded, key, papers, propose } = await house();
  expect(code(await propose({ cryptoperiodDays: undefined }))).toBe("CRYPTOPERIOD-MISSING");
  expect(papers).toEqual([]);
  expect(code(await propose({ to: "compromised", cryptoperiodDays: undefined }))).toBe("ok");
  const endless = await endorsed(changeOf(key, "active", 1));
  const dated = await endorsed(changeOf(recorded.key(label, [endless]), "active", 1.5, { facts: { cryptoperiodDays: 30 } }));
  const again = async (...changes: EndorsedChange[]) => {
    const ports = { ...(await house()).ports, register: () => Promise.resolve(recorded.register(changes)) };
    const form = { key: key.key, to: "active" as const, reason: "Whose it is.", owner: "Payments" };
    return code(await proposeKeyChange(ports, { person: "carl", canSign: true }, form));
  };
  expect(await again(endless)).toBe("CRYPTOPERIOD-MISSING");
  expect(await again(endless, dated)).toBe("ok");
  expect(activeForEver(recorded.register([endless]).keys, dayAt(201)).map((one) => [one.key.label, one.daysOver])).toEqual([[label, 200]]);
  expect(activeForEver([...recorded.register([endless, dated]).keys, ...recorded.register().keys], dayAt(2))).toEqual([]);
});

test("no end is proposed that is already behind the key, which is counted from its activation and not from today", async () => {
  const { recorded, key, ports } = await house();
  const at = 201;
  const after = (changes: readonly EndorsedChange[]) => async (to: KeyState, more: Partial<ProposeKeyChange> = {}) => {
    const world = { ...ports.world, now: () => new Date(dayAt(at)) };
    const asked = { ...ports, world, register: () => Promise.resolve(recorded.register(changes, at)) };
    return code(await proposeKeyChange(asked, { person: "carl", canSign: true }, { key: key.key, to, reason: "It goes on.", ...more }));
  };
  const endless = await endorsed(changeOf(key, "active", 1));
  const set = after([endless]);
  expect(await set("active", { cryptoperiodDays: 90 })).toBe("CRYPTOPERIOD-OVER");
  expect(await set("active", { cryptoperiodDays: 200 })).toBe("CRYPTOPERIOD-OVER");
  expect(await set("active", { cryptoperiodDays: 201 })).toBe("ok");
  expect(await set("suspended", { cryptoperiodDays: 90 })).toBe("CRYPTOPERIOD-OVER");
  expect(await set("deactivated", { cryptoperiodDays: 90 })).toBe("ok");

  const again = async (days: number | null) => {
    const dated = days === null ? endless : await endorsed(changeOf(key, "active", 1, { facts: { cryptoperiodDays: days } }));
    return after([dated, await endorsed(changeOf(recorded.key(label, [dated], 10), "suspended", 10))]);
  };
  expect(await (await again(null))("suspended", { cryptoperiodDays: 90 })).toBe("CRYPTOPERIOD-OVER");
  const suspended = await again(90);
  expect(await suspended("active")).toBe("CRYPTOPERIOD-OVER");
  expect(await suspended("active", { cryptoperiodDays: 90 })).toBe("CRYPTOPERIOD-OVER");
  expect(await suspended("active", { cryptoperiodDays: 290 })).toBe("ok");
  expect(await suspended("suspended", { owner: "Payments" })).toBe("ok");
  expect(await (await again(201))("active")).toBe("ok");
  const lapsed = after([await endorsed(changeOf(key, "active", 1, { facts: { cryptoperiodDays: 90 } }))]);
  expect(await lapsed("active", { owner: "Payments" })).toBe("ok");
});

test("what is asked to be signed is a change that can come about, and one's own explanation of an open finding", async () => {
  const { recorded, key, papers, propose } = await house();
  await propose();
  const [paper] = papers;
  let register = recorded.register();
  let isOpen = true;
  const explanation = {
    v: "claviger/finding-explained/v1",
    mode: "production",
    finding: "ab".repeat(32),
    token: "s-1",
    says: committed("a test object"),
    by: "carl",
    at: dayAt(3),
  };
  const explained = canonical(explanation);
  const kept = new Map<string, Pick<NewPaper, "bytes" | "openings">>([
    [paper!.hash, paper!],
    [sha256Hex(explained), { bytes: explained, openings: [] }],
  ]);
  const asked = async (what: "key-state" | "finding", hash: string, person = "carl") => {
    const ports = { find: (of: string) => Promise.resolve(kept.get(of) ?? null), register: () => Promise.resolve(register), isOpen: () => Promise.resolve(isOpen), isAwaited: () => Promise.resolve(false) };
    const answer = await paperToSign(ports, what, hash, person);
    return answer.ok ? answer.value.document.what : answer.refusal.code;
  };
  expect(await asked("key-state", paper!.hash)).toBe("key-state");
  expect(await asked("finding", paper!.hash)).toBe("NOTHING-TO-ENDORSE");
  expect(await asked("key-state", "00".repeat(32))).toBe("NOTHING-TO-ENDORSE");
  register = recorded.register([await endorsed(changeOf(key, "compromised", 2))]);
  expect(await asked("key-state", paper!.hash)).toBe("KEY-HEAD");

  expect(await asked("finding", sha256Hex(explained))).toBe("finding");
  expect(await asked("finding", sha256Hex(explained), "cleo")).toBe("FINDING-EXPLAINED");
  isOpen = false;
  expect(await asked("finding", sha256Hex(explained))).toBe("FINDING-EXPLAINED");
});

test("the register is for whoever leads, decides or audits, and for nobody who only bears witness", () => {
  for (const role of ["administrator", "operator", "custodian", "auditor"] as const) expect(readsRegister([role])).toBe(true);
  expect([readsRegister(["witness"]), readsRegister([])]).toEqual([false, false]);
});

test("a week before its time ends a key is said to be due, and when it is over", async () => {
  const { recorded, key } = await house();
  const active = await endorsed(changeOf(key, "active", 0, { facts: { cryptoperiodDays: 90 } }));
  const on = (day: number) => {
    const { due, daysLeft, may } = keySight(recorded.key(label, [active], day), () => null, dayAt(day));
    return [due, daysLeft, may.includes("sign")];
  };
  expect(on(82)).toEqual([null, 8, true]);
  expect(on(83)).toEqual(["lapsing", 7, true]);
  expect(on(89.5)).toEqual(["lapsing", 0, true]);
  expect(on(90)).toEqual(["lapsed", 0, false]);
  expect(keySight(recorded.key(label), () => null, dayAt(500))).toMatchObject({ due: null, daysLeft: null, may: [] });
  expect([mayPropose(inForce, "carl"), mayPropose(inForce, "will"), mayPropose(null, "carl")]).toEqual([true, false, false]);
});
