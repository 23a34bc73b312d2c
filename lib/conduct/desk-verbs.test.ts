import { beforeAll, describe, expect, it, test } from "vitest";
import { parseCanonical } from "#lib/log/canonical";
import { sha256Hex, text, utf8 } from "#lib/log/digest";
import { drawSample, readPopulation, seedOf, wordsCommitment } from "#lib/log/sample";
import { drawnSample, sealer } from "#lib/pdf/sealing.under-test";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { ok } from "#lib/result";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { closeAuditFile, type AuditFilePorts } from "./close-audit-file";
import { actor, MemoryDesk } from "./desk.under-test";
import { destroyRecord, orderDestruction, withdrawDestruction, type DestructionPorts, type KeptRecord } from "./destroy-record";
import { HOLD_ACTS, holdRecord, type HoldAct } from "./hold-record";
import { keepDeskFile } from "./keep-desk-file";
import { keepRenewedRecord } from "./keep-renewed-record";
import { lastIn } from "./matter";
import { noteVerification } from "./note-verification";
import { answerRequest, isOverdue, receiveDocuments, requestDocuments } from "./request-documents";
import { announceSample, sampleCheckpoint, showSampleWords, type SamplePorts } from "./take-sample";

const code = (said: { ok: true } | { ok: false; refusal: { code: string } }) => (said.ok ? "done" : said.refusal.code);
const WORDS = "seven herons at noon 00112233445566778899aabbccddeeff";
const CHECKPOINT = { origin: "example.org/log", size: 9, root: "ab".repeat(32) };
const FIRST = { head: CHECKPOINT, note: "as signed", event: "a line", proof: "as made", recorders: [] };
const SHOWN = { words: WORDS, checkpoint: CHECKPOINT };

const samplePorts = (desk: MemoryDesk, change: Partial<SamplePorts> = {}): SamplePorts => ({
  ...desk.ports,
  found: async (_of, _filter, most) => ["c-3", "c-1", "c-2", "c-4"].slice(0, most),
  firstCheckpoint: async () => FIRST,
  ...change,
});
const announcement = { of: "records", filter: { verdict: "completed" }, size: 2, words: wordsCommitment(WORDS) } as const;

const kept: KeptRecord = {
  ...{ ceremony: "c-1", title: "Root key", mode: "production", result: "completed", entries: 40, headHash: "cd".repeat(32) },
  ...{ openedAt: "2015-01-01T08:00:00.000Z", endedAt: "2015-01-01T12:00:00.000Z", openings: 12, pages: 1, destroyed: null },
  record: { sha256: "ef".repeat(32), sealedAt: "2015-01-01T12:01:00.000Z" },
  files: [{ sha256: "12".repeat(32), size: 5 }],
  keys: [{ label: "root", ckaId: "01", destroyedAt: "2018-01-01T00:00:00.000Z" }],
};
const destructionPorts = (desk: MemoryDesk, change: Partial<KeptRecord> = {}): DestructionPorts => ({
  ...desk.ports,
  kept: async (ceremony) => (ceremony === "c-1" ? { ...kept, ...change } : null),
  destroy: (event, certificate) => desk.ports.matters.note(event, [certificate]),
});
const holdPorts = (desk: MemoryDesk) => ({ ...desk.ports, isClosed: async (ceremony: string) => ceremony === "c-1" });
const filePorts = (desk: MemoryDesk): AuditFilePorts => ({
  ...desk.ports,
  found: async () => ["event/7"],
  recordFiles: async (ceremony) => (ceremony === "c-1" ? [{ name: "records/c-1/record.pdf", bytes: utf8("%PDF") }] : []),
  logFiles: async function* (ids) {
    yield { name: "events.jsonl", bytes: utf8(ids.join("\n")) };
  },
});

