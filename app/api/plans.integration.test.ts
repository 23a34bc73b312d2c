import ical, { type VEvent } from "node-ical";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { scriptHash } from "#lib/ceremony/script";
import type { Script } from "#lib/ceremony/script";
import type { Role } from "#lib/ceremony/roles";
import type { PlanView } from "#lib/conduct/plan-view";
import { canonical, type Json } from "#lib/log/canonical";
import { MailBox, type Delivered } from "#lib/mail/mail-box.under-test";
import { LOCALHOST } from "#lib/mail/localhost-certificate.fixture";
import { mailServer, type MailServer } from "#lib/mail/mail-server";
import { openDatabase } from "#lib/store/database";
import { claimMail } from "#lib/store/mails";
import { draftedRotations, keepDraft, pointAtCeremony } from "#lib/store/plans";
import { keepScript } from "#lib/store/scripts";
import { planMail } from "#lib/conduct/plan-mails";
import type { NewMail } from "#lib/conduct/plan-ports";
import { findPerson } from "#lib/store/people";
import { planPorts } from "#lib/wiring/plans";
import { makeReminders, sendDueMails } from "#lib/wiring/post";
import { ApiGrounds } from "./api-grounds.under-test";

vi.mock("server-only", () => ({}));

const script: Script = {
  ...smallScript,
  prerequisites: ["The room is booked."],
  equipment: ["A laptop."],
  afterwards: ["The film goes to the archive."],
};
const DAY = 86_400_000;
const HOUR = 3_600_000;
const CAST: readonly (readonly [string, Role])[] = [
  ["olga", "operator"],
  ["carl", "custodian"],
  ["cleo", "custodian"],
  ["cora", "custodian"],
  ["will", "witness"],
  ["wang", "witness"],
];

let grounds: ApiGrounds;
let box: MailBox;
let server: MailServer;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  box = await MailBox.open({ secure: true });
  Object.assign(process.env, {
    CLAVIGER_SMTP_URL: `smtps://localhost:${String(box.port)}`,
    CLAVIGER_MAIL_FROM: "key@example.org",
  });
  grounds = await ApiGrounds.open();
  server = mailServer(`smtps://localhost:${String(box.port)}`, "key@example.org", LOCALHOST.cert);
  for (const [person, role] of [...CAST, ["adam", "administrator"] as const, ["ines", "auditor"] as const]) {
    cookies[person] = (await grounds.signIn(await grounds.enrol(person, [role]))).cookie;
    if (person !== "wang") await grounds.db.person.update({ where: { id: person }, data: { contact: `${person}@example.org` } });
  }
  await grounds.db.person.update({ where: { id: "cora" }, data: { language: "de" } });
  const bytes = canonical(script as unknown as Json);
  await keepScript(grounds.db, { hash: scriptHash(script), script: "small", edition: 1, title: "Small", yaml: "", bytes, createdBy: "adam" });
});
afterAll(async () => {
  server.close();
  await grounds.close();
  await box.close();
  delete process.env["CLAVIGER_SMTP_URL"];
  delete process.env["CLAVIGER_MAIL_FROM"];
});
beforeEach(() => {
  box.mails.length = 0;
  box.refusal = null;
  box.onMail = () => Promise.resolve();
});

const clock = (at = Date.now()) => () => new Date(at);
const post = (at?: number) => ({ db: grounds.db, server, now: at === undefined ? () => new Date() : clock(at) });
const whole = (ms: number) => new Date(Math.floor(ms / 60_000) * 60_000).toISOString();

