import { beforeAll, describe, expect, test } from "vitest";
import { entryHash, type Body, type Entry, type EntryKind } from "#lib/ceremony/entry";
import type { Step } from "#lib/ceremony/script";
import { secretScript, smallScript } from "#lib/ceremony/small-script.under-test";
import { placeholder } from "#lib/ceremony/small-roster.under-test";
import { SmallWorld, world } from "#lib/ceremony/small-world.under-test";
import type { Json } from "#lib/log/canonical";
import { book } from "#lib/operations/book";
import { clauseMap } from "./clause-map";

// What looks like evidence of a clause and is less than it asks for is none.

/** The small ceremony, played to its end, in which "make one" and "make two" are called what the real book calls them. */
let entries: readonly Entry[];
beforeAll(async () => {
  const there = await world();
  await there.close();
  entries = there.entries.map((entry) =>
    (entry.kind === "operation-started" && entry.body.request.operation === "make"
      ? { ...entry, body: { ...entry.body, request: { ...entry.body.request, operation: "generate-key-pair" } } }
      : entry));
});

const at = (told: readonly Entry[], source: string, asks: string): readonly number[] => {
  const found = clauseMap(told, book).find((one) => one.source.startsWith(source))?.clauses.filter((one) => one.asks.startsWith(asks)) ?? [];
  if (found.length !== 1) throw new Error(`${String(found.length)} clauses of ${source} ask: ${asks}`);
  return found[0]?.entries ?? [];
};
const changed = <K extends EntryKind>(told: readonly Entry[], kind: K, change: (body: Body<K>, seq: number) => Body<K>): Entry[] =>
  told.map((entry) => (entry.kind === kind ? ({ ...entry, body: change(entry.body as Body<K>, entry.seq) } as Entry) : entry));
const without = (told: readonly Entry[], seq: number | undefined): Entry[] => told.filter((entry) => entry.seq !== seq);

/** The entry by which the document of the one auditor there was compared. */
function auditorChecked(): number {
  const [opened] = entries;
  const cast = opened?.kind === "ceremony-opened" ? opened.body.participants : [];
  const auditor = cast.find(({ role }) => role === "auditor")?.person;
  return entries.find((one) => one.kind === "identity-checked" && one.body.person === auditor)?.seq ?? 0;
}

/** With operations of these requests behind all the others, each begun and done. */
function afterwards(told: readonly Entry[], ...requests: readonly ({ readonly operation: string } & { readonly [name: string]: Json })[]): Entry[] {
  const [began, ended] = [told.findLast((one) => one.kind === "operation-started"), told.findLast((one) => one.kind === "operation-done")];
  if (!began || !ended) throw new Error("nothing was done");
  const more = requests.flatMap((request, i) => [
    { ...began, seq: 1000 + 2 * i, body: { ...began.body, index: 100 + i, request } },
    { ...ended, seq: 1001 + 2 * i, body: { ...ended.body, index: 100 + i } },
  ]);
  return [...told, ...more];
}