describe("who may do what at the desk", () => {
  const acts = {
    "announce a sample": ["auditor", (desk, who) => announceSample(samplePorts(desk), who, announcement)],
    "ask for documents": ["auditor", (desk, who) => requestDocuments(desk.ports, who, { text: "The plan", due: "2026-12-01" })],
    "close a file": ["auditor", (desk, who) => closeAuditFile(filePorts(desk), who, { title: "2026", records: ["c-1"], matters: [], log: null })],
    "note a check": [
      "auditor",
      async (desk, who) => {
        const said = { ceremony: "c-1", file: "ef".repeat(32), recorder: "00".repeat(32), holds: true, failed: [] };
        return noteVerification({ people: desk.ports.people, sealed: async () => said.file, note: async () => undefined }, who, said);
      },
    ],
    "hand over a file": ["administrator", (desk, who) => keepDeskFile(desk.ports, who, utf8("plan"))],
    "order a destruction": ["administrator", (desk, who) => orderDestruction(destructionPorts(desk), who, "c-1", { reason: "Its time is over." })],
    "ask for a hold": ["either", (desk, who) => holdRecord(holdPorts(desk), who, "c-1", { act: "ask", reason: "A lawsuit" })],
  } as const satisfies Record<
    string,
    readonly ["auditor" | "administrator" | "either", (desk: MemoryDesk, who: ReturnType<typeof actor>) => Promise<Parameters<typeof code>[0]>]
  >;
  const objections = { auditor: "AUDITOR-ONLY", administrator: "ADMINISTRATOR-ONLY", either: "DESK-ONLY" } as const;
  const people = { axel: "auditor", adam: "administrator", olga: "operator", carl: "custodian", will: "witness", nobody: "" } as const;
  it.each(Object.entries(acts))("%s", async (_, [whose, act]) => {
    for (const [person, role] of Object.entries(people)) {
      const may = role === whose || (whose === "either" && (role === "auditor" || role === "administrator"));
      expect([person, code(await act(new MemoryDesk(), actor(person)))]).toEqual([person, may ? "done" : objections[whose]]);
      expect(code(await act(new MemoryDesk(), actor(person, false)))).toBe("LOOK-ONLY");
    }
  });
});