const form = (startsAt: number) => ({
  title: "Root key",
  startsAt: whole(startsAt),
  minutes: 240,
  zone: "Europe/Vienna",
  room: "Vault",
  standbyAt: whole(startsAt + DAY),
  cast: CAST.map(([person, role]) => ({ person, role })),
});
async function make(startsAt = Date.now() + 30 * DAY): Promise<string> {
  const { POST } = await import("./plans/route");
  const body = { ...form(startsAt), scriptHash: scriptHash(script) };
  const made = await grounds.ask<{ plan: string }>(POST, { method: "POST", body, cookie: cookies["olga"] ?? "" });
  expect(made).toMatchObject({ status: 200 });
  return made.body.plan;
}
type Verb = "answer" | "cancellation" | "takeover" | "duties";
const routes = {
  answer: () => import("./plans/[plan]/answer/route"),
  cancellation: () => import("./plans/[plan]/cancellation/route"),
  takeover: () => import("./plans/[plan]/takeover/route"),
  duties: () => import("./plans/[plan]/duties/route"),
};
const does = async (person: string, verb: Verb, plan: string, body: object) =>
  grounds.ask((await routes[verb]()).POST, { method: "POST", params: { plan }, body, cookie: cookies[person] ?? "" });
const change = async (plan: string, body: object, person = "olga") =>
  grounds.ask<{ sequence: number }>((await import("./plans/[plan]/route")).PUT, { method: "PUT", params: { plan }, body, cookie: cookies[person] ?? "" });
const view = async (plan: string, person = "olga") =>
  (await grounds.ask<PlanView>((await import("./plans/[plan]/route")).GET, { params: { plan }, cookie: cookies[person] ?? "" })).body;

function eventIn(mail: Delivered | undefined): VEvent {
  const part = mail?.attachments.find(({ mimeType }) => mimeType === "text/calendar");
  const text = typeof part?.content === "string" ? part.content : new TextDecoder().decode(part?.content);
  const found = Object.values(ical.sync.parseICS(text)).find((one) => one?.type === "VEVENT");
  if (found?.type !== "VEVENT") throw new Error("no event");
  return found;
}
const to = (person: string) => box.mails.filter((mail) => mail.to === `${person}@example.org`);

/** Drafts a ceremony for the end of a key's time, as a process does that looks at the register. */
async function draft(key: string, plan: string): Promise<string> {
  const said = { ...form(Date.now() + 30 * DAY), plan, mode: "rehearsal" as const, scriptHash: scriptHash(script), createdAt: whole(Date.now()) };
  const told = { ...said, sequence: 0, reason: null, draft: true };
  const mails: NewMail[] = [];
  for (const { person, role } of said.cast) {
    const known = await findPerson(grounds.db, person);
    const mail = known && planMail(planPorts(), "hold", told, known, { role, answer: null });
    if (mail) mails.push(mail);
  }
  const rotates = [{ key, endsAt: "2027-02-26T12:00:00.000Z" }];
  return keepDraft(grounds.db, { ...said, rotates }, mails, { kind: "rotation-drafted", by: null, facts: { plan } });
}
const noted = (kind: string) => grounds.db.auditEvent.count({ where: { kind } });