describe("people", () => {
  const FOLLOWED = [
    ["ETSI", "A report shows that the procedure was followed"], ["CA/Browser", "A key generation script is prepared and followed"],
    ["CA/Browser", "Controls give assurance that the script was followed"], ["GDPR", "Accountability"],
  ] as const;
  test("one signature that does not agree, and no sign-off says that the script was followed", () => {
    const first = entries.find(({ kind }) => kind === "signed-off")?.seq;
    const against = changed(entries, "signed-off", (body, seq) =>
      (seq === first ? { ...body, statement: { ...body.statement, verdict: "do-not-agree" } } : body));
    const aborted = changed(entries, "ceremony-closed", (body) => ({ ...body, result: "aborted" }));
    for (const [source, asks] of FOLLOWED) {
      expect(at(entries, source, asks).length, asks).toBeGreaterThan(5);
      expect(at(against, source, asks), asks).toEqual([]);
      expect(at(aborted, source, asks), asks).toEqual([]);
    }
  });
  test("one approval is not several, and two of one person are one", () => {
    const several = "People in trusted roles make them";
    expect(at(entries, "CA/Browser", several).length).toBe(2 + 2 * 2);
    const one = changed(entries, "operation-started", (body) => ({ ...body, approvals: body.approvals.slice(0, 1) }));
    expect(at(one, "CA/Browser", several)).toEqual([]);
    const twice = changed(entries, "step-approved", (body) => ({ ...body, statement: { ...body.statement, person: "carl" } }));
    expect(at(twice, "CA/Browser", several)).toEqual([]);
    // Of two keys the second without anybody's approval: of neither row is anything left.
    const second = entries.findLast(({ kind }) => kind === "operation-started")?.seq;
    const bare = changed(entries, "operation-started", (body, seq) => (seq === second ? { ...body, approvals: [] } : body));
    for (const [source, asks] of [["CA/Browser", several], ["HIPAA", "Access control"], ["SOC 2", "Logical access"], ["NIST", "Who had a hand"]] as const) {
      expect(at(bare, source, asks), asks).toEqual([]);
    }
  });
  test("those in the room were identified when each of them was, and not when one was", () => {
    const last = entries.findLast(({ kind }) => kind === "identity-checked")?.seq;
    for (const [source, asks] of [["SOC 2", "Physical access"], ["HIPAA", "Whoever acts"]] as const) {
      expect(at(entries, source, asks).length).toBeGreaterThan(5);
      expect(at(without(entries, last), source, asks)).toEqual([]);
    }
  });
  test("an auditor witnesses what is made while they are there, identified before it", () => {
    const asks = "An auditor witnesses";
    const check = auditorChecked();
    expect(at(entries, "CA/Browser", asks)).toContain(check);
    expect(at(without(entries, check), "CA/Browser", asks)).toEqual([]);
    const late = entries.map((one) => (one.seq === check ? { ...one, seq: 900 } : one));
    expect(at(late, "CA/Browser", asks)).toEqual([]);
    const gone = entries.flatMap((one) => (one.seq === check && one.kind === "identity-checked"
      ? [one, { ...one, kind: "presence-noted", body: { person: one.body.person, present: false } } satisfies Entry]
      : [one]));
    expect(at(gone, "CA/Browser", asks)).toEqual([]);
  });
  test("custodians acknowledge their duties when each of them did, in the words of this script", () => {
    const duties = { days: 90, says: "I keep my key to myself." };
    const accepting = (people: readonly string[], says = duties.says) => changed(entries, "ceremony-opened", (body) => {
      const of = (person: string) => ({ statement: { v: "claviger/endorsement/v1", act: "endorse", hash: "00", mode: "production", roster: "00", person, role: "custodian", at: "", what: "duties", says } as const });
      const readiness = { duties: people.map(of), passkeys: [], lines: [], rehearsal: null, hsm: null } as unknown as Body<"ceremony-opened">["readiness"];
      return { ...body, script: { ...body.script, duties }, ...(readiness && { readiness }) };
    });
    const custodians = ["carl", "cleo", "cora"];
    expect(at(accepting(custodians), "PCI", "Custodians acknowledge")).toEqual([0]);
    expect(at(accepting(custodians.slice(1)), "PCI", "Custodians acknowledge")).toEqual([]);
    expect(at(accepting(custodians, "Something else."), "PCI", "Custodians acknowledge")).toEqual([]);
  });
  test("what departs from the script is dealt with when all of it was read out, and not when none of it was noted", async () => {
    const there = await world("sign");
    const noted = await there.deviate();
    expect(at(there.entries, "SOC 2", "What departs")).toEqual([]);
    await there.readOut();
    expect(at(there.entries, "SOC 2", "What departs")).toEqual([noted, noted + 1]);
    const empty = changed(without(there.entries, noted), "deviations-read", (body) => ({ ...body, deviations: [] }));
    expect(at(empty, "SOC 2", "What departs")).toEqual([]);
  });
});