describe("a sample", () => {
  it("is drawn from the population that was announced, by words and a checkpoint that follow it, and noted", async () => {
    const desk = new MemoryDesk();
    const announced = await announceSample(samplePorts(desk), actor("axel"), announcement);
    if (!announced.ok) throw new Error(announced.refusal.code);
    const { matter } = announced.value;
    // Whatever is found later plays no part any more.
    const drawn = await showSampleWords(samplePorts(desk, { found: async () => ["c-9"] }), actor("axel"), matter, SHOWN);
    const [first, second] = desk.events;
    const population = first?.kind === "sample-announced" ? first.facts.population : "";
    const members = readPopulation(desk.files.get(population)?.bytes ?? new Uint8Array())?.members ?? [];
    expect(members).toEqual(["c-1", "c-2", "c-3", "c-4"]);
    const seed = seedOf({ words: WORDS, checkpoint: CHECKPOINT, population, size: 2 });
    expect(drawn).toEqual(ok({ words: WORDS, checkpoint: CHECKPOINT, seed, drawn: drawSample(seed, members, 2) }));
    expect(second).toMatchObject({ kind: "sample-drawn", by: "axel", n: 2, facts: { seed } });
    // Once: the second time says the same and notes nothing.
    expect(await showSampleWords(samplePorts(desk), actor("axel"), matter, { ...SHOWN, words: "other" })).toEqual(drawn);
    expect(desk.events).toHaveLength(2);
  });

  it.each([
    ["other words than were committed to", { ...SHOWN, words: "eight herons" }, {}, "axel", "SAMPLE-WORDS"],
    ["another root", { ...SHOWN, checkpoint: { ...CHECKPOINT, root: "cd".repeat(32) } }, {}, "axel", "CHECKPOINT-OTHER"],
    ["another size", { ...SHOWN, checkpoint: { ...CHECKPOINT, size: 10 } }, {}, "axel", "CHECKPOINT-OTHER"],
    ["another log", { ...SHOWN, checkpoint: { ...CHECKPOINT, origin: "example.org/other" } }, {}, "axel", "CHECKPOINT-OTHER"],
    ["no checkpoint yet", SHOWN, { firstCheckpoint: async () => "awaited" as const }, "axel", "CHECKPOINT-AWAITED"],
    ["no log", SHOWN, { firstCheckpoint: async () => null }, "axel", "LOG-NONE"],
    ["another auditor", SHOWN, {}, "aura", "NOT-FOUND"],
  ])("is not drawn with %s", async (_, form, change, who, objection) => {
    const desk = new MemoryDesk();
    const announced = await announceSample(samplePorts(desk), actor("axel"), announcement);
    const matter = announced.ok ? announced.value.matter : "";
    expect(code(await showSampleWords(samplePorts(desk, change), actor(who), matter, form))).toBe(objection);
    expect(desk.events).toHaveLength(1);
  });

  it("tells the checkpoint to whoever announced it, before any words are asked for", async () => {
    const desk = new MemoryDesk();
    const announced = await announceSample(samplePorts(desk), actor("axel"), announcement);
    const matter = announced.ok ? announced.value.matter : "";
    const asked = (who: string, change: Partial<SamplePorts> = {}) => sampleCheckpoint(samplePorts(desk, change), actor(who), matter);
    expect(await asked("axel")).toEqual(ok(FIRST));
    expect(code(await asked("axel", { firstCheckpoint: async () => "awaited" }))).toBe("CHECKPOINT-AWAITED");
    expect(code(await asked("axel", { firstCheckpoint: async () => null }))).toBe("LOG-NONE");
    expect([code(await asked("aura")), code(await asked("adam"))]).toEqual(["NOT-FOUND", "AUDITOR-ONLY"]);
    expect(desk.events).toHaveLength(1);
  });

  it.each([
    ["nobody", { found: async () => [] }, 1, "POPULATION-EMPTY"],
    ["too many", { found: async () => null }, 1, "POPULATION-LARGE"],
    ["more than there are", {}, 5, "SAMPLE-SIZE"],
    ["none", {}, 0, "SAMPLE-SIZE"],
  ])("is not announced of %s", async (_, change, size, objection) => {
    expect(code(await announceSample(samplePorts(new MemoryDesk(), change), actor("axel"), { ...announcement, size }))).toBe(objection);
  });
});

describe("a request", () => {
  const asked = async (desk: MemoryDesk) => {
    const said = await requestDocuments(desk.ports, actor("axel"), { text: "The plan of the building", due: "2026-11-30" });
    return said.ok ? said.value.matter : "";
  };
  it("is asked for, answered with files that were handed over, and received by whoever asked", async () => {
    const desk = new MemoryDesk();
    const matter = await asked(desk);
    const handed = await keepDeskFile(desk.ports, actor("adam"), utf8("plan"));
    const files = [{ name: "Plan.txt", sha256: handed.ok ? handed.value.sha256 : "" }];
    expect(code(await receiveDocuments(desk.ports, actor("axel"), matter, { seen: 1, remark: "" }))).toBe("MATTER-OVERTAKEN");
    expect(code(await answerRequest(desk.ports, actor("adam"), matter, { seen: 1, text: "Here it is.", files }))).toBe("done");
    expect(code(await answerRequest(desk.ports, actor("anna"), matter, { seen: 1, text: "Here it is.", files }))).toBe("MATTER-OVERTAKEN");
    expect(code(await receiveDocuments(desk.ports, actor("aura"), matter, { seen: 2, remark: "" }))).toBe("NOT-FOUND");
    expect(code(await receiveDocuments(desk.ports, actor("axel"), matter, { seen: 2, remark: "Page 3 is missing." }))).toBe("done");
    const known = await desk.ports.matters.find(matter);
    expect(known && lastIn(known, "documents-answered")?.facts.files).toEqual([
      { name: "Plan.txt", sha256: sha256Hex(utf8("plan")), size: 4, mediaType: "text/plain" },
    ]);
    expect(desk.events.map(({ kind }) => kind)).toEqual(["documents-requested", "documents-answered", "documents-received"]);
  });
  it("is answered with no file that was not handed over", async () => {
    const desk = new MemoryDesk();
    const form = { seen: 1, text: "Here", files: [{ name: "a", sha256: "ab".repeat(32) }] };
    expect(code(await answerRequest(desk.ports, actor("adam"), await asked(desk), form))).toBe("NOT-FOUND");
  });
  it("is overdue from the day after its day on, until it is answered", async () => {
    const desk = new MemoryDesk();
    const matter = await asked(desk);
    const stands = async (now: string) => {
      const known = await desk.ports.matters.find(matter);
      return known !== null && isOverdue(known, now);
    };
    expect([await stands("2026-11-30T23:59:00.000Z"), await stands("2026-12-01T00:00:00.000Z")]).toEqual([false, true]);
    await answerRequest(desk.ports, actor("adam"), matter, { seen: 1, text: "Here", files: [] });
    expect(await stands("2026-12-01T00:00:00.000Z")).toBe(false);
  });
  it.each(["2026-11-22", "2026-02-30", "soon"])("is not asked for by %s", async (due) => {
    expect(code(await requestDocuments(new MemoryDesk().ports, actor("axel"), { text: "a", due }))).toBe("DUE-PAST");
  });
});

