import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import { keysNamed, searchedWords } from "#lib/conduct/searched-words";
import type { NewMatterEvent } from "#lib/conduct/matter";
import type { NewEntry } from "#lib/conduct/ports";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { openDatabase, type Database } from "./database";
import { foundIds, MARKS, searchLog, searchRecords } from "./desk-search";
import { destroyedRecords, destroyKept, findDestruction } from "./destructions";
import { appendEntry, ceremoniesToFollow, readEntries } from "./entries";
import { nextEntry, summary } from "./entry-row.under-test";
import { keepEvidenceFile } from "./evidence-files";
import { findDeskFile, keepDeskFile, keepsDeskFile, matterEvents, noteMatter } from "./matters";
import { findRecord, keepRecord } from "./records";
import { bringSearchTexts, type SearchReader } from "./search-texts";

let database: TestDatabase;
let app: Database;
let worker: Database;
let owner: Database;
beforeAll(async () => {
  database = await freshDatabase();
  [app, worker, owner] = [openDatabase(database.appUrl), openDatabase(database.workerUrl), openDatabase(database.ownerUrl)];
});
afterAll(async () => {
  await Promise.all([app, worker, owner].map((db) => db.$disconnect()));
  await database.drop();
});

const reader: SearchReader = {
  entry: (kind, said, openings) => ({ words: searchedWords(said, openings), keys: keysNamed(kind, said), script: kind === "ceremony-opened" ? "root-key ab" : null }),
  event: (_, facts) => ({ words: searchedWords(facts), keys: [], script: null }),
};
const file = (text: string) => ({ sha256: sha256Hex(utf8(text)), size: utf8(text).length, mediaType: "text/plain", bytes: utf8(text), by: "adam" });

/** A ceremony that the recorder closed at that time, with a record and a photograph. */
async function closed(id: string, at: string): Promise<NewEntry> {
  const first = nextEntry(id, null, { at, kind: "ceremony-opened" });
  await appendEntry(app, first, summary(first));
  const last = nextEntry(id, first, { at, by: "recorder", kind: "ceremony-closed" });
  await appendEntry(worker, last, summary(last, { phase: "closed", result: "completed", closedAt: at }));
  const pdf = utf8(`record of ${id}`);
  await keepRecord(worker, { ceremony: id, sha256: sha256Hex(pdf), pdf, trustAnchor: utf8("PEM"), sealedAt: at });
  await keepEvidenceFile(app, { ...file(`photograph of ${id}`), ceremony: id });
  return last;
}

const OLD = "2015-03-01T10:00:00.000Z";
const order = (ceremony: string, by = "adam", n = 1): NewMatterEvent => ({
  ...{ kind: "record-destruction-ordered", by, matter: `destruction/${ceremony}`, n },
  facts: { ceremony, reason: "Its time is over." },
});
const destroyed = (ceremony: string, by = "axel", n = 2): NewMatterEvent<"record-destroyed"> => ({
  ...{ kind: "record-destroyed", by, matter: `destruction/${ceremony}`, n },
  facts: { ceremony, certificate: file(`certificate of ${ceremony}`).sha256 },
});
const destroy = (ceremony: string, event = destroyed(ceremony)) => destroyKept(app, event, file(`certificate of ${ceremony}`));