describe("a draft", () => {
  test("is kept once for a key and its end, however many processes make it at once; people hold the time, and nothing else can be done", async () => {
    const answers = await Promise.all(["pl-a1", "pl-a2", "pl-a3"].map((plan) => draft("a", plan)));
    expect([...answers].sort()).toEqual(["kept", "overtaken", "overtaken"]);
    const rows = (await draftedRotations(grounds.db)).filter(({ key }) => key === "a");
    expect(rows).toMatchObject([{ key: "a", waits: true, plan: { draft: true } }]);
    expect(await noted("rotation-drafted")).toBe(1);
    expect(await sendDueMails(post())).toBe(5);
    const plan = rows[0]?.plan.plan ?? "";
    expect(eventIn(to("carl")[0])).toMatchObject({ uid: `${plan}@localhost`, status: "TENTATIVE", sequence: 0 });

    expect(await view(plan)).toMatchObject({ draft: true, madeBy: null, mayTakeOver: false, duties: [] });
    expect((await change(plan, { ...form(Date.now() + 31 * DAY), seen: 0, reason: "Mine" })).body).toMatchObject({ error: { code: "PLAN-DRAFT" } });
    expect((await does("olga", "takeover", plan, { seen: 0 })).body.error?.code).toBe("ADMINISTRATOR-ONLY");
    expect((await does("olga", "cancellation", plan, { seen: 0, reason: "Mine" })).body.error?.code).toBe("ADMINISTRATOR-ONLY");
    expect((await does("cora", "answer", plan, { seen: 0, answer: "declined", proposedAt: null, remark: "" })).status).toBe(200);
    const opening = pointAtCeremony(grounds.db, plan, "c-draft", { kind: "plan-used", by: "olga", facts: { plan } });
    await expect(opening).rejects.toThrow("CeremonyPlan_draft_is_not_opened");
  });

  test("becomes a plan of the administrator who takes it over, in the same calendar entry, and can be changed then", async () => {
    expect(await draft("b", "pl-b")).toBe("kept");
    await sendDueMails(post());
    box.mails.length = 0;
    expect((await does("adam", "takeover", "pl-b", { seen: 0 })).body).toEqual({ sequence: 1 });
    expect((await does("adam", "takeover", "pl-b", { seen: 1 })).body.error?.code).toBe("PLAN-OVERTAKEN");
    await sendDueMails(post());
    expect(eventIn(to("carl")[0])).toMatchObject({ uid: "pl-b@localhost", status: "CONFIRMED", sequence: 1 });
    const taken = await view("pl-b");
    expect(taken).toMatchObject({ draft: false, madeBy: { person: "adam" } });
    expect(taken.duties.map(({ text, owner }) => [text, owner.person])).toEqual([
      ["The room is booked.", "adam"],
      ["A laptop.", "adam"],
      ["The film goes to the archive.", "adam"],
    ]);
    expect((await change("pl-b", { ...form(Date.now() + 31 * DAY), seen: 1, reason: "A later week" })).status).toBe(200);
    expect(await noted("rotation-taken-over")).toBe(1);
  });

  test("is dismissed with a reason, taken out of every calendar, and not made again for that end", async () => {
    expect(await draft("c", "pl-c")).toBe("kept");
    await sendDueMails(post());
    box.mails.length = 0;
    expect((await does("adam", "cancellation", "pl-c", { seen: 0, reason: "Its service ends" })).status).toBe(200);
    await sendDueMails(post());
    expect(eventIn(to("carl")[0])).toMatchObject({ uid: "pl-c@localhost", status: "CANCELLED", sequence: 1 });
    expect(await noted("rotation-dismissed")).toBe(1);
    expect(await draft("c", "pl-c2")).toBe("overtaken");
    expect((await draftedRotations(grounds.db)).find(({ key }) => key === "c")).toMatchObject({ waits: false, plan: { reason: "Its service ends" } });
  });
});