describe("a hold", () => {
  const say = (desk: MemoryDesk, who: string, act: HoldAct) => holdRecord(holdPorts(desk), actor(who), "c-1", { act, reason: "A lawsuit" });
  it("is set by two and lifted by two", async () => {
    const desk = new MemoryDesk();
    for (const [who, act, state] of [
      ...[["axel", "ask", "asked"] as const, ["adam", "confirm", "set"] as const, ["adam", "ask-lift", "lift-asked"] as const],
      ...[["axel", "keep", "set"] as const, ["axel", "ask-lift", "lift-asked"] as const, ["adam", "lift", "none"] as const],
    ])
      expect(await say(desk, who, act)).toEqual(ok({ state }));
  });
  it.each([
    ["ask", "confirm"],
    ["ask", "decline"],
  ] as const)("needs somebody else: who asked does not %s and %s", async (first, second) => {
    const desk = new MemoryDesk();
    await say(desk, "axel", first);
    expect(code(await say(desk, "axel", second))).toBe("SECOND-PERSON");
  });
  it("does nothing that it does not stand for", async () => {
    const desk = new MemoryDesk();
    for (const act of Object.keys(HOLD_ACTS) as HoldAct[]) if (act !== "ask") expect(code(await say(desk, "adam", act))).toBe("MATTER-OVERTAKEN");
    expect(code(await holdRecord(holdPorts(desk), actor("adam"), "c-open", { act: "ask", reason: "a" }))).toBe("NOT-FOUND");
  });
});

