import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { entryHash, type Entry } from "#lib/ceremony/entry";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { SmallWorld, world } from "#lib/ceremony/small-world.under-test";
import { book } from "#lib/operations/book";
import { productionScript } from "#worker/played-scripts.under-test";
import { recordDocument } from "../record";
import { SealedRecord } from "../sealed-record.under-test";
import { tellsNothing } from "../tells-nothing.under-test";
import { CLAUSE_SOURCES, clauseMap } from "./clause-map";

// What the shipped production script, played to its end, evidences; and what is left when its entries are taken away.

let played: SealedRecord;
let entries: readonly Entry[];
beforeAll(async () => {
  played = await SealedRecord.make(productionScript());
  ({ entries } = played.transcript);
}, 240_000);

/** Of every source, the clauses that nothing here speaks to, each as often as it has such a row. */
const notEvidenced = (told: readonly Entry[], by = book) =>
  Object.fromEntries(clauseMap(told, by).map(({ source, clauses }) => {
    const bare = clauses.filter(({ entries: at }) => at.length === 0);
    return [source, bare.map(({ id }) => id)];
  }));

test("the production script, played to its end, evidences what it should, and nothing else", () => {
  expect(notEvidenced(entries)).toMatchInlineSnapshot(`
    {
      "CA/Browser Forum, Baseline Requirements for TLS server certificates": [
        "6.1.1.1",
        "6.1.1.1",
        "6.1.1.1",
        "6.1.1.1",
        "5.4.1",
        "5.4.1",
        "5.4.1",
        "5.4.1",
        "5.4.1",
      ],
      "ETSI EN 319 411-1, clause 6.5.1": [
        "6.5.1-12",
        "6.5.1-12",
        "6.5.1-13B",
        "6.5.1-14",
        "6.5.1-14",
      ],
      "GDPR, Regulation (EU) 2016/679": [
        "Article 32(1)(a)",
        "Article 32(1)(c)",
        "Article 32(1)(d)",
      ],
      "HIPAA Security Rule, 45 CFR 164.312": [
        "164.312(e)",
      ],
      "NIST SP 800-57 Part 1, revision 5": [
        "key states",
        "cryptoperiods",
        "backup",
        "recovery",
      ],
      "PCI DSS 4.0, requirements 3.6 and 3.7": [
        "3.6.1.1",
        "3.6.1.1",
        "3.6.1.1",
        "3.6.1.3",
        "3.6.1.4",
        "3.7.2",
        "3.7.4",
        "3.7.5",
        "3.7.6",
        "3.7.8",
      ],
      "SOC 2, trust services criteria": [
        "CC7",
        "CC7",
        "CC8",
      ],
      "Sections of a key generation script, in the manner of WebTrust for CAs, criterion 4.1": [],
    }
  `);
});

test("whatever is taken away is no longer pointed at, and a clause with nothing left is not evidenced", () => {
  for (const [s, { clauses }] of clauseMap(entries, book).entries()) {
    for (const [c, { id, entries: at }] of clauses.entries()) {
      let left = entries;
      for (const seq of at) {
        left = left.filter((entry) => entry.seq !== seq);
        expect(clauseMap(left, book)[s]?.clauses[c]?.entries, id).not.toContain(seq);
      }
      expect(clauseMap(left, book)[s]?.clauses[c]?.entries, id).toEqual([]);
    }
  }
});

test("of what needs several things each is needed: without any one of its kinds of entry it is not evidenced", () => {
  const without = (kind: Entry["kind"]) => notEvidenced(entries.filter((entry) => entry.kind !== kind));
  expect(without("ceremony-closed")["ETSI EN 319 411-1, clause 6.5.1"]).toContain("6.5.1-13");
  expect(without("signed-off")["ETSI EN 319 411-1, clause 6.5.1"]).toContain("6.5.1-13");
  expect(without("step-approved")["SOC 2, trust services criteria"]).toContain("CC6");
  expect(without("ceremony-opened")["Sections of a key generation script, in the manner of WebTrust for CAs, criterion 4.1"]).toHaveLength(8);
  // Nothing is left of anything when there is nothing.
  expect(clauseMap([], book).flatMap(({ clauses }) => clauses.flatMap(({ entries: at }) => at))).toEqual([]);
});

