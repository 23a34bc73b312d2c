import { expect, it } from "vitest";
import { dueOf } from "./due";
import type { KnownDuty, KnownPlan } from "./plan";
import type { ReadinessView } from "./readiness-view";

const NOW = "2026-11-22T10:00:00.000Z";
const day = (days: number) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();
const duty = (change: Partial<KnownDuty> = {}): KnownDuty => ({
  ...{ duty: "d-1", list: "before", text: "Book the room.", fromScript: true, owner: "carl", dueAt: day(3), settled: null },
  ...change,
});
const plan = (change: Partial<KnownPlan> = {}) => ({
  ...{ plan: "p-1", title: "One key", startsAt: day(5), cancelledAt: null, ceremony: null, draft: false, duties: [] },
  invitations: [{ person: "carl", role: "custodian" as const, answer: null, answeredAt: null, proposedAt: null, remark: null }],
  ...change,
});
const own = (at: string | null) => [{ person: "carl", name: "Carl", at, counts: true }];
const passkey = (id: string, at: string | null) => ({ ...own(at)[0]!, id, aaguid: "", synced: false, backedUp: null, hash: "", attestation: null });
const view = (accepted: string | null, ...tested: (string | null)[]): ReadinessView => ({
  ...{ version: 1, custodian: true, testedDays: 30 },
  duties: [{ hash: "h", says: "I say so.", scripts: ["A", "B"], days: 365, people: own(accepted) }],
  passkeys: tested.map((at, i) => passkey(`k-${String(i)}`, at)),
});
const ready = view(day(-1), day(-1));
const due = (change: Partial<Parameters<typeof dueOf>[0]>) => dueOf({ plans: [], readiness: ready, workers: [], renewals: [], me: "carl", now: NOW, ...change });
const told = (change: Parameters<typeof due>[0]) => due(change).map(({ what, by, overdue }) => [what, by, overdue]);

it("lists nothing for somebody who has answered, done and signed everything", () => {
  const settled = { at: NOW, by: "carl", notDoneBecause: null };
  const answered = plan().invitations.map((one) => ({ ...one, answer: "declined" as const }));
  expect(due({ plans: [plan({ invitations: answered, duties: [duty({ settled }), duty({ owner: "olga" })] })] })).toEqual([]);
});

it("lists everything of one person by its date, and first what was never done", () => {
  const plans = [plan({ duties: [duty({ dueAt: day(9) }), duty({ duty: "d-2", dueAt: day(-2) })] })];
  expect(told({ plans, readiness: view(day(-360), null) })).toEqual([
    ["test", null, true],
    ["duty", day(-2), true],
    ["answer", day(5), false],
    ["accept", day(5), false],
    ["duty", day(9), false],
  ]);
});

it("asks for a test once the newest of somebody's passkeys lapses within a week or has lapsed, not for each passkey", () => {
  expect(told({ readiness: view(day(-1), null, day(-2)) })).toEqual([]);
  expect(told({ readiness: view(day(-1), day(-40), day(-22)) })).toEqual([]);
  expect(told({ readiness: view(day(-1), day(-40), day(-24)) })).toEqual([["test", day(6), false]]);
  expect(told({ readiness: view(day(-1), day(-31)) })).toEqual([["test", day(-1), true]]);
});

it("asks nothing of who is no custodian, of anybody in a rehearsing house, and for plans that are over or nobody's yet", () => {
  expect(told({ readiness: { ...view(null, null), custodian: false } })).toEqual([]);
  expect(told({ readiness: null })).toEqual([]);
  const over = [plan({ cancelledAt: NOW, duties: [duty()] }), plan({ ceremony: "c-1" }), plan({ startsAt: day(-1) }), plan({ draft: true })];
  expect(told({ plans: over })).toEqual([]);
});

it("goes on asking for duties of a plan whose ceremony is opened: what is left to do afterwards", () => {
  expect(told({ plans: [plan({ ceremony: "c-1", duties: [duty({ list: "after", dueAt: day(-1) })] })] })).toEqual([["duty", day(-1), true]]);
});

it("tells whoever administers of a certificate under which a worker seals, sixty days before it ends, and that there is none", () => {
  const worker = (until: string | null, state = "ready") => ({ worker: "w-1", state, facts: { seal: { of: "organisation", until } } });
  expect(told({ workers: [worker(day(61)), worker(day(1), "stopped"), { worker: "w-0", state: "ready", facts: {} }] })).toEqual([]);
  expect(told({ workers: [worker(day(60)), worker(day(-1)), worker(null)] })).toEqual([
    ["certificate", null, true],
    ["certificate", day(-1), true],
    ["certificate", day(60), false],
  ]);
});

it("tells whoever administers of records to renew in one line, by the end of the first", () => {
  expect(due({ renewals: [day(20), day(300)] })).toEqual([{ what: "renewal", records: 2, by: day(20), overdue: false }]);
  expect(told({ renewals: [day(-1)] })).toEqual([["renewal", day(-1), true]]);
});