describe("a destruction", () => {
  it("is ordered by an administrator and done by a second person, with a certificate whose hash is in the event", async () => {
    const desk = new MemoryDesk();
    const ports = destructionPorts(desk);
    expect(code(await orderDestruction(ports, actor("adam"), "c-1", { reason: "Its time is over." }))).toBe("done");
    expect(code(await destroyRecord(ports, actor("adam"), "c-1"))).toBe("SECOND-PERSON");
    const done = await destroyRecord(ports, actor("axel"), "c-1");
    const certificate = done.ok ? done.value.certificate : "";
    const bytes = desk.files.get(certificate)?.bytes ?? new Uint8Array();
    expect(sha256Hex(bytes)).toBe(certificate);
    expect(parseCanonical(bytes)).toMatchObject({
      ...{ v: "claviger/destruction/v1", ceremony: "c-1", headHash: kept.headHash, files: kept.files },
      ordered: { by: "adam", reason: "Its time is over." },
      confirmed: { by: "axel" },
    });
    expect(desk.events.at(-1)).toMatchObject({ kind: "record-destroyed", facts: { ceremony: "c-1", certificate } });
  });
  it.each([
    ["seven years are not over", { endedAt: "2020-01-01T00:00:00.000Z" }, "RETENTION-RUNS"],
    ["a key lives", { keys: [{ label: "root", ckaId: "01", destroyedAt: null }] }, "RETENTION-RUNS"],
    ["its keys are not known", { keys: "unknown" as const }, "RETENTION-RUNS"],
    ["a key was destroyed less than two years ago", { keys: [{ label: "root", ckaId: "01", destroyedAt: "2025-01-01T00:00:00.000Z" }] }, "RETENTION-RUNS"],
    ["it was destroyed", { destroyed: { at: "2026-01-01T00:00:00.000Z", certificate: "x" } }, "RECORD-DESTROYED"],
  ])("is refused while %s", async (_, change, objection) => {
    const desk = new MemoryDesk();
    expect(code(await orderDestruction(destructionPorts(desk, change), actor("adam"), "c-1", { reason: "a" }))).toBe(objection);
  });
  it("is refused under a hold, also one that came after the order, and when the order was taken back", async () => {
    const desk = new MemoryDesk();
    const ports = destructionPorts(desk);
    await orderDestruction(ports, actor("adam"), "c-1", { reason: "a" });
    await holdRecord(holdPorts(desk), actor("axel"), "c-1", { act: "ask", reason: "A lawsuit" });
    expect(code(await destroyRecord(ports, actor("axel"), "c-1"))).toBe("RECORD-HELD");
    await holdRecord(holdPorts(desk), actor("adam"), "c-1", { act: "decline", reason: "" });
    expect(code(await withdrawDestruction(ports, actor("axel"), "c-1"))).toBe("done");
    expect(code(await destroyRecord(ports, actor("axel"), "c-1"))).toBe("MATTER-OVERTAKEN");
  });
});

describe("a record in a closed file with another one", () => {
  async function closedWith(change: Partial<KeptRecord> | null) {
    const desk = new MemoryDesk();
    const ports: DestructionPorts = {
      ...destructionPorts(desk),
      kept: async (ceremony) => (ceremony === "c-1" ? kept : change && { ...kept, ceremony, ...change }),
    };
    await closeAuditFile({ ...filePorts(desk), recordFiles: async (ceremony) => [{ name: ceremony, bytes: utf8("%PDF") }] }, actor("axel"), {
      ...{ title: "2015", records: ["c-1", "c-2"], matters: [], log: null },
    });
    return { desk, ports, order: () => orderDestruction(ports, actor("adam"), "c-1", { reason: "Its time is over." }) };
  }
  it.each([
    ["runs still", { endedAt: "2025-01-01T00:00:00.000Z" }],
    ["has a key that lives", { keys: [{ label: "root", ckaId: "01", destroyedAt: null }] }],
    ["is not known here", null],
  ])("is not destroyed while that one %s", async (_, change) => {
    expect(code(await (await closedWith(change)).order())).toBe("RECORD-BESIDE");
  });
  it("is not destroyed while that one is held, and is once it is not, or was destroyed itself", async () => {
    const { desk, ports, order } = await closedWith({});
    const hold = (who: string, act: HoldAct) => holdRecord({ ...holdPorts(desk), isClosed: async () => true }, actor(who), "c-2", { act, reason: "A lawsuit" });
    expect(code(await order())).toBe("done");
    await hold("axel", "ask");
    expect(code(await destroyRecord(ports, actor("axel"), "c-1"))).toBe("RECORD-BESIDE");
    await hold("adam", "decline");
    expect(code(await destroyRecord(ports, actor("axel"), "c-1"))).toBe("done");
    const gone = await closedWith({ endedAt: "2025-01-01T00:00:00.000Z", destroyed: { at: "2026-01-01T00:00:00.000Z", certificate: "x" } });
    expect(code(await gone.order())).toBe("done");
  });
});