describe("a plan", () => {
  test("invites its people by mail, in their language, with an entry for their calendars; who has no address is shown", async () => {
    const plan = await make();
    expect(await sendDueMails(post())).toBe(5);
    expect(box.mails).toHaveLength(5);
    const [carl] = to("carl");
    expect(carl?.subject).toMatch(/^Invitation: Root key \(rehearsal\), /);
    expect(carl?.text).toContain(`http://localhost:3000/plans/${plan}`);
    expect(carl?.text).toContain("as custodian");
    expect(eventIn(carl)).toMatchObject({ uid: `${plan}@localhost`, status: "CONFIRMED", sequence: 0, location: "Vault" });
    expect(to("cora")[0]?.subject).toMatch(/^Einladung: /);
    expect(to("cora")[0]?.text).toContain("Schlüsselverwahrer");
    const seen = await view(plan);
    expect(seen.cast.filter(({ reachable }) => !reachable).map(({ person }) => person)).toEqual(["wang"]);
    expect(seen.mails?.every(({ sentAt }) => sentAt !== null)).toBe(true);
    // A second round has nothing to send.
    expect(await sendDueMails(post())).toBe(0);
  });

  test("counts who is left when somebody declines, by the script's own rule, and tells the organiser", async () => {
    const plan = await make();
    const custodians = async () => (await view(plan)).needs.find(({ role }) => role === "custodian");
    expect(await custodians()).toMatchObject({ needed: 2, cast: 3, expected: 3, accepted: 0 });
    for (const person of ["olga", "will", "wang", "cleo"])
      expect((await does(person, "answer", plan, { seen: 0, answer: "accepted", proposedAt: null, remark: "" })).status).toBe(200);
    expect((await does("carl", "answer", plan, { seen: 0, answer: "declined", proposedAt: null, remark: "On leave" })).status).toBe(200);
    expect(await custodians()).toMatchObject({ expected: 2, accepted: 1 });
    expect((await view(plan)).attendance).toBe("open");
    const proposal = { seen: 0, answer: "proposed", proposedAt: whole(Date.now() + 31 * DAY), remark: "" };
    expect((await does("cora", "answer", plan, proposal)).status).toBe(200);
    expect((await view(plan)).attendance).toBe("impossible");
    await sendDueMails(post());
    const answers = to("olga").map(({ subject }) => subject);
    expect(answers).toContainEqual("Name of carl cannot come: Root key");
    expect(answers).toContainEqual("Name of cora proposes another time: Root key");
  });

  test("that moves wants every answer anew, under the same UID with a higher SEQUENCE; open duties move with it", async () => {
    const startsAt = Date.now() + 30 * DAY;
    const plan = await make(startsAt);
    await does("carl", "answer", plan, { seen: 0, answer: "accepted", proposedAt: null, remark: "" });
    await sendDueMails(post());
    box.mails.length = 0;
    const before = await view(plan);
    const moved = { ...form(startsAt + 2 * DAY), cast: form(startsAt).cast.filter(({ person }) => person !== "will"), seen: 0, reason: "The safe is stuck" };
    expect(await change(plan, moved)).toMatchObject({ status: 200, body: { sequence: 1 } });
    const after = await view(plan);
    expect(after.cast.find(({ person }) => person === "carl")?.answer).toBeNull();
    expect(Date.parse(after.duties[0]?.dueAt ?? "") - Date.parse(before.duties[0]?.dueAt ?? "")).toBe(2 * DAY);
    await sendDueMails(post());
    expect(eventIn(to("carl")[0])).toMatchObject({ uid: `${plan}@localhost`, sequence: 1, status: "CONFIRMED" });
    expect(eventIn(to("carl")[0]).start.toISOString()).toBe(whole(startsAt + 2 * DAY));
    expect(to("carl")[0]?.text).toContain("The safe is stuck");
    expect(eventIn(to("will")[0])).toMatchObject({ status: "CANCELLED", sequence: 1 });
    // An answer to the old date, and a change by somebody who has not seen the new one, come too late.
    const late = { seen: 0, answer: "accepted", proposedAt: null, remark: "" };
    expect((await does("carl", "answer", plan, late)).body.error?.code).toBe("PLAN-OVERTAKEN");
    expect((await change(plan, moved)).body.error?.code).toBe("PLAN-OVERTAKEN");
  });

  test("that is cancelled is taken out of calendars, and is over", async () => {
    const plan = await make();
    await sendDueMails(post());
    box.mails.length = 0;
    expect((await does("olga", "cancellation", plan, { seen: 0, reason: "No HSM" })).status).toBe(200);
    await sendDueMails(post());
    expect(box.mails).toHaveLength(5);
    expect(eventIn(to("cleo")[0])).toMatchObject({ status: "CANCELLED", sequence: 1, uid: `${plan}@localhost` });
    expect((await does("cleo", "answer", plan, { seen: 1, answer: "accepted", proposedAt: null, remark: "" })).body.error?.code).toBe("PLAN-OVERTAKEN");
    expect(await view(plan)).toMatchObject({ standing: false, reason: "No HSM" });
  });

  test("keeps mails that were overtaken before they were sent from being sent", async () => {
    const startsAt = Date.now() + 30 * DAY;
    const plan = await make(startsAt);
    await change(plan, { ...form(startsAt), room: "Other room", seen: 0, reason: "Water" });
    await sendDueMails(post());
    expect(to("carl").map((mail) => Number(eventIn(mail).sequence))).toEqual([1]);
  });

  test.each([
    ["a day that is past", { startsAt: whole(Date.now() - DAY) }, "PLAN-PAST"],
    ["a standby day before the day", { standbyAt: whole(Date.now() + DAY) }, "PLAN-PAST"],
    ["a role somebody does not have", { cast: [{ person: "carl", role: "witness" }] }, "PLAN-CAST"],
    ["somebody twice", { cast: [{ person: "carl", role: "custodian" }, { person: "carl", role: "custodian" }] }, "PLAN-CAST"],
    ["a zone that is none", { zone: "Europe/Nowhere" }, "FORM"],
    ["a room that turns the reading direction", { room: "Vault \u202egpj" }, "TEXT-CHARACTERS"],
    ["a title of two lines", { title: "Root\nBcc: eve@example.org" }, "TEXT-CHARACTERS"],
  ])("is refused with %s", async (_, wrong, code) => {
    const { POST } = await import("./plans/route");
    const body = { ...form(Date.now() + 30 * DAY), scriptHash: scriptHash(script), ...wrong };
    expect((await grounds.ask(POST, { method: "POST", body, cookie: cookies["olga"] ?? "" })).body.error?.code).toBe(code);
  });

  test("is made and changed by those who lead, answered by those invited, and seen by nobody else", async () => {
    const { POST } = await import("./plans/route");
    const body = { ...form(Date.now() + 30 * DAY), scriptHash: scriptHash(script) };
    expect((await grounds.ask(POST, { method: "POST", body, cookie: cookies["carl"] ?? "" })).body.error?.code).toBe("ORGANISER-ONLY");
    const plan = await make();
    expect((await change(plan, { ...form(Date.now() + 30 * DAY), seen: 0, reason: "x" }, "carl")).body.error?.code).toBe("ORGANISER-ONLY");
    const yes = { seen: 0, answer: "accepted", proposedAt: null, remark: "" };
    expect((await does("adam", "answer", plan, yes)).body.error?.code).toBe("NOT-FOUND");
    const outside = (await grounds.signIn(await grounds.enrol(`nora-${plan.slice(3, 9)}`, ["custodian"]))).cookie;
    const { GET } = await import("./plans/[plan]/route");
    for (const id of [plan, "\u0000", "../x"])
      expect((await grounds.ask(GET, { params: { plan: id }, cookie: outside })).body.error?.code).toBe("NOT-FOUND");
    expect((await view(plan, "ines")).leads).toBe(false);
    expect((await view(plan, "carl")).mails).toBeNull();
  });

  test("can be downloaded as a calendar entry by whoever may see it", async () => {
    const plan = await make();
    const { GET } = await import("./plans/[plan]/calendar/route");
    const request = new Request("http://localhost:3000/x", { headers: { cookie: cookies["wang"] ?? "" } });
    const answer = await GET(request, { params: Promise.resolve({ plan }) });
    expect(answer.headers.get("content-type")).toContain("text/calendar");
    expect(await answer.text()).toContain("METHOD:PUBLISH");
  });
});