describe("what production asks beside a rehearsal", () => {
  const rows = async (there: SmallWorld) => {
    await there.close();
    const found = clauseMap(there.entries, tellsNothing).flatMap(({ clauses }) => clauses);
    return (asks: string) => found.find((clause) => clause.asks.startsWith(asks))?.entries;
  };
  test("endorsements are evidence of an authorised change; a rehearsal may have none", async () => {
    expect((await rows(await world()))("A change is authorised")).toEqual([0]);
    const rehearsal = entries.map((entry) => (entry.kind === "ceremony-opened" ? { ...entry, body: { ...entry.body, endorsements: [] } } : entry));
    expect(notEvidenced(rehearsal)["SOC 2, trust services criteria"]).toContain("CC8");
  });
  test("a security officer's signature counts when they agree, and nobody else's does", async () => {
    const there = await world();
    const signed = there.entries.find(({ kind, by }) => kind === "signed-off" && by === "cora")?.seq;
    expect((await rows(there))("A security officer has signed")).toEqual([signed]);
    const against = await world("sign");
    await against.openStep();
    for (const person of ["olga", "carl", "cleo", "cora", "will", "wang"]) await against.signOff(person, person === "cora" ? "do-not-agree" : "agree");
    expect((await rows(against))("A security officer has signed")).toEqual([]);
  });
  test("a section that the script leaves out is not evidenced, and one is when each step it names was performed", async () => {
    const sections = { place: { omitted: "A cloud HSM." }, storage: ["film", "nowhere"], steps: ["second"], roles: ["quorum"] };
    const there = await new SmallWorld().openWith({ ...smallScript, sections });
    await there.playTo("make");
    const so = clauseMap(there.entries, tellsNothing).flatMap(({ clauses }) => clauses);
    const at = (id: string) => so.find((clause) => clause.id === id)?.entries;
    expect([at("place"), at("steps"), at("roles")]).toEqual([[], [], [0]]);
    // "nowhere" is neither an act nor a step, nor in the header.
    expect(at("storage")).toEqual([]);
    await there.playTo();
    await there.close();
    const after = clauseMap(there.entries, tellsNothing).flatMap(({ clauses }) => clauses);
    expect(after.find(({ id }) => id === "steps")?.entries.length).toBeGreaterThan(3);
  });
});

test("every pointer of a record leads to an entry of the transcript, by the hash of its bytes, and every step has a number", () => {
  const { clauses, report, pointed, acts } = recordDocument(played.transcript, played.ceremony, book);
  const numbers = acts.flatMap(({ steps }) => steps.map(({ number }) => number));
  for (const { entry, hash, step } of pointed) {
    const there = entries[entry];
    expect(there && entryHash(there)).toBe(hash);
    if (step !== null) expect(numbers).toContain(step);
  }
  const named = [...clauses.flatMap((source) => source.clauses), ...(report?.items ?? [])].flatMap((one) => one.entries);
  expect([...new Set(named)].sort((a, b) => a - b)).toEqual(pointed.map(({ entry }) => entry));
});

test("the report of 6.5.1-13A is filled in by machine: every item from entries, every key with its id, algorithm and fingerprint", () => {
  const { report, keys } = recordDocument(played.transcript, played.ceremony, book);
  expect(report?.items.map(({ name }) => name)).toEqual([
    "Roles", "Functions", "Responsibilities", "Evidence collected", "Date", "Keys", "Device", "Algorithm and device settings",
  ]);
  for (const { name, says, entries: at } of report?.items ?? []) expect(says.length > 0, name).toBe(at.length > 0);
  const said = report?.items.find(({ name }) => name === "Keys")?.says ?? [];
  expect(said).toHaveLength(keys.length);
  for (const [i, { label, id, algorithm, fingerprint }] of keys.entries()) {
    const told = said[i]?.replaceAll(" ", "") ?? "";
    for (const part of [label, id, algorithm, fingerprint?.value ?? "nopublichalf"]) expect(told).toContain(part);
  }
});

test("a ceremony that made no key has no such report", async () => {
  const there = await world("make");
  await there.must("ceremony-aborted", "olga", { reason: there.now.roster.organisation });
  await there.close();
  expect(recordDocument({ entries: there.entries, openings: [] }, there.now, tellsNothing).report).toBeNull();
});

test("nothing of ours says of anything that it meets a norm, in English or German", () => {
  const root = path.resolve(import.meta.dirname, "../../..");
  const folders = ["lib/record", "lib/pdf", "lib/words", "lib/operations", "lib/conduct", "app", "components", "cli/commands"];
  const files = folders.flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => path.join(root, folder, name)));
  const texts = files.filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|under-test|fixture)\./.test(file));
  expect(texts.length).toBeGreaterThan(200);
  const boasts = /complian|complies with|conforms to the|konform|erfüllt die Anforderungen/i;
  expect(texts.filter((file) => boasts.test(readFileSync(file, "utf8"))).map((file) => path.relative(root, file))).toEqual([]);
  for (const said of ["is compliant", "PCI-Compliance", "DSGVO-konform"]) expect(said).toMatch(boasts);
});

test("each clause of a source has an id and a sentence of its own", () => {
  for (const { source, clauses } of CLAUSE_SOURCES) {
    const asked = clauses.map(({ asks }) => asks);
    expect(new Set(asked).size, source).toBe(asked.length);
    for (const { id, asks } of clauses) expect(`${id}: ${asks}`).toMatch(/^[^:]+: [A-Z].*\.$/);
  }
});
