import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { SmallWorld } from "#lib/ceremony/small-world.under-test";
import { summaryOf } from "#lib/store/ceremonies";
import { appendEntry } from "#lib/store/entries";
import { pointAtCeremony } from "#lib/store/plans";
import { due } from "#lib/wiring/due";
import { afterwards, afterwardsOfAll, planFor, plans } from "#lib/wiring/plans";
import { ApiGrounds } from "./api-grounds.under-test";
import { CAST, SmallCeremony } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

// A plan leads to a ceremony, once; and the ceremony is finished when what the plan leaves to do is.

let grounds: ApiGrounds;
let house: SmallCeremony;
let scriptHash = "";
let rosterHash = "";

beforeAll(async () => {
  grounds = await ApiGrounds.open();
  // Enrols the cast, and publishes script and roster.
  house = await SmallCeremony.open(grounds);
  scriptHash = (await grounds.db.scriptEdition.findFirstOrThrow()).hash;
  rosterHash = (await grounds.db.rosterVersion.findFirstOrThrow()).hash;
});
afterAll(() => grounds.close());

const cast = CAST.map(([person, role]) => ({ person, role }));
const cookie = () => house.cookie("olga");

async function plan(): Promise<string> {
  const { POST } = await import("./plans/route");
  const startsAt = new Date(Date.now() + 86_400_000).toISOString();
  const body = { title: "Small", startsAt, minutes: 240, zone: "UTC", room: "Room 1", standbyAt: null, cast, scriptHash };
  const made = await grounds.ask<{ plan: string }>(POST, { method: "POST", body, cookie: cookie() });
  expect(made).toMatchObject({ status: 200 });
  return made.body.plan;
}

async function open(from: string, change: object = {}) {
  const { POST } = await import("./ceremonies/route");
  const body = { title: "Small", place: "Room 1", scriptHash, rosterHash, participants: cast, plan: from, ...change };
  return grounds.ask<{ id: string }>(POST, { method: "POST", body, cookie: cookie() });
}

test("without a mail server nobody is written to, and the plan says so", async () => {
  const id = await plan();
  expect(await planFor(id, "olga")).toMatchObject({ mailServer: false, mails: [] });
  expect(await grounds.db.mail.count()).toBe(0);
});

test("a plan points at the ceremony opened from it, is opened once, and stays as it was then", async () => {
  const id = await plan();
  const opened = await open(id);
  expect(opened.status).toBe(200);
  expect(await planFor(id, "olga")).toMatchObject({ ceremony: opened.body.id, standing: false });
  expect((await open(id)).body.error?.code).toBe("PLAN-OVERTAKEN");
  const { POST } = await import("./plans/[plan]/cancellation/route");
  const cancelled = await grounds.ask(POST, { method: "POST", params: { plan: id }, body: { seen: 0, reason: "x" }, cookie: cookie() });
  expect(cancelled.body.error?.code).toBe("PLAN-OVERTAKEN");
});

test("an opening that a rule refuses, or that died before its first entry, leaves the plan to be opened again", async () => {
  const id = await plan();
  expect((await open(id, { participants: cast.filter(({ person }) => person !== "carl") })).body.error?.code).toBe("CAST-COMPLETE");
  await pointAtCeremony(grounds.db, id, "c-never", { kind: "plan-used", by: "olga", facts: { plan: id } });
  expect(await planFor(id, "olga")).toMatchObject({ ceremony: null, standing: true });
  expect((await open(id)).status).toBe(200);
});

test("no ceremony is opened from a plan of another script, from none, or from one that was cancelled", async () => {
  const id = await plan();
  await grounds.db.ceremonyPlan.update({ where: { id }, data: { scriptHash: "0".repeat(64) } });
  expect((await open(id)).body.error?.code).toBe("PLAN-OVERTAKEN");
  expect((await open("pl-none")).body.error?.code).toBe("PLAN-OVERTAKEN");
  await grounds.db.ceremonyPlan.update({ where: { id }, data: { scriptHash, cancelledAt: new Date() } });
  expect((await open(id)).body.error?.code).toBe("PLAN-OVERTAKEN");
});

test("a ceremony is finished when nothing of its plan's last list is left", async () => {
  const id = await plan();
  const { POST } = await import("./plans/[plan]/duties/route");
  const due = new Date(Date.now() - 1000).toISOString();
  const duty = { list: "after", text: "Archive the film.", owner: "will", dueAt: due };
  const added = await grounds.ask<{ duty: string }>(POST, { method: "POST", params: { plan: id }, body: duty, cookie: cookie() });
  const { id: ceremony } = (await open(id)).body;
  expect(await afterwards(ceremony)).toEqual({ plan: id, open: 1, overdue: 1 });
  const settlement = await import("./plans/[plan]/duties/[duty]/settlement/route");
  const params = { plan: id, duty: added.body.duty };
  await grounds.ask(settlement.POST, { method: "POST", params, body: { notDoneBecause: null }, cookie: house.cookie("will") });
  expect(await afterwards(ceremony)).toEqual({ plan: id, open: 0, overdue: 0 });
  expect(await afterwards(house.id)).toBeNull();
});

test("production without a plan is finished when what its script leaves to do is: the list is made at the next look, once", async () => {
  // As an app leaves it that died right after the first entry.
  const there = new SmallWorld();
  await there.openWith({ ...smallScript, afterwards: ["Archive the film."] });
  const { id: ceremony, head } = there.now;
  const opening = { ceremony, seq: 0, prev: null, hash: head.hash, at: head.at, kind: "ceremony-opened", by: "olga" } as const;
  const [bytes = new Uint8Array()] = there.transcript;
  await appendEntry(grounds.db, { ...opening, bytes, openings: [] }, summaryOf(there.now));
  const [left, owed] = await Promise.all([afterwards(ceremony), due("olga", ["operator"]), plans("olga"), afterwardsOfAll()]);
  expect(left).toMatchObject({ open: 1 });
  expect(owed.filter(({ what }) => what === "duty")).toMatchObject([{ text: "Archive the film.", plan: left?.plan }]);
  expect(await grounds.db.ceremonyPlan.count({ where: { ceremony } })).toBe(1);
});
