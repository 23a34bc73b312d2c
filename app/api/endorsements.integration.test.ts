import { createHash } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { assertWith, createSoftwarePasskey } from "#cli/demo/software-passkey";
import { dutiesToAccept } from "#lib/ceremony/endorsement";
import { readEntry } from "#lib/ceremony/entry";
import type { Role } from "#lib/ceremony/roles";
import type { RosterLine } from "#lib/conduct/desk";
import { fromBase64url, sha256, sha256Hex, utf8 } from "#lib/log/digest";
import { listAudit } from "#lib/store/audit-events";
import { readEntries } from "#lib/store/entries";
import { scriptEndorsement } from "#lib/wiring";
import { ApiGrounds, USE, type Answer } from "./api-grounds.under-test";
import { CAST, SCRIPT, type Guest } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

let grounds: ApiGrounds;
const guests = new Map<string, Guest>();
const cookie = (person: string) => guests.get(person)?.cookie ?? "";
const code = ({ status, body }: Answer) => (status === 200 ? "done" : body.error?.code);

async function enrol(person: string, roles: readonly Role[]): Promise<void> {
  const passkey = await grounds.enrol(person, roles);
  guests.set(person, { passkey, cookie: (await grounds.signIn(passkey)).cookie });
}
beforeAll(async () => {
  grounds = await ApiGrounds.open("production");
  for (const [person, role] of CAST) await enrol(person, [role]);
});
afterAll(() => grounds.close());

const post = async <T>(handler: Parameters<ApiGrounds["ask"]>[0], person: string, body: unknown) =>
  grounds.ask<T>(handler, { method: "POST", body, cookie: cookie(person) });
const publishRoster = async () =>
  (await post<{ hash: string; version: number }>((await import("./roster/route")).POST, "adam", { organisation: "Example" }))
    .body;
const publishScript = async (yaml = SCRIPT) =>
  (await post<{ hash: string }>((await import("./scripts/route")).POST, "adam", { yaml })).body.hash;
const rosters = async () =>
  (await grounds.ask<{ rosters: RosterLine[] }>((await import("./roster/route")).GET, { cookie: cookie("will") })).body.rosters;
const open = async (scriptHash: string, rosterHash: string) => {
  const participants = CAST.map(([person, role]) => ({ person, role }));
  const body = { title: "Small", place: "Room 1", scriptHash, rosterHash, participants };
  return post<{ id: string }>((await import("./ceremonies/route")).POST, "olga", body);
};

type Proposed = { readonly statement: string; readonly document: string; readonly roster: string };
const propose = async (person: string, what: string, hash: string) =>
  grounds.ask<Proposed>((await import("./endorsements/[what]/[hash]/route")).GET, {
    params: { what, hash },
    cookie: cookie(person),
  });

type Bend = {
  readonly as?: string;
  readonly passkey?: string;
  readonly flags?: number;
  readonly origin?: string;
  readonly statement?: (text: string) => string;
};
async function endorse(person: string, what: string, hash: string, bend: Bend = {}): Promise<Answer> {
  const proposed = await propose(person, what, hash);
  if (proposed.status !== 200) return proposed;
  const statement = bend.statement?.(proposed.body.statement) ?? proposed.body.statement;
  const passkey = guests.get(bend.passkey ?? person)?.passkey ?? createSoftwarePasskey();
  const { flags, origin } = bend;
  const assertion = assertWith(passkey, sha256(utf8(statement)), {
    ...USE,
    ...(origin && { origin }),
    ...(flags !== undefined && { flags }),
  });
  return post((await import("./endorsements/route")).POST, bend.as ?? person, { statement, assertion });
}