describe("a mail", () => {
  test("is sent once however many processes send", async () => {
    await sendDueMails(post());
    box.mails.length = 0;
    await make();
    const other = openDatabase(grounds.database.appUrl);
    box.onMail = () => new Promise((done) => setTimeout(done, 30));
    const counts = await Promise.all([sendDueMails(post()), sendDueMails({ ...post(), db: other }), sendDueMails(post())]);
    await other.$disconnect();
    expect(counts.reduce((a, b) => a + b)).toBe(5);
    expect(new Set(box.mails.map(({ messageId }) => messageId)).size).toBe(5);
    expect(box.mails).toHaveLength(5);
  });

  test("whose sender dies before or after handing it over is sent by the next, with the same Message-ID", async () => {
    await make();
    const at = Date.now() + 1000;
    const claimed = await claimMail(grounds.db, new Date(at), 120_000);
    const handed = await claimMail(grounds.db, new Date(at), 120_000);
    if (!claimed || !handed) throw new Error("nothing to claim");
    // One dies with the mail in its hand, the other after the server took it; neither says so.
    await server.send(handed);
    expect(await sendDueMails(post(at))).toBe(3);
    expect(await sendDueMails(post(at + 119_000))).toBe(0);
    expect(await sendDueMails(post(at + 121_000))).toBe(2);
    const ids = box.mails.map(({ messageId }) => messageId);
    expect(ids.filter((id) => id === `<${handed.id}@example.org>`)).toHaveLength(2);
    expect(ids.filter((id) => id === `<${claimed.id}@example.org>`)).toHaveLength(1);
    expect(new Set(ids).size).toBe(5);
  });

  test("that fails says why and when it is tried next, and goes to the address its person has by then", async () => {
    const plan = await make();
    box.refusal = { at: "recipient", code: 451, text: "Come back later" };
    const at = Date.now() + 1000;
    expect(await sendDueMails(post(at))).toBe(0);
    const waiting = (await view(plan)).mails ?? [];
    expect(waiting).toHaveLength(5);
    for (const { failure, nextTryAt } of waiting) {
      expect(failure).toContain("Come back later");
      expect(nextTryAt).toBe(new Date(at + 60_000).toISOString());
    }
    box.refusal = { at: "recipient", code: 550, text: "No such mailbox" };
    expect(await sendDueMails(post(at + 61_000))).toBe(0);
    const ended = (await view(plan)).mails ?? [];
    expect(ended.map(({ nextTryAt }) => nextTryAt)).toEqual(ended.map(() => null));
    box.refusal = null;
    expect(await sendDueMails(post(at + 30 * DAY))).toBe(0);

    await grounds.db.person.update({ where: { id: "carl" }, data: { contact: "carl.new@example.org" } });
    const id = ended.find(({ name }) => name === "Name of carl")?.id ?? "";
    const { POST } = await import("./mails/[mail]/try/route");
    const ask = (cookie = "") => grounds.ask(POST, { method: "POST", params: { mail: id }, body: {}, cookie });
    expect((await ask(cookies["olga"])).body.error?.code).toBe("ADMINISTRATOR-ONLY");
    expect((await ask(cookies["adam"])).status).toBe(200);
    expect(await sendDueMails(post(Date.now() + 1000))).toBe(1);
    expect(box.mails.map((mail) => mail.to)).toEqual(["carl.new@example.org"]);
    expect((await ask(cookies["adam"])).body.error?.code).toBe("NOT-FOUND");
    await grounds.db.person.update({ where: { id: "carl" }, data: { contact: "carl@example.org" } });
  });
});

