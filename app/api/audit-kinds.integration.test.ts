import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { AuditKind } from "#lib/conduct/audit-kind";
import { explainFinding } from "#lib/conduct/explain-finding";
import { kindChoices } from "#lib/conduct/kind-words";
import { proposeKeyChange } from "#lib/conduct/propose-key-change";
import { EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { RecordedCeremonies } from "#lib/register/evidence.under-test";
import type { Finding } from "#lib/register/findings";
import { noteFailure } from "#lib/store/mails";
import { endSession } from "#lib/wiring/parts";
import { explainPorts, registerPorts } from "#lib/wiring/register";
import { wordsIn } from "#lib/words/words";
import { ApiGrounds } from "./api-grounds.under-test";
import { CAST, SCRIPT, SmallCeremony } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

// Whatever is done about people, access, rosters, scripts, plans and keys leaves an event of its kind, with whoever did it.

const ROOT = path.resolve(import.meta.dirname, "../..");
const DAY = 86_400_000;

let grounds: ApiGrounds;
let house: SmallCeremony;
let scriptHash = "";
let rosterHash = "";
beforeAll(async () => {
  // Nothing is sent: mails only wait here.
  Object.assign(process.env, { CLAVIGER_SMTP_URL: "smtps://localhost:1", CLAVIGER_MAIL_FROM: "key@example.org" });
  grounds = await ApiGrounds.open();
  house = await SmallCeremony.open(grounds);
  await grounds.db.person.update({ where: { id: "carl" }, data: { contact: "carl@example.org" } });
  scriptHash = (await grounds.db.scriptEdition.findFirstOrThrow()).hash;
  rosterHash = (await grounds.db.rosterVersion.findFirstOrThrow()).hash;
});
afterAll(async () => {
  await grounds.close();
  delete process.env["CLAVIGER_SMTP_URL"];
  delete process.env["CLAVIGER_MAIL_FROM"];
});

type Handler = Parameters<ApiGrounds["ask"]>[0];
/** Asks a route, which does it. */
async function does<T = unknown>(handler: Handler, person: string, body?: object, params = {}, method = "POST"): Promise<T> {
  const asked = { method, params, cookie: house.cookie(person), ...(body && { body }) };
  const answer = await grounds.ask<T>(handler, asked);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}
/** Has a verb do it, where what the route would read first takes a whole ceremony to come about. */
const done = async (verb: Promise<{ readonly ok: boolean }>) => expect(await verb).toMatchObject({ ok: true });

const cast = CAST.map(([person, role]) => ({ person, role }));
const whole = (days: number) => new Date(Math.floor(Date.now() / 60_000) * 60_000 + days * DAY).toISOString();
const planned = (days = 30) => {
  const when = { startsAt: whole(days), minutes: 240, zone: "Europe/Vienna", standbyAt: null };
  return { title: "Root key", room: "Vault", cast, ...when };
};
async function makePlan(): Promise<string> {
  const { POST } = await import("./plans/route");
  return (await does<{ plan: string }>(POST, "olga", { ...planned(), scriptHash })).plan;
}
const fields = { name: "Paula", title: "Platform Lead", roles: ["custodian"] };
const carl = { person: "carl", canSign: true };

/** Brings it to where the act can be done, and gives the act. */
type Before = () => Promise<() => Promise<unknown>>;
type Acts = Readonly<Record<string, { readonly by: string; readonly events?: number; readonly before: Before }>>;
const ACTS = {
  "person-invited": {
    // That they are known now, and that there is a link.
    "somebody new": {
      ...{ by: "adam", events: 2 },
      before: async () => {
        const { POST } = await import("./people/route");
        return () => does(POST, "adam", { people: [{ ...fields, person: "paula" }] });
      },
    },
    "another link": {
      by: "adam",
      before: async () => {
        const { POST } = await import("./people/[person]/link/route");
        return () => does(POST, "adam", {}, { person: "will" });
      },
    },
  },
  "person-changed": {
    "by an administrator": {
      by: "adam",
      before: async () => {
        const { PUT } = await import("./people/[person]/route");
        return () => does(PUT, "adam", { ...fields, roles: ["witness"] }, { person: "stranger" }, "PUT");
      },
    },
  },
  "session-revoked": {
    "somebody else's": {
      by: "adam",
      before: async () => {
        const { DELETE } = await import("./people/[person]/sessions/[session]/route");
        const session = await signedInAgain("will");
        return () => does(DELETE, "adam", undefined, { person: "will", session }, "DELETE");
      },
    },
    "one's own": {
      by: "will",
      before: async () => {
        const { DELETE } = await import("./people/[person]/sessions/[session]/route");
        const session = await signedInAgain("will");
        return () => does(DELETE, "will", undefined, { person: "will", session }, "DELETE");
      },
    },
    "by signing out": {
      by: "will",
      before: async () => {
        const session = await signedInAgain("will");
        return () => endSession(session);
      },
    },
  },
  "roster-published": {
    "the next version": {
      by: "adam",
      before: async () => {
        const { POST } = await import("./roster/route");
        return () => does(POST, "adam", { organisation: "Example" });
      },
    },
  },
  "script-published": {
    "the next edition": {
      by: "adam",
      before: async () => {
        const { POST } = await import("./scripts/route");
        return () => does(POST, "adam", { yaml: SCRIPT.replace("edition: 1", "edition: 2") });
      },
    },
  },
  "plan-changed": {
    "to another day": {
      by: "olga",
      before: async () => {
        const { PUT } = await import("./plans/[plan]/route");
        const plan = await makePlan();
        return () => does(PUT, "olga", { ...planned(31), seen: 0, reason: "The safe is stuck" }, { plan }, "PUT");
      },
    },
  },
  "plan-cancelled": {
    "with a reason": {
      by: "olga",
      before: async () => {
        const { POST } = await import("./plans/[plan]/cancellation/route");
        const plan = await makePlan();
        return () => does(POST, "olga", { seen: 0, reason: "No HSM" }, { plan });
      },
    },
  },
  "plan-used": {
    "a ceremony is opened from it": {
      by: "olga",
      before: async () => {
        const { POST } = await import("./ceremonies/route");
        const plan = await makePlan();
        return () => does(POST, "olga", { title: "Small", place: "Room 1", scriptHash, rosterHash, participants: cast, plan });
      },
    },
  },
  "invitation-answered": {
    "by whoever was invited": {
      by: "carl",
      before: async () => {
        const { POST } = await import("./plans/[plan]/answer/route");
        const plan = await makePlan();
        return () => does(POST, "carl", { seen: 0, answer: "accepted", proposedAt: null, remark: "" }, { plan });
      },
    },
  },
  "invitation-sent-again": {
    "by the organiser": {
      by: "olga",
      before: async () => {
        const { POST } = await import("./plans/[plan]/invitations/[person]/mail/route");
        const plan = await makePlan();
        return () => does(POST, "olga", {}, { plan, person: "carl" });
      },
    },
  },
  "mail-tried-again": {
    "one that failed": {
      by: "adam",
      before: async () => {
        const { POST } = await import("./mails/[mail]/try/route");
        const { id: mail } = await grounds.db.mail.findFirstOrThrow({ where: { planId: await makePlan(), personId: "carl" } });
        await noteFailure(grounds.db, mail, "No such mailbox", new Date(), null);
        return () => does(POST, "adam", {}, { mail });
      },
    },
  },
  "listing-asked": {
    "of every worker": {
      by: "carl",
      before: async () => {
        const { POST } = await import("./keys/listing/route");
        return () => does(POST, "carl", {});
      },
    },
  },
  "key-change-proposed": {
    "by a custodian": {
      by: "carl",
      before: async () => {
        const recorded = new RecordedCeremonies();
        await recorded.hold("c-1", 0, EXAMPLE_PAIR);
        const { key } = recorded.key(EXAMPLE_PAIR.label);
        const ports = { ...registerPorts(), register: () => Promise.resolve(recorded.register()) };
        return () => done(proposeKeyChange(ports, carl, { key, to: "active", reason: "It takes over.", cryptoperiodDays: 90 }));
      },
    },
  },
  "finding-explained": {
    "by a custodian": {
      by: "carl",
      before: () => {
        const finding = "ab".repeat(32);
        const open = { finding, token: "s-1", explained: null } as Finding;
        const ports = { ...explainPorts(), findings: () => Promise.resolve([open]) };
        return Promise.resolve(() => done(explainFinding(ports, carl, { finding, says: "It was a test object." })));
      },
    },
  },
} satisfies Partial<Record<AuditKind, Acts>>;

/** Another session of somebody, beside the one that the tests use. */
async function signedInAgain(person: string): Promise<string> {
  const passkey = house.guests.get(person)?.passkey;
  if (!passkey) throw new Error("nobody");
  return (await grounds.signIn(passkey)).session;
}

const DESK = "e2e/desk.spec.ts";
const DESK_STORE = "lib/store/desk.integration.test.ts";
const DOWNLOADS = "app/api/downloads.integration.test.ts";
const PLANS = "app/api/plans.integration.test.ts";
/** The kinds that have their own test, and where it is. */
const ELSEWHERE: Readonly<Record<Exclude<AuditKind, keyof typeof ACTS>, string>> = {
  "signed-in": "app/api/administration.integration.test.ts",
  "sign-in-refused": "app/api/access.integration.test.ts",
  "passkey-enrolled": "app/api/access.integration.test.ts",
  "passkey-removed": "app/api/administration.integration.test.ts",
  "browser-shared": "app/api/hands.integration.test.ts",
  "acted-by-hand": "app/api/hands.integration.test.ts",
  "hand-refused": "app/api/hands.integration.test.ts",
  "act-refused": "app/api/refused-acts.integration.test.ts",
  "endorsement-signed": "app/api/endorsements.integration.test.ts",
  "ceremony-looked-into": "app/api/notebooks.integration.test.ts",
  "onlooker-clock-compared": "app/api/notebooks.integration.test.ts",
  "plan-made": PLANS,
  "rotation-drafted": PLANS,
  "rotation-taken-over": PLANS,
  "rotation-dismissed": PLANS,
  "duty-added": PLANS,
  "duty-changed": PLANS,
  "duty-settled": PLANS,
  "grant-proposed": "app/api/roles.integration.test.ts",
  "grant-withdrawn": "app/api/roles.integration.test.ts",
  "uses-counted": "worker/log/use-counter.integration.test.ts",
  "configuration-changed": "app/api/configuration.integration.test.ts",
  "trusted-at-console": "worker/trusted-at-console.integration.test.ts",
  "desk-looked-at": "app/api/administration.integration.test.ts",
  "desk-searched": DESK,
  "record-verified": DESK,
  "file-downloaded": DOWNLOADS,
  "record-downloaded": DOWNLOADS,
  "desk-file-downloaded": DOWNLOADS,
  "register-downloaded": DOWNLOADS,
  "uses-downloaded": DOWNLOADS,
  // A matter is read from its events: without one there is no matter to go on with.
  "sample-announced": DESK,
  "sample-drawn": DESK,
  "documents-requested": DESK,
  "documents-answered": "lib/conduct/desk-verbs.test.ts",
  "documents-received": DESK,
  "hold-asked": DESK,
  "hold-set": DESK_STORE,
  "hold-declined": DESK_STORE,
  "hold-lift-asked": DESK_STORE,
  "hold-lifted": DESK_STORE,
  "hold-kept": DESK_STORE,
  "record-destruction-ordered": DESK_STORE,
  "record-destruction-withdrawn": DESK_STORE,
  "record-destroyed": DESK_STORE,
  "record-renewed": "lib/pdf/renew-record.integration.test.ts",
  "audit-file-closed": DESK,
};

it("every kind of event is done here or has its own test, which names it", () => {
  const known = kindChoices(wordsIn("en")).event.map(({ kind }) => kind);
  expect([...Object.keys(ACTS), ...Object.keys(ELSEWHERE)].sort()).toEqual(known.sort());
  const names = (file: string, kind: string) => readFileSync(path.join(ROOT, file), "utf8").includes(`"${kind}"`);
  expect(Object.entries(ELSEWHERE).filter(([kind, file]) => !names(file, kind))).toEqual([]);
});

const rows = Object.entries<Acts>(ACTS).flatMap(([kind, acts]) =>
  Object.entries(acts).map(([what, act]) => ({ kind, what, ...act })),
);

it.each(rows)("$kind: $what", async ({ kind, by, events = 1, before }) => {
  const act = await before();
  const last = (await grounds.db.auditEvent.findFirst({ orderBy: { id: "desc" } }))?.id ?? 0n;
  await act();
  const noted = await grounds.db.auditEvent.findMany({ where: { id: { gt: last } }, orderBy: { id: "asc" } });
  expect(noted.map((event) => [event.kind, event.by])).toEqual(Array(events).fill([kind, by]));
});