describe("a matter", () => {
  it("keeps its events in order with their files, and lets one of two who act on the same sight win", async () => {
    const asked = { kind: "documents-requested", by: "axel", matter: "request/1", n: 1, facts: { text: "The plan", due: "2026-12-01" } } as const;
    const answered = { kind: "documents-answered", by: "adam", matter: "request/1", n: 2, facts: { text: "Here", files: [] } } as const;
    expect(await noteMatter(app, asked)).toBe("noted");
    const both = await Promise.all([noteMatter(app, answered, [file("a")]), noteMatter(app, { ...answered, by: "anna" }, [file("b")])]);
    expect([...both].sort()).toEqual(["noted", "overtaken"]);
    const events = await matterEvents(app, { matter: "request/1" });
    expect(events.map(({ kind, n }) => [kind, n])).toEqual([["documents-requested", 1], ["documents-answered", 2]]);
    expect(events[0]?.facts).toEqual(asked.facts);
    const kept = await Promise.all(["a", "b"].map((text) => findDeskFile(app, file(text).sha256)));
    expect(kept.filter((one) => one !== null)).toHaveLength(1);
  });
  it("hands out no bytes under a hash that is not theirs, whoever put them there", async () => {
    const { sha256 } = file("kept as it was");
    await keepDeskFile(app, file("kept as it was"));
    expect(await findDeskFile(app, sha256)).not.toBeNull();
    const [other, bytes] = [file("what nobody ever kept"), new Uint8Array(utf8("put there by the owner"))];
    await owner.$transaction([
      owner.$executeRaw`ALTER TABLE "DeskFile" DROP CONSTRAINT "DeskFile_hash_of_bytes"`,
      owner.deskFile.create({ data: { ...other, bytes, size: bytes.length } }),
      owner.$executeRaw`
        ALTER TABLE "DeskFile" ADD CONSTRAINT "DeskFile_hash_of_bytes" CHECK ("sha256" = encode(sha256("bytes"), 'hex')) NOT VALID`,
    ]);
    expect([await findDeskFile(app, other.sha256), await keepsDeskFile(app, other.sha256)]).toEqual([null, true]);
    expect(await keepsDeskFile(app, file("never there").sha256)).toBe(false);
  });
  it("has every event wait for the log", async () => {
    const [{ n } = { n: 0 }] = await owner.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM "LogWaiting" w JOIN "AuditEvent" a ON a."id" = w."event" WHERE a."facts" ->> 'matter' = 'request/1'`;
    expect(n).toBe(2);
  });
});

describe("the search", () => {
  it("finds what entries say and commit to, and what events say, each once however often it is brought along", async () => {
    await closed("c-search", "2026-05-05T10:00:00.000Z");
    await bringSearchTexts(app, reader);
    await bringSearchTexts(app, reader);
    const [{ value } = { value: "" }] = (await readEntries(app, "c-search"))[0]?.openings ?? [];
    const { found, lines } = await searchLog(app, { text: `"${value}"`, ceremony: "c-search" }, { from: 0, most: 10 });
    expect(found).toBeGreaterThan(0);
    expect(lines[0]?.piece).toContain(MARKS.begin);
    expect((await searchLog(app, { text: "plan" }, { from: 0, most: 10 })).lines.map(({ kind }) => kind)).toContain("documents-requested");
  });
  it("finds by its being unreadable what somebody spoilt, and everything else as before", async () => {
    const spoilt = nextEntry("c-spoilt", null, { kind: "ceremony-opened" });
    await appendEntry(app, spoilt, summary(spoilt));
    const breaks = () => JSON.parse("not what any of us writes") as never;
    await bringSearchTexts(app, { ...reader, entry: breaks });
    const { lines } = await searchLog(app, { text: "unreadable", ceremony: "c-spoilt" }, { from: 0, most: 10 });
    expect(lines).toHaveLength(1);
    expect((await searchLog(app, { text: "plan" }, { from: 0, most: 10 })).found).toBeGreaterThan(0);
  });
  const asks = [
    [{}, true],
    [{ script: "root-key" }, true],
    [{ script: "other" }, false],
    [{ verdict: "completed" }, true],
    [{ verdict: "aborted" }, false],
    [{ from: "2026-05-05", until: "2026-05-05" }, true],
    [{ from: "2026-05-06" }, false],
    [{ until: "2026-05-04" }, false],
    [{ person: "nobody" }, false],
    [{ key: "nothing" }, false],
    [{ text: "' OR 1=1 --" }, false],
  ] as const;
  it.each(asks)("a filter %j narrows the records", async (filter, isThere) => {
    const { records } = await searchRecords(app, filter, { from: 0, most: 10 });
    expect(records.some(({ ceremony }) => ceremony === "c-search")).toBe(isThere);
  });
  it("gives every id of a population, or none when there are too many", async () => {
    expect(await foundIds(app, "records", { ceremony: "c-search" }, 1)).toEqual(["c-search"]);
    expect(await foundIds(app, "log", { ceremony: "c-search" }, 1)).toBeNull();
    expect((await foundIds(app, "log", { ceremony: "c-search" }, 2))?.sort()).toEqual(["entry/c-search/0", "entry/c-search/1"]);
  });
});

const named = (text: string) => ({ name: "a.pdf", sha256: file(text).sha256, size: file(text).size, mediaType: "text/plain" });
/** A closed audit file with these records. */
const closeFile = (text: string, records: readonly string[]) =>
  noteMatter(
    app,
    { kind: "audit-file-closed", by: "axel", matter: `file/${text}`, n: 1, facts: { title: text, manifest: "m", archive: named(text), records, events: 0 } },
    [file(text)],
  );
const renew = (ceremony: string, n: number, text: string) =>
  noteMatter(
    app,
    { kind: "record-renewed", by: "adam", matter: `renewal/${ceremony}`, n, facts: { ceremony, file: named(text), endsAt: OLD } },
    [file(text)],
  );
type HoldKind = "hold-asked" | "hold-set" | "hold-declined" | "hold-lift-asked" | "hold-lifted" | "hold-kept";
async function hold(ceremony: string, kinds: readonly HoldKind[]): Promise<void> {
  for (const [i, kind] of kinds.entries())
    await noteMatter(app, { kind, by: "axel", matter: `hold/${ceremony}`, n: i + 1, facts: { ceremony, reason: "A lawsuit" } } as NewMatterEvent);
}
const isKept = async (text: string) => (await findDeskFile(app, file(text).sha256)) !== null;

describe("the database destroys", () => {
  it("what seven years and two people allow, and nothing of the transcript but what it commits to", async () => {
    const last = await closed("c-old", OLD);
    // Copies that the desk keeps of it: in a closed file, and renewed.
    await closeFile("archive", ["c-old"]);
    await renew("c-old", 1, "renewed");
    await keepDeskFile(app, file("other"));
    await bringSearchTexts(app, reader);
    await noteMatter(app, order("c-old"));
    const before = await readEntries(app, "c-old");
    expect(await destroy("c-old")).toBe("noted");
    const after = await readEntries(app, "c-old");
    expect(after.map(({ hash, openings }) => [hash, openings])).toEqual(before.map(({ hash }) => [hash, []]));
    expect(after.at(-1)?.hash).toBe(last.hash);
    expect(await findRecord(app, "c-old")).toBeNull();
    expect(await app.evidenceFile.count({ where: { ceremony: "c-old" } })).toBe(0);
    expect(await app.searchText.count({ where: { ceremony: "c-old" } })).toBe(0);
    const left = await Promise.all(["archive", "renewed", "other"].map(async (text) => (await findDeskFile(app, file(text).sha256)) !== null));
    expect(left).toEqual([false, false, true]);
    expect(await findDestruction(app, "c-old")).toMatchObject({ certificate: file("certificate of c-old").sha256 });
    const said = (await matterEvents(app, { matter: "destruction/c-old" })).find(({ kind }) => kind === "record-destroyed");
    expect([...(await destroyedRecords(app))]).toEqual([["c-old", said?.event]]);
    expect(await ceremoniesToFollow(worker)).not.toContain("c-old");
    // And nobody puts another record in its place.
    const pdf = utf8("another");
    await expect(keepRecord(worker, { ceremony: "c-old", sha256: sha256Hex(pdf), pdf, trustAnchor: pdf, sealedAt: OLD })).rejects.toThrow(/was destroyed/);
    expect((await bringSearchTexts(app, reader), await app.searchText.count({ where: { ceremony: "c-old" } }))).toBe(0);
  });

  it("no file that an event names for another reason, whoever plants one that names it", async () => {
    await closed("c-planted", OLD);
    const facts = { of: "records", filter: {}, population: file("population").sha256, members: 1, size: 1, words: "w" } as const;
    await noteMatter(app, { kind: "sample-announced", by: "axel", matter: "sample/1", n: 1, facts }, [file("population")]);
    const answer = { text: "Here", files: [named("answer")] };
    await noteMatter(app, { kind: "documents-answered", by: "adam", matter: "request/2", n: 1, facts: answer }, [file("answer")]);
    await renew("c-another", 1, "edition of another");
    await closeFile("file of another", ["c-another"]);
    const planted = ["certificate of c-old", "population", "answer", "edition of another", "file of another"];
    for (const [i, text] of planted.entries()) await renew("c-planted", i + 1, text);
    await renew("c-planted", planted.length + 1, "edition of its own");
    await noteMatter(app, order("c-planted"));
    expect(await destroy("c-planted")).toBe("noted");
    expect(await Promise.all(planted.map(isKept))).toEqual(planted.map(() => true));
    expect(await isKept("edition of its own")).toBe(false);
    await expect(owner.$transaction([
      owner.$executeRaw`SELECT set_config('claviger.destroys', 'yes', true)`,
      owner.$executeRaw`DELETE FROM "DeskFile" WHERE "sha256" = ${file("population").sha256}`,
    ])).rejects.toThrow(/append-only/);
  });

  it("nothing whose closed file holds another record that is kept, and both when both may go", async () => {
    await Promise.all(["c-one", "c-two"].map((id) => closed(id, OLD)));
    await closeFile("both", ["c-one", "c-two"]);
    await hold("c-two", ["hold-asked", "hold-set"]);
    await noteMatter(app, order("c-one"));
    await expect(destroy("c-one")).rejects.toThrow(/in a closed file with the one of c-two/);
    expect([await isKept("both"), (await findRecord(app, "c-one")) !== null]).toEqual([true, true]);
    await closed("c-young", "2025-01-01T00:00:00.000Z");
    await closed("c-elder", OLD);
    await closeFile("young", ["c-elder", "c-young"]);
    await noteMatter(app, order("c-elder"));
    await expect(destroy("c-elder")).rejects.toThrow(/in a closed file with the one of c-young/);
    const lifting = (kind: "hold-lift-asked" | "hold-lifted", n: number) =>
      noteMatter(app, { kind, by: "adam", matter: "hold/c-two", n, facts: { ceremony: "c-two", reason: "It is over." } } as NewMatterEvent);
    await lifting("hold-lift-asked", 3);
    await lifting("hold-lifted", 4);
    expect(await destroy("c-one")).toBe("noted");
    expect(await isKept("both")).toBe(false);
    await noteMatter(app, order("c-two"));
    expect(await destroy("c-two")).toBe("noted");
  });

  it.each([
    [["hold-asked"]],
    [["hold-asked", "hold-set"]],
    [["hold-asked", "hold-set", "hold-lift-asked"]],
    [["hold-asked", "hold-set", "hold-lift-asked", "hold-kept"]],
    [["hold-asked", "hold-declined", "hold-asked"]],
  ] as const)("nothing under a hold, after %j", async (kinds) => {
    const id = `c-${kinds.join("-")}`;
    await closed(id, OLD);
    await hold(id, kinds);
    await noteMatter(app, order(id));
    await expect(destroy(id)).rejects.toThrow(/is held/);
    expect(await findRecord(app, id)).not.toBeNull();
  });
  it.each([[["hold-asked", "hold-declined"]], [["hold-asked", "hold-set", "hold-lift-asked", "hold-lifted"]]] as const)(
    "again after %j",
    async (kinds) => {
      const id = `c-free-${String(kinds.length)}`;
      await closed(id, OLD);
      await hold(id, kinds);
      await noteMatter(app, order(id));
      expect(await destroy(id)).toBe("noted");
    },
  );

  const refused: readonly (readonly [string, string, RegExp, (id: string) => Promise<unknown>])[] = [
    ["before seven years are over", "2023-01-01T00:00:00.000Z", /is still to be kept/, async (id) => {
      await noteMatter(app, order(id));
      return destroy(id);
    }],
    ["by one person alone", OLD, /not decided by two people/, async (id) => {
      await noteMatter(app, order(id, "axel"));
      return destroy(id);
    }],
    ["without an order", OLD, /not decided by two people/, (id) => destroy(id, destroyed(id, "axel", 1))],
    ["after the order was taken back", OLD, /not decided by two people/, async (id) => {
      await noteMatter(app, order(id));
      await noteMatter(app, { kind: "record-destruction-withdrawn", by: "adam", matter: `destruction/${id}`, n: 2, facts: { ceremony: id } });
      return destroy(id, destroyed(id, "axel", 3));
    }],
  ];
  it.each(refused)("nothing %s", async (what, at, message, attempt) => {
    const id = `c-${what.replaceAll(" ", "-")}`;
    await closed(id, at);
    await expect(attempt(id)).rejects.toThrow(message);
    expect(await findRecord(app, id)).not.toBeNull();
    expect(await findDestruction(app, id)).toBeNull();
    expect((await matterEvents(app, { matter: `destruction/${id}` })).some(({ kind }) => kind === "record-destroyed")).toBe(false);
  });

  it.each([
    ["app", `DELETE FROM "Record"`],
    ["app", `UPDATE "Entry" SET "openings" = '[]'`],
    ["app", `INSERT INTO "Destruction" VALUES ('c-search', 1, 'x')`],
    ["app", `SELECT set_config('claviger.destroys', 'yes', false); DELETE FROM "EvidenceFile"`],
    ["owner", `SELECT set_config('claviger.destroys', 'yes', false); DELETE FROM "Record"`],
    ["owner", `SELECT set_config('claviger.destroys', 'yes', false); UPDATE "Entry" SET "openings" = '[]'`],
    ["owner", `INSERT INTO "Destruction" VALUES ('c-search', 1, 'x')`],
    ["owner", `DELETE FROM "Destruction"`],
    ["owner", `SELECT set_config('claviger.destroys', 'yes', false); DELETE FROM "DeskFile"`],
    ["worker", `SELECT claviger_destroy_record('c-search', 1, 'x')`],
  ])("nothing when the %s asks by hand: %s", async (who, sql) => {
    const { Client } = (await import("pg")).default;
    const client = new Client({ connectionString: { app: database.appUrl, owner: database.ownerUrl, worker: database.workerUrl }[who] ?? "" });
    await client.connect();
    try {
      await expect(client.query(sql)).rejects.toThrow();
    } finally {
      await client.end();
    }
    expect(await findRecord(app, "c-search")).not.toBeNull();
  });
});