describe("keys", () => {
  const INSIDE = [["PCI", "Secret and private keys are stored"], ["PCI", "Keys are stored securely"], ["GDPR", "Confidentiality and integrity"]] as const;
  test("of two keys, one that was shown not to leave shows nothing of the other", () => {
    const prove = (label: string) => ({ operation: "prove-not-exportable", label });
    for (const [source, asks] of INSIDE) {
      expect(at(afterwards(entries, prove("one")), source, asks), asks).toEqual([]);
      expect(at(afterwards(entries, prove("one"), prove("two")), source, asks), asks).toEqual([1001, 1003]);
    }
  });
  test("a change is tested when each new key was", () => {
    const tried = (label: string) => ({ operation: "test-signature", label });
    for (const [source, asks] of [["SOC 2", "A change is tested"], ["GDPR", "Measures are tested."]] as const) {
      expect(at(afterwards(entries, tried("one")), source, asks)).toEqual([]);
      expect(at(afterwards(entries, tried("two"), tried("one")), source, asks)).toEqual([1001, 1003]);
    }
  });
  test("a backup was looked at when that one was, and after it was made", () => {
    const made = { operation: "backup-token", backup: "a" };
    const look = (backup: string) => ({ operation: "verify-backup", backup });
    const asks = "A key is backed up, and the backup was looked at";
    expect(at(afterwards(entries, made, look("a")), "NIST", asks)).toEqual([1001, 1003]);
    expect(at(afterwards(entries, made, look("b")), "NIST", asks)).toEqual([]);
    expect(at(afterwards(entries, look("a"), made), "NIST", asks)).toEqual([]);
  });
  test("no key was put in another's place when a listing behind the last of them finds nothing else", () => {
    const listed = (found: { readonly [name: string]: Json }) => afterwards(entries, { operation: "list-keys" }).map((one) =>
      (one.seq === 1001 ? ({ ...one, body: { ...one.body, outcome: { inventory: { keys: 2, made: 2, before: 0, unexpected: [], missing: [], changed: [], ...found } } } } as Entry) : one));
    const asks = "Nobody can put another key";
    expect(at(listed({}), "PCI", asks)).toHaveLength(3);
    for (const found of [{ unexpected: ["x"] }, { missing: ["x"] }, { changed: ["x"] }]) expect(at(listed(found), "PCI", asks)).toEqual([]);
    expect(at(listed({}).map((one) => (one.seq > 999 ? { ...one, seq: one.seq - 999 } : one)), "PCI", asks)).toEqual([]);
  });
  test("knowledge is split when two people entered the two parts for the operation that was then done", async () => {
    const there = await new SmallWorld().openWith(secretScript);
    await there.playTo("make");
    await there.openStep();
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await there.invite();
    const call = there.entries.findLast(({ kind }) => kind === "secrets-invited");
    await there.enterPart("carl", 1);
    expect(at(there.entries, "CA/Browser", "Knowledge of secrets")).toEqual([]);
    await there.enterPart("cleo", 2);
    expect(at(there.entries, "CA/Browser", "Knowledge of secrets")).toEqual([]);
    await there.start();
    await there.finish();
    const { entries: split } = there;
    expect(call && entryHash(call)).not.toBeNull();
    expect(at(split, "CA/Browser", "Knowledge of secrets")).toHaveLength(3);
    const one = split.map((entry) => (entry.kind === "secret-part-entered" ? { ...entry, by: "carl" } : entry));
    expect(at(one, "CA/Browser", "Knowledge of secrets")).toEqual([]);
    const same = changed(split, "secret-part-entered", (body) => {
      const { part } = body.statement;
      return part ? { ...body, statement: { ...body.statement, part: { ...part, part: 1 } } } : body;
    });
    expect(at(same, "CA/Browser", "Knowledge of secrets")).toEqual([]);
    // A PIN in two parts is no component of a key in clear text.
    expect(at(split, "PCI", "Where people handle keys in clear text")).toEqual([]);
    expect(at(split, "PCI", "As few custodians as possible")).toEqual([]);
  });
  test("a key is replaced at the end of its cryptoperiod, and serves production alone: no ceremony can show either", () => {
    const replaced = afterwards(entries, { operation: "identify-key", label: "old", kind: "key-pair" });
    expect(at(replaced, "PCI", "A key is changed when its cryptoperiod ends")).toEqual([]);
    const production = changed(entries, "ceremony-opened", (body) => ({ ...body, script: { ...body.script, environment: "production" } }));
    expect(at(production, "PCI", "No key serves both")).toEqual([]);
  });
});

describe("a film", () => {
  const asks = "An auditor witnesses";
  /** The small script, which nobody audited, with a film that ends nowhere, at once, or behind everything. */
  const filming = (stop: "none" | "early" | "late", sha256: string | null): readonly number[] => {
    const parts: readonly Step[] = smallScript.acts.flatMap(({ steps }) => steps).flatMap((step): Step[] => (step.kind === "evidence"
      ? [{ ...step, recording: "starts" }, { ...step, step: "film-kept", recording: "stops" }]
      : [step]));
    const bare = changed(without(entries, auditorChecked()), "ceremony-opened", (body) =>
      ({ ...body, script: { ...smallScript, acts: [{ act: "all", title: "All", steps: [...parts] }] } }));
    const start = bare.find(({ kind }) => kind === "evidence-noted");
    if (!start) throw new Error("there is no film");
    const seq = stop === "early" ? start.seq + 0.5 : 1000;
    const end = { ...start, seq, body: { step: "film-kept", name: placeholder("a"), kept: placeholder("b"), sha256 } } as Entry;
    const told = stop === "none" ? bare : [...bare, end].sort((a, b) => a.seq - b.seq);
    return at(told, "CA/Browser", asks);
  };
  test("shows the making of a key when it ends behind it, and the hash of its file says which one it is", () => {
    expect(filming("late", "ab".repeat(32))).toHaveLength(2);
    expect(filming("none", null)).toEqual([]);
    expect(filming("early", "ab".repeat(32))).toEqual([]);
    expect(filming("late", null)).toEqual([]);
  });
});