test("a reminder is made once a week and once a day before, however often and by however many it is looked for", async () => {
  await grounds.db.mail.updateMany({ where: { sentAt: null }, data: { endedAt: new Date() } });
  await grounds.db.ceremonyPlan.updateMany({ data: { cancelledAt: new Date() } });
  const startsAt = Date.now() + 30 * DAY;
  const plan = await make(startsAt);
  await sendDueMails(post());
  await does("carl", "answer", plan, { seen: 0, answer: "declined", proposedAt: null, remark: "" });
  await grounds.db.mail.updateMany({ where: { kind: "answer", sentAt: null }, data: { endedAt: new Date() } });
  box.mails.length = 0;
  const ports = planPorts();
  const look = (at: number) => makeReminders(grounds.db, { ...ports, world: { ...ports.world, now: clock(at) } }, [7, 1]);

  await look(startsAt - 8 * DAY);
  expect(await sendDueMails(post(startsAt - 8 * DAY))).toBe(0);
  const week = startsAt - 7 * DAY + HOUR;
  await Promise.all([look(week), look(week), look(week)]);
  await look(week + HOUR);
  expect(await sendDueMails(post(week + 2 * HOUR))).toBe(4);
  expect(to("carl")).toEqual([]);
  expect(to("cleo").map(({ subject }) => subject?.split(":")[0])).toEqual(["Reminder"]);
  const day = startsAt - DAY + HOUR;
  await look(day);
  await look(day + 60_000);
  expect(await sendDueMails(post(day + HOUR))).toBe(4);
  await look(startsAt + HOUR);
  expect(await sendDueMails(post(startsAt + HOUR))).toBe(0);
});