describe("a script for production", () => {
  let roster: string;
  let script: string;
  beforeAll(async () => {
    roster = (await publishRoster()).hash;
    script = await publishScript();
  });

  it("opens no ceremony while one too few have signed it", async () => {
    expect(code(await open(script, roster))).toBe("SCRIPT-ENDORSED");
    expect(code(await endorse("carl", "script", script))).toBe("done");
    const refused = await open(script, roster);
    expect([code(refused), refused.body.error?.sentence]).toEqual([
      "SCRIPT-ENDORSED",
      "Not enough custodians of the roster have signed this script for production.",
    ]);
  });

  it("is proposed with every byte a browser needs to see what it signs", async () => {
    const { body } = await propose("cleo", "script", script);
    expect(sha256Hex(utf8(body.document))).toBe(script);
    expect(sha256Hex(utf8(body.roster))).toBe(roster);
    expect(JSON.parse(body.statement)).toMatchObject({
      what: "script",
      hash: script,
      roster,
      mode: "production",
      person: "cleo",
      script: "small-api",
      edition: 1,
    });
  });

  it.each<[string, string, Bend, string]>([
    ["by somebody who is no custodian", "olga", {}, "ENDORSEMENT-CUSTODIAN"],
    ["a second time", "carl", {}, "ENDORSEMENT-DISTINCT"],
    ["by one person in another's name", "cleo", { as: "cora" }, "PASSKEY-OWNER"],
    ["with another's passkey", "cleo", { passkey: "cora" }, "PASSKEY-OWNER"],
    ["with a passkey of nobody's", "cleo", { passkey: "nobody" }, "PASSKEY-ROSTER"],
    ["without being verified", "cleo", { flags: 0x01 }, "ASSERTION-USER-VERIFIED"],
    ["on another site", "cleo", { origin: "http://localhost:3001" }, "ASSERTION-ORIGIN"],
    [
      "under another edition's words",
      "cleo",
      { statement: (text) => text.replace('"edition":1', '"edition":2') },
      "ENDORSEMENT-DOCUMENT",
    ],
    ["for the other mode", "cleo", { statement: (text) => text.replace("production", "rehearsal") }, "ENDORSEMENT-MODE"],
    [
      "under another roster",
      "cleo",
      { statement: (text) => text.replace(/"roster":"[0-9a-f]{64}"/, `"roster":"${"ab".repeat(32)}"`) },
      "ENDORSEMENT-ROSTER",
    ],
    ["dated ahead", "cleo", { statement: (text) => text.replace(/"at":"2/, '"at":"3') }, "ENDORSEMENT-TIME"],
    ["dated long ago", "cleo", { statement: (text) => text.replace(/"at":"2/, '"at":"1') }, "ENDORSEMENT-TIME"],
    ["in a text that is no statement", "cleo", { statement: () => "{}" }, "STATEMENT-UNREADABLE"],
    ["that nobody published", "cleo", { statement: (text) => text.replace(script, "cd".repeat(32)) }, "SCRIPT-UNKNOWN"],
  ])("is not signed %s", async (_, person, bend, refusal) => {
    expect(code(await endorse(person, "script", script, bend))).toBe(refusal);
    expect((await scriptEndorsement(script, person))?.signed.map((one) => one.person)).toEqual(["carl"]);
  });

  it("that the quorum has signed opens a ceremony, which carries who they were and when; the auditor is told", async () => {
    expect(code(await endorse("cora", "script", script))).toBe("done");
    expect(await scriptEndorsement(script, "cleo")).toMatchObject({
      needed: 2,
      reached: true,
      mine: true,
      awaited: [{ person: "cleo", name: "Name of cleo" }],
    });
    const opened = await open(script, roster);
    expect(code(opened)).toBe("done");
    const [first] = await readEntries(grounds.db, opened.body.id);
    const read = readEntry(first?.bytes ?? new Uint8Array());
    const body = read.ok && read.value.entry.kind === "ceremony-opened" ? read.value.entry.body : null;
    expect(body?.endorsements.map(({ statement }) => statement.person)).toEqual(["carl", "cora"]);
    expect((await listAudit(grounds.db, 3)).find(({ kind }) => kind === "endorsement-signed")).toMatchObject({
      by: "cora",
      facts: { what: "script", hash: script },
    });
  });
});

describe("what a custodian says of themselves", () => {
  const DUTIES = "duties: { days: 365, says: I keep my passkey to myself. }\npasskeys: { tested: { days: 30 } }\n";
  const asking = SCRIPT.replace("script: small-api", "script: small-ready").replace("prerequisites: []", `${DUTIES}prerequisites: []`);
  const duties = dutiesToAccept("I keep my passkey to myself.").hash;
  const passkeyOf = (person: string) => sha256Hex(fromBase64url(guests.get(person)?.passkey.spki ?? ""));
  let roster: string;
  let script: string;
  beforeAll(async () => {
    roster = (await rosters()).find(({ standing }) => standing === "in force")?.hash ?? "";
    script = await publishScript(asking);
    for (const person of ["carl", "cora"]) await endorse(person, "script", script);
  });

  it("is demanded by the script: first duties, then a test of each custodian, and then the ceremony opens with both", async () => {
    expect(code(await open(script, roster))).toBe("DUTIES-ACCEPTED");
    for (const person of ["carl", "cleo", "cora"]) expect(code(await endorse(person, "duties", duties))).toBe("done");
    expect(code(await open(script, roster))).toBe("PASSKEYS-TESTED");
    for (const person of ["carl", "cleo", "cora"]) expect(code(await endorse(person, "passkey", passkeyOf(person)))).toBe("done");
    const opened = await open(script, roster);
    expect(code(opened)).toBe("done");
    const [first] = await readEntries(grounds.db, opened.body.id);
    const read = readEntry(first?.bytes ?? new Uint8Array());
    const body = read.ok && read.value.entry.kind === "ceremony-opened" ? read.value.entry.body : null;
    expect(body?.readiness?.duties.map(({ statement }) => statement.person)).toEqual(["carl", "cleo", "cora"]);
    expect(body?.readiness?.passkeys.length).toBe(3);
  });

  it("may be said again, but a test only over the number that was given out for it, and once", async () => {
    expect(code(await endorse("carl", "duties", duties))).toBe("done");
    const proposed = await propose("carl", "passkey", passkeyOf("carl"));
    const { statement } = proposed.body;
    const assertion = assertWith(guests.get("carl")!.passkey, sha256(utf8(statement)), USE);
    const send = async () => post((await import("./endorsements/route")).POST, "carl", { statement, assertion });
    expect([code(await send()), code(await send())]).toEqual(["done", "CHALLENGE-SPENT"]);
    const other = (text: string) => text.replace(/"nonce":"[0-9a-f]{64}"/, `"nonce":"${"ab".repeat(32)}"`);
    expect(code(await endorse("carl", "passkey", passkeyOf("carl"), { statement: other }))).toBe("CHALLENGE-SPENT");
  });

  it.each<[string, string, "duties" | "passkey", () => string, string]>([
    ["somebody who is no custodian", "olga", "duties", () => duties, "ENDORSEMENT-CUSTODIAN"],
    ["duties that no script names", "carl", "duties", () => "ab".repeat(32), "NOTHING-TO-ENDORSE"],
    ["somebody else's passkey", "carl", "passkey", () => passkeyOf("cleo"), "NOTHING-TO-ENDORSE"],
  ])("is not taken from %s", async (_, person, what, hash, refusal) => {
    expect(code(await endorse(person, what, hash()))).toBe(refusal);
  });

  it("and what they agree to is not kept out by rows that the app's owner plants in their names", async () => {
    const planted = await publishScript(asking.replace("script: small-ready", "script: small-planted"));
    const sql = new pg.Client({ connectionString: grounds.database.appUrl });
    await sql.connect();
    const statement = { what: "script", hash: planted, roster, person: "carl", at: "2026-11-22T10:00:00.000Z" };
    const bytes = Buffer.from(JSON.stringify({ statement, assertion: {} }));
    const columns = '("hash", "document", "roster", "person", "what", "at", "bytes")';
    const values = [sha256Hex(bytes), planted, roster, "carl", "script", statement.at, bytes];
    await sql.query(`INSERT INTO "Endorsement" ${columns} VALUES ($1, $2, $3, $4, $5, $6, $7)`, values);
    await sql.end();
    expect(code(await endorse("carl", "script", planted))).toBe("done");
    expect((await scriptEndorsement(planted, "cleo"))?.signed.map((one) => one.person)).toEqual(["carl"]);
    expect(code(await endorse("carl", "script", planted))).toBe("ENDORSEMENT-DISTINCT");
  });
});

describe("the next roster", () => {
  it("waits for the quorum of the one in force, is overtaken by a better one, and then counts in its place", async () => {
    const [before] = await rosters();
    const script = await publishScript();
    await enrol("dora", ["custodian"]);
    const mistaken = await publishRoster();
    const next = await publishRoster();
    expect((await rosters()).map(({ version, standing, prev }) => [version, standing, prev === before?.hash])).toEqual([
      [3, "awaited", true],
      [2, "awaited", true],
      [1, "in force", false],
    ]);
    expect((await rosters())[0]?.changes).toEqual(["Name of dora is new: custodian; 1 passkey"]);
    expect(code(await open(script, next.hash))).toBe("ROSTER-AWAITED");

    expect(code(await endorse("dora", "roster", next.hash))).toBe("ENDORSEMENT-CUSTODIAN");
    expect(code(await endorse("carl", "roster", next.hash))).toBe("done");
    expect((await rosters())[0]?.endorsement).toMatchObject({
      needed: 2,
      reached: false,
      signed: [{ person: "carl" }],
      awaited: [{ person: "cleo" }, { person: "cora" }],
    });
    expect(code(await endorse("cleo", "roster", next.hash))).toBe("done");
    expect((await rosters()).map(({ standing }) => standing)).toEqual(["in force", "past", "past"]);

    expect(code(await endorse("cora", "roster", mistaken.hash))).toBe("NOTHING-TO-ENDORSE");
    expect(code(await open(script, before?.hash ?? ""))).toBe("ROSTER-AWAITED");
    // What was signed under the version before counts no more; who is new may sign now.
    expect(code(await open(script, next.hash))).toBe("SCRIPT-ENDORSED");
    expect(code(await endorse("dora", "script", script))).toBe("done");
    expect(code(await open(script, next.hash))).toBe("SCRIPT-ENDORSED");
    expect(code(await endorse("cleo", "script", script))).toBe("done");
    expect(code(await open(script, next.hash))).toBe("done");
  });

  it("is shown though somebody planted rows that cannot be read beside it", async () => {
    const known = await rosters();
    const sql = new pg.Client({ connectionString: grounds.database.ownerUrl });
    await sql.connect();
    const plant = async (version: number, text: string, openings: string) => {
      const hash = createHash("sha256").update(text).digest("hex");
      const columns = '("hash", "version", "mode", "prev", "bytes", "openings", "createdBy")';
      const values = [hash, version, "production", known[0]?.hash, Buffer.from(text), openings, "nobody"];
      await sql.query(`INSERT INTO "RosterVersion" ${columns} VALUES ($1, $2, $3, $4, $5, $6, $7)`, values);
    };
    await plant(4, "{}", '{"not":"a list"}');
    await plant(5, "no canonical text", "[]");
    await sql.end();
    expect(await rosters()).toEqual(known);
    expect((await publishRoster()).version).toBe(6);
    expect((await rosters())[0]).toMatchObject({ version: 6, prev: known[0]?.hash, standing: "awaited", changes: [] });
  });
});
