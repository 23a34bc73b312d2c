import { createHash } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { assertWith, createSoftwarePasskey } from "#cli/demo/software-passkey";
import { readEntry } from "#lib/ceremony/entry";
import type { Role } from "#lib/ceremony/roles";
import type { RosterLine } from "#lib/conduct/desk";
import { sha256, sha256Hex, utf8 } from "#lib/log/digest";
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

describe("the next roster", () => {
  it(
    "waits for the quorum of the one in force, is overtaken by a better one, and then counts in its place",
    { timeout: 60_000 },
    async () => {
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
    },
  );

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