describe("a checklist", () => {
  test("begins with what the script asks for, of whoever plans; a duty is done, or not done because, once, and both are noted", async () => {
    const plan = await make();
    const { duties } = await view(plan);
    expect(duties.map(({ list, text, owner }) => [list, text, owner.person])).toEqual([
      ["before", "The room is booked.", "olga"],
      ["day", "A laptop.", "olga"],
      ["after", "The film goes to the archive.", "olga"],
    ]);
    const [room, laptop] = duties;
    const settlement = await import("./plans/[plan]/duties/[duty]/settlement/route");
    const settle = (person: string, duty = "", notDoneBecause: string | null = null) =>
      grounds.ask(settlement.POST, { method: "POST", params: { plan, duty }, body: { notDoneBecause }, cookie: cookies[person] ?? "" });
    expect((await settle("carl", room?.duty)).body.error?.code).toBe("ORGANISER-ONLY");
    const { PUT } = await import("./plans/[plan]/duties/[duty]/route");
    const given = { owner: "carl", dueAt: whole(Date.now() - HOUR) };
    const give = (duty = "") => grounds.ask(PUT, { method: "PUT", params: { plan, duty }, body: given, cookie: cookies["olga"] ?? "" });
    expect((await give(room?.duty)).status).toBe(200);
    expect((await view(plan, "carl")).duties[0]).toMatchObject({ overdue: true, maySettle: true, owner: { person: "carl" } });
    const both = await Promise.all([settle("carl", room?.duty), settle("olga", room?.duty)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await settle("olga", laptop?.duty, "We use the HSM's own screen")).status).toBe(200);
    expect((await settle("olga", laptop?.duty, " ")).body.error?.code).toBe("TEXT-MISSING");
    expect((await give(laptop?.duty)).body.error?.code).toBe("DUTY-SETTLED");
    const added = { list: "after", text: "Shred the print-outs.", owner: "will", dueAt: whole(Date.now() + 40 * DAY) };
    expect((await does("olga", "duties", plan, added)).status).toBe(200);
    const after = await view(plan);
    expect(after.duties[1]?.settled).toMatchObject({ notDoneBecause: "We use the HSM's own screen", by: { person: "olga" } });
    expect(after.left).toMatchObject({ open: 2, overdue: 0 });
    const kinds = (await grounds.db.auditEvent.findMany({ where: { facts: { path: ["plan"], equals: plan } } })).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(["duty-added", "duty-changed", "duty-settled", "duty-settled", "plan-made"]);
  });

  test("the database itself takes back nothing that was settled", async () => {
    const plan = await make();
    const duty = (await view(plan)).duties[0]?.duty ?? "";
    await grounds.db.checklistDuty.update({ where: { id: duty }, data: { settledAt: new Date(), settledBy: "olga" } });
    await expect(grounds.db.checklistDuty.update({ where: { id: duty }, data: { settledAt: null, settledBy: null } })).rejects.toThrow(/settled/);
    await expect(grounds.db.checklistDuty.delete({ where: { id: duty } })).rejects.toThrow();
  });
});
