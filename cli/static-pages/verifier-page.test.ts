import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { checkRecord as CheckRecord, Given } from "../../app/verify/check-record";
import { sha256, sha256Hex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { english } from "#lib/words/english";
import { rebuilt, saved } from "#lib/pdf/forgery.under-test";
import { Organisation, RECORDER_NAMED } from "#lib/pdf/organisation.under-test";
import { ASSUMPTIONS } from "#lib/record/assumptions";
import { CHECKS_TOLD, conclusionsFrom } from "#lib/record/conclusions";
import { SEAL_CHECKS } from "#lib/record/verify-seal";
import { RECORD_FILES } from "#lib/record/record-files";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { withVerifier } from "#lib/record/record-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { toPem } from "#lib/x509/pem";
import { findVerifierPage } from "#worker/verifier-page";
import { bundle, sha256Base64 } from "./bundle.mjs";
import { makeVerifierPage, VERIFIER_SINGLE_FILE, writeVerifierPage } from "./verifier-page.mjs";

/** What is small enough to be carried in every record. */
const MOST_CHARACTERS = 640_000;

const folder = mkdtempSync(path.join(tmpdir(), "claviger-verifier-page-"));
let made: Awaited<ReturnType<typeof makeVerifierPage>>;
let us: SealedRecord;
/** Both ask it on the same day; neither asks for the time of day. */
const TODAY = { now: Date.now() };

/** The code of the page as a browser gets it, run here. */
let inPage: typeof CheckRecord;
beforeAll(async () => {
  [made, us] = await Promise.all([makeVerifierPage(), SealedRecord.make()]);
  const file = path.join(folder, "check-record.mjs");
  writeFileSync(file, await bundle("app/verify/check-record.ts"));
  inPage = ((await import(pathToFileURL(file).href)) as { checkRecord: typeof CheckRecord }).checkRecord;
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the page", () => {
  test("is the same bytes from the same sources, and small enough to lie in every record", async () => {
    expect(await makeVerifierPage()).toEqual(made);
    expect(made.hash).toBe(createHash("sha256").update(made.single).digest("hex"));
    expect(made.single.length).toBeLessThan(MOST_CHARACTERS);
  });

  test("loads nothing, and its policy allows its own script and style by their hashes and no network", () => {
    const policy = /content="([^"]+)"/.exec(made.single)?.[1] ?? "";
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).toContain(`script-src 'sha256-${sha256Base64(made.files["main.js"] ?? "")}'`);
    expect(policy).not.toMatch(/unsafe|https?:|\*|connect-src|'self'/);
    const markup = made.single.replace(/<(script|style)[^>]*>[^]*?<\/\1>/g, "");
    expect(markup).not.toMatch(/\s(?:src|href)=|\son\w+=|style=/);
    expect(made.files["style.css"]).not.toMatch(/url\(|@import/);
  });

  test("evaluates no text and asks no network, whatever is in a record", () => {
    expect(made.files["main.js"]).not.toMatch(/\beval\(|\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|\bimport\(/);
    expect(made.files["main.js"]).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
  });

  test("is written as it was made, under the name it has in a record", async () => {
    const to = path.join(folder, "written");
    expect(await writeVerifierPage(to)).toEqual({ hash: made.hash });
    expect(readdirSync(to).sort()).toEqual([...Object.keys(made.files), VERIFIER_SINGLE_FILE].sort());
    expect(readFileSync(path.join(to, VERIFIER_SINGLE_FILE), "utf8")).toBe(made.single);
    expect(RECORD_FILES).toContain(VERIFIER_SINGLE_FILE);
  });
});

test("every check, conclusion, anchor and assumption has its words on the page", () => {
  const { checks, conclusions, assumptions } = english.verify;
  const missing = (names: readonly string[], texts: object) => names.filter((name) => !Object.hasOwn(texts, name));
  const grounds = conclusionsFrom([], { seal: [], entries: [] }).map(({ name }) => name);
  expect(missing(grounds, conclusions)).toEqual([]);
  expect(missing(ASSUMPTIONS.map(({ id }) => id), assumptions)).toEqual([]);
  expect(missing([...SEAL_CHECKS, ...CHECKS_TOLD], checks)).toEqual([]);
});

describe("in a record", () => {
  const bytes = () => new TextEncoder().encode(made.single);

  test("the page lies under the seal, its hash is told by the check, and it costs less than half of itself", async () => {
    const pdf = await us.sealed({}, (document) => withVerifier(document, bytes()));
    const { verdict, checks } = await us.verify(pdf);
    expect(verdict).toBe("good");
    expect(checks.find(({ name }) => name === "attachments")?.reason).toContain(`${VERIFIER_SINGLE_FILE} (SHA-256 ${made.hash})`);
    expect(pdf.length - (await us.sealed()).length).toBeLessThan(made.single.length / 2);
  });

  test("says in its pages which hash to compare, or that none was built", () => {
    const notes = (page: Uint8Array | null) => withVerifier({ verification: { command: "", qr: "" }, attachments: [] } as never, page).verification.notes?.join() ?? "";
    expect(notes(bytes()).replaceAll(" ", "")).toContain(made.hash);
    expect(notes(null)).toContain("is not attached");
  });

  test("a worker takes the page that its release was built with, or none", () => {
    const found = findVerifierPage();
    expect(found === null || new TextDecoder().decode(found).startsWith("<!doctype html>")).toBe(true);
  });
});

describe("the same verdicts as on the command line", () => {
  const given = (record: Uint8Array, change: Partial<Given> = {}): Given => ({
    ...{ record, recorder: sha256Hex(us.certificate), certifiedAs: "", mode: "rehearsal", authorities: [], log: "", logProof: null, witnesses: "", evidence: [] },
    ...change,
  });
  const flipped = (at: number) => {
    const copy = Uint8Array.from(us.pdf);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };

  test.each<[string, "good" | "bad", () => Uint8Array | Promise<Uint8Array>]>([
    ["the record", "good", () => us.pdf],
    ["a record cut off at the end of its transcript", "bad", () => us.sealed({ entries: us.transcript.entries.slice(0, -1) })],
    ["a name beside it that is another", "bad", () => us.sealed({ openings: us.transcript.openings.map((one, i) => (i === 0 ? { ...one, value: "Mallory" } : one)) })],
    ["a file beside it that nobody knows", "bad", () => us.sealed({}, (document) => ({ ...document, attachments: document.attachments.map((one) => ({ ...one, name: "x.json" })) }))],
    ["a bit flipped in a page", "bad", () => flipped(Math.floor(us.pdf.length / 3))],
    ["a record saved again", "bad", () => saved(us.pdf, (objects) => objects.set(1, `${objects.get(1) ?? ""} `.replace("endobj", "endobj\n")))],
    ["a record put together again", "good", () => rebuilt(us.pdf, () => undefined)],
    ["no PDF", "bad", () => new Uint8Array(2000)],
  ])("%s: %s", async (_what, verdict, make) => {
    const record = await make();
    const here = await us.verify(record, TODAY, { sha256: sha256Hex(us.certificate) });
    const there = await inPage(given(record));
    expect(here.verdict).toBe(verdict);
    expect(there).toEqual(here);
  });

  test("by the certificate as text and by words as by its fingerprint; a rehearsal taken for production is bad", async () => {
    const pem = await inPage(given(us.pdf, { recorder: toPem("CERTIFICATE", us.certificate) }));
    const words = await inPage(given(us.pdf, { recorder: hashWords(sha256(us.certificate)).join("\n") }));
    expect([pem.verdict, words.verdict]).toEqual(["good", "good"]);
    expect(pem.anchors).toMatchObject([{ brought: "whole" }]);
    expect((await inPage(given(us.pdf, { mode: "production" }))).checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["mode"]);
  });

  test("by the root of an organisation and the name under which it certifies the recorder, and by no other name", async () => {
    const root = await Organisation.make();
    const pdf = await us.sealedAs(await root.certify(readCertificate(us.certificate).spki, us.certificate));
    const here = await us.verify(pdf, TODAY, { organisation: { sha256: sha256Hex(root.certificate) }, name: RECORDER_NAMED });
    expect(here.verdict).toBe("good");
    const byRoot = { recorder: sha256Hex(root.certificate), certifiedAs: ` ${RECORDER_NAMED} ` };
    expect(await inPage(given(pdf, byRoot))).toEqual(here);
    expect((await inPage(given(pdf, { ...byRoot, certifiedAs: "CN=Mallory" }))).verdict).toBe("bad");
  });

  test("what cannot be used is named before anything is checked", async () => {
    const key = (change: Partial<Given>) => inPage(given(us.pdf, change)).catch((fault: unknown) => (fault as { key: string }).key);
    expect(await key({ recorder: " " })).toBe("noRecorder");
    expect(await key({ recorder: "aardvark" })).toBe("badRecorder");
    expect(await key({ authorities: [{ file: "a.pem", pem: "none" }] })).toBe("badAuthority");
    expect(await key({ witnesses: "w.example+00+xx" })).toBe("badWitness");
  });

  test("files of evidence are hashed here and held against the record", async () => {
    const evidence = [new File([new Uint8Array(3_000_000)], "film.mkv")];
    const heard: number[] = [];
    const { verdict, checks } = await inPage(given(us.pdf, { evidence }), { hashing: (_file, percent) => void heard.push(percent) });
    expect([verdict, checks.at(-1)]).toEqual(["good", { name: "evidence", ok: true, reason: "The record names no files." }]);
    expect(heard.at(-1)).toBe(100);
  });
});