describe("a renewed record", () => {
  let sealed: Uint8Array;
  beforeAll(async () => {
    sealed = await sealPdf(await drawnSample(), { signer: (await sealer()).signer });
  });
  it.each([
    ["another file", () => utf8("%PDF-1.7")],
    ["the record as it was", () => sealed],
    ["the record with something behind it that is no renewal", () => Uint8Array.from([...sealed, ...utf8("\n1 0 obj\n")])],
    ["the record with a byte changed and something behind it", () => Uint8Array.from([0, ...sealed.slice(1), 0])],
  ])("is not kept when it is %s", async (_, file) => {
    const desk = new MemoryDesk();
    const ports = { ...desk.ports, sealed: async () => sealed, verifier: webCryptoVerifier, inflate };
    expect(code(await keepRenewedRecord(ports, actor("adam"), "c-1", file()))).toBe("RENEWAL-OTHER");
    expect(code(await keepRenewedRecord(ports, actor("axel"), "c-1", file()))).toBe("ADMINISTRATOR-ONLY");
    expect(desk.events).toEqual([]);
  });
});

describe("a closed audit file", () => {
  it("names every file by its hash in a manifest, whose own hash is in the event", async () => {
    const desk = new MemoryDesk();
    const asked = await requestDocuments(desk.ports, actor("axel"), { text: "The plan", due: "2026-12-01" });
    const handed = await keepDeskFile(desk.ports, actor("adam"), utf8("plan"));
    const [matter, sha256] = [asked.ok ? asked.value.matter : "", handed.ok ? handed.value.sha256 : ""];
    await answerRequest(desk.ports, actor("adam"), matter, { seen: 1, text: "Here", files: [{ name: "../plan", sha256 }] });
    const closed = await closeAuditFile(filePorts(desk), actor("axel"), { title: "2026", records: ["c-1"], matters: [matter], log: { text: "plan" } });
    if (!closed.ok) throw new Error(closed.refusal.code);
    const archive = text(desk.files.get(closed.value.archive)?.bytes.filter((byte) => byte < 0x80) ?? new Uint8Array());
    for (const name of ["manifest.json", "README.txt", "records/c-1/record.pdf", `matters/${matter}/${sha256}`, "events.jsonl"]) expect(archive).toContain(name);
    expect(archive).not.toContain("../plan");
    expect(archive).toContain("event/1\nevent/2\nevent/7");
    const manifest = /\{"at":.*?"v":"claviger\/audit-file\/v1"\}/.exec(archive)?.[0] ?? "";
    expect(sha256Hex(utf8(manifest))).toBe(closed.value.manifest);
    expect(desk.events.at(-1)).toMatchObject({ kind: "audit-file-closed", facts: { manifest: closed.value.manifest, records: ["c-1"], events: 3 } });
  });
  it("is refused as soon as it is too large: nothing more is loaded", async () => {
    const large = new Uint8Array(110 * 1024 * 1024);
    const loaded: string[] = [];
    const file = (name: string) => {
      loaded.push(name);
      return { name, bytes: large };
    };
    const desk = new MemoryDesk();
    const closed = (records: string[]) => {
      const logFiles = async function* () {
        for (const name of ["one", "two", "three"]) yield await Promise.resolve(file(name));
      };
      const ports = { ...filePorts(desk), recordFiles: async (ceremony: string) => [file(ceremony)], logFiles };
      return closeAuditFile(ports, actor("axel"), { title: "2026", records, matters: [], log: null });
    };
    expect(code(await closed(["c-1", "c-2", "c-3", "c-4"]))).toBe("AUDIT-FILE-LARGE");
    expect(code(await closed(["c-5"]))).toBe("AUDIT-FILE-LARGE");
    expect(loaded).toEqual(["c-1", "c-2", "c-5", "one"]);
    expect(desk.events).toEqual([]);
  });
  test.each([
    ["nothing", { records: [], matters: [] }, "AUDIT-FILE-EMPTY"],
    ["a record that is not there", { records: ["c-2"], matters: [] }, "NOT-FOUND"],
    ["a matter that is not there", { records: [], matters: ["request/none"] }, "NOT-FOUND"],
  ])("is not made of %s", async (_, chosen, objection) => {
    expect(code(await closeAuditFile(filePorts(new MemoryDesk()), actor("axel"), { title: "2026", log: null, ...chosen }))).toBe(objection);
  });
});
