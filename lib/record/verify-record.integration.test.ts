import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test, vi } from "vitest";
import { verifyCommand } from "#cli/commands/verify";
import { sha256, sha256Hex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { LOG_PROOF_FILE } from "#lib/log/log-proof";
import { makeRecorder } from "#lib/pdf/sealing.under-test";
import { RecordForger } from "./forged-record.under-test";
import { toPem } from "#lib/x509/pem";
import type { RecordDocument } from "./record-document";
import type { Verification } from "./verify-record";

/** Records that are wrong in what is around their transcript, and what the command line says of good and bad ones. */
const [forger, stranger] = [await RecordForger.open(), await RecordForger.open()];
const folder = mkdtempSync(path.join(tmpdir(), "claviger-verify-"));
afterAll(async () => {
  await forger.close();
  await stranger.close();
  rmSync(folder, { recursive: true });
});

const failing = ({ checks }: Verification) => checks.filter(({ ok, reason }) => !ok && !/^Not decided|^not examined/.test(reason)).map(({ name }) => name);
const attached = (change: (bytes: Uint8Array) => Uint8Array) => (document: RecordDocument) => ({
  ...document,
  attachments: document.attachments.map((one) => ({ ...one, bytes: change(one.bytes) })),
});
const asText = (change: (text: string) => string) => attached((bytes) => new TextEncoder().encode(change(new TextDecoder().decode(bytes))));

async function bad(pdf: Uint8Array, check: string, reason: RegExp, trustAnchor?: Uint8Array): Promise<void> {
  const verification = await forger.verify(pdf, trustAnchor);
  expect(verification.verdict).toBe("bad");
  expect(failing(verification)).toEqual([check]);
  expect(verification.checks.find(({ name }) => name === check)?.reason).toMatch(reason);
}

describe("a record under a good seal", () => {
  test("is good as the worker left it, and prints the hash of its transcript on every page", async () => {
    const verification = await forger.verify(forger.sealed);
    expect(verification.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verification.checks.find(({ name }) => name === "printed-hash")?.reason).toMatch(/Each of \d+ pages/);
    expect(verification.verdict).toBe("good");
  });

  test("stays good when names are taken out: the hash is the same", async () => {
    const verification = await forger.verify(await forger.record({ openings: forger.honest.openings.slice(3) }));
    expect(verification).toMatchObject({ verdict: "good", about: { head: forger.ceremony.head.hash } });
  });

  test("fails transcript when a name beside it is another than was committed to", async () => {
    const openings = forger.honest.openings.map((one, i) => (i === 0 ? { ...one, value: "Somebody else" } : one));
    await bad(await forger.record({ openings }), "transcript", /is not what was committed to/);
  });

  test("fails transcript when a text stands beside it that nobody committed to", async () => {
    const openings = [...forger.honest.openings, { path: "x", salt: "00".repeat(16), value: "never said" }];
    await bad(await forger.record({ openings }), "transcript", /is not what was committed to/);
  });

  test("fails closed when entries were dropped at the end", async () => {
    for (const dropped of [1, 3]) {
      const verification = await forger.verify(await forger.record({ entries: forger.honest.entries.slice(0, -dropped) }));
      expect(verification.verdict).toBe("bad");
      expect(failing(verification)).toEqual(["closed", "sealed-after-closing"]);
    }
  });

  test("fails sealed-after-closing when the seal is older than the last entry", async () => {
    const before = new Date(Date.parse(forger.ceremony.head.at) - 2_000);
    await bad(await forger.record({}, (same) => same, before), "sealed-after-closing", /sealed before/);
  });

  test("fails recorder when the transcript is another worker's, sound in itself", async () => {
    expect((await stranger.verify(stranger.sealed)).verdict).toBe("good");
    await bad(await forger.record(stranger.honest), "recorder", /not the one you trust/);
  });

  test("fails recorder when the recorder shows the trusted certificate and signs with a key of its own", async () => {
    const [opened, attached, closed] = [forger.at("ceremony-opened"), forger.at("recorder-attached"), forger.at("ceremony-closed")];
    const { spki } = attached.body.recorder;
    const { certificate } = stranger.at("recorder-attached").body.recorder;
    const reason = { committed: "cd".repeat(32) };
    const entries = await forger.retold([
      opened,
      { ...attached, body: { ...attached.body, recorder: { spki, certificate } } },
      { ...opened, kind: "ceremony-aborted", body: { reason } },
      { ...closed, body: { result: "aborted", entries: 4 } },
    ]);
    const verification = await stranger.verify(await stranger.record({ entries }));
    expect(failing(verification)).toEqual(["recorder"]);
    expect(verification.checks.find(({ name }) => name === "recorder")?.reason).toMatch(/not the one in its certificate/);
  });

  test("fails test-signatures when the signature in an outcome is of something else", async () => {
    const tested = forger.at("operation-done", 2);
    const { spki } = forger.at("operation-done", 1).body.outcome;
    const value = stranger.at("operation-done", 2).body.outcome["value"] ?? null;
    expect(tested.body.outcome["spki"]).toBe(spki);
    const forged = { ...tested, body: { ...tested.body, outcome: { ...tested.body.outcome, value } } };
    await bad(await forger.record({ entries: await forger.retold(forger.without(tested, forged)) }), "test-signatures", /does not verify/);
  });

  test("fails printed-hash when the pages print the hash of another transcript", async () => {
    const pdf = await forger.record({}, (document) => ({ ...document, transcriptHash: sha256Hex(new Uint8Array(1)) }));
    await bad(pdf, "printed-hash", /is not printed on page 1, 2/);
  });
});

describe("attachments", () => {
  test("fails transcript when there is none", async () => {
    await bad(await forger.record({}, (document) => ({ ...document, attachments: [] })), "transcript", /no transcript\.json/);
  });

  test("fails transcript when there are two of that name", async () => {
    const two = (document: RecordDocument) => ({ ...document, attachments: [...document.attachments, ...asText((text) => `${text} `)(document).attachments] });
    await bad(await forger.record({}, two), "transcript", /two attachments are called|lists of attachments differ/);
  });

  test("fails log-proof when what is attached as the log's proof is none", async () => {
    const file = { name: LOG_PROOF_FILE, mime: "text/plain", description: "proof", relationship: "Data" as const, bytes: new TextEncoder().encode("trust me\n") };
    await bad(await forger.record({}, (document) => ({ ...document, attachments: [...document.attachments, file] })), "log-proof", /is none/);
  });

  test("fails attachments when a file lies beside it that no record carries", async () => {
    const file = { name: "minutes.pdf", mime: "application/pdf", description: "minutes", relationship: "Supplement" as const, bytes: new Uint8Array(9) };
    await bad(await forger.record({}, (document) => ({ ...document, attachments: [...document.attachments, file] })), "attachments", /minutes\.pdf/);
  });

  test.each<[string, (document: RecordDocument) => RecordDocument, RegExp]>([
    ["is not canonical", asText((text) => ` ${text}`), /not canonical/],
    ["is not JSON", asText((text) => text.slice(1)), /not canonical/],
    ["is of another version", asText((text) => text.replace("claviger/transcript/v1", "claviger/transcript/v2")), /version/],
    ["has another member", asText((text) => text.replace('"v":"claviger/transcript/v1"', '"v":"claviger/transcript/v1","w":1')), /version/],
    ["has an entry of an unknown kind", asText((text) => text.replaceAll('"kind":"ceremony-closed"', '"kind":"ceremony-blessed"')), /not well formed/],
    ["is nested without end", attached(() => new TextEncoder().encode("[".repeat(200_000) + "]".repeat(200_000))), /not canonical/],
    ["has no entries", asText((text) => text.replace(/"entries":\[.*\],"openings":\[.*\]/, '"entries":[],"openings":[]')), /./],
  ])("fails when the transcript %s", async (_how, change, reason) => {
    const verification = await forger.verify(await forger.record({}, change));
    expect(verification.verdict).toBe("bad");
    expect(verification.checks.filter(({ ok }) => !ok).map((check) => check.reason).join()).toMatch(reason);
  });
});

describe("what the auditor brings", () => {
  test("another trust anchor fails certificate-path", async () => {
    const { certificate } = await makeRecorder();
    await bad(forger.sealed, "certificate-path", /./, certificate);
    await bad(stranger.sealed, "certificate-path", /./);
  });

  test("a record with one byte changed fails the seal, and nothing inside is looked at", async () => {
    const pdf = Uint8Array.from(forger.sealed);
    const at = Buffer.from(pdf).indexOf("stream", 2_000) + 20;
    pdf[at] = (pdf[at] ?? 0) ^ 1;
    const verification = await forger.verify(pdf);
    expect(verification.verdict).toBe("bad");
    expect(verification.about).toBeNull();
    expect(verification.checks.map(({ name }) => name)).not.toContain("quorum");
  });
});

describe("claviger verify", () => {
  const file = (name: string, content: Uint8Array | string) => {
    const place = path.join(folder, name);
    writeFileSync(place, content);
    return place;
  };
  const trust = file("trust-anchor.pem", toPem("CERTIFICATE", forger.recorder.certificate));
  const good = file("good.pdf", forger.sealed);

  /** The record under test is a rehearsal's, and taken for one. */
  const run = (...args: string[]) => runAs(...args, "--rehearsal");

  async function runAs(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const [out, err]: [string[], string[]] = [[], []];
    vi.spyOn(console, "log").mockImplementation((line: string) => void out.push(line));
    vi.spyOn(console, "error").mockImplementation((line: string) => void err.push(line));
    const code = await verifyCommand(args).finally(() => vi.restoreAllMocks());
    return { code, out: out.join("\n"), err: err.join("\n") };
  }

  test("exits with 0 and says GOOD, with every check and the words of the trust anchor", async () => {
    const { code, out } = await run(good, "--trust", trust);
    expect(code, out).toBe(0);
    expect(out).toMatch(/GOOD: every check holds\./);
    expect(out).toContain("a REHEARSAL: no evidence of production");
    expect(out.match(/^✓ /gm)?.length).toBeGreaterThan(20);
    expect(out).not.toContain("✗");
  });

  test("takes the fingerprint out of the minutes in the place of the certificate, and says what each conclusion rests on", async () => {
    const { code, out } = await run(good, "--fingerprint", hashWords(sha256(forger.recorder.certificate)).join(" "));
    expect(code, out).toBe(0);
    expect(out).toMatch(/✓ Not one byte of this file was changed.*\n {2}rests on the recorder you trust \([0-9a-f]{8}…\); assumes A1, A9/);
    expect(out).toContain("rests on the file and this verifier alone");
    expect(out).toContain("- Nothing was shown for: Each entry is a leaf");
    expect((await run(good, "--fingerprint", "ab".repeat(32))).code).toBe(1);
  });

  test("exits with 1 for a rehearsal that nobody said is one, though its very recorder is trusted", async () => {
    const { code, out } = await runAs(good, "--trust", trust);
    expect(code, out).toBe(1);
    expect(out.match(/^✗ .*/gm)?.[0]).toMatch(/^✗ mode +This is a REHEARSAL and no evidence of production/);
    expect(out).toMatch(/BAD: 1 of \d+ checks/);
  });

  test("exits with 1 and names the check that does not hold", async () => {
    const cut = file("cut.pdf", await forger.record({ entries: forger.honest.entries.slice(0, -1) }));
    const { code, out } = await run(cut, "--trust", trust);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ closed/);
    expect(out).toMatch(/BAD: \d+ of \d+ checks do not hold\./);
  });

  test.each<[string, () => string[]]>([
    ["no arguments", () => []],
    ["no trust anchor", () => [good]],
    ["a fingerprint that is none", () => [good, "--fingerprint", "aardvark"]],
    ["a certificate and a fingerprint", () => [good, "--trust", trust, "--fingerprint", "ab".repeat(32)]],
    ["no such file", () => [path.join(folder, "nothing.pdf"), "--trust", trust]],
    ["no such trust anchor", () => [good, "--trust", path.join(folder, "nothing.pem")]],
    ["a trust anchor that is no certificate", () => [good, "--trust", file("wrong.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]],
    ["a record in the place of the anchor", () => [good, "--trust", good]],
    ["two records", () => [good, good, "--trust", trust]],
    ["an option nobody knows", () => [good, "--trust", trust, "--believe"]],
  ])("exits with 2 for input that cannot be used: %s", async (_what, args) => {
    const { code, err } = await run(...args());
    expect(code).toBe(2);
    expect(err).not.toBe("");
  });

  test("exits with 1 for a file that is no record at all: it was checked, and it is bad", async () => {
    for (const content of ["", "no PDF", "%PDF-1.7\n", new Uint8Array(4096)]) {
      expect((await run(file("none.pdf", content), "--trust", trust)).code).toBe(1);
    }
  });

  test("as a program: the same exit codes, and --json is one value with the checks in it", async () => {
    const program = (...args: string[]) =>
      promisify(execFile)(process.execPath, ["cli/claviger.mjs", "verify", ...args], { env: { ...process.env, NODE_OPTIONS: "" } }).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        (fault: unknown) => fault as { code: number; stdout: string; stderr: string },
      );
    const [yes, no, unusable] = await Promise.all([
      program(good, "--trust", trust, "--rehearsal", "--json"),
      program(file("other.pdf", stranger.sealed), "--trust", trust, "--json"),
      program(good),
    ]);
    expect([yes.code, no.code, unusable.code]).toEqual([0, 1, 2]);
    const said = JSON.parse(yes.stdout) as Verification;
    expect(Object.keys(said).sort()).toEqual([
      ...["about", "anchors", "checks", "conclusions", "edition", "evidence", "limits", "pack", "recordSha256", "sealedAt"],
      ...["trustAnchor", "v", "verdict"],
    ]);
    expect(said).toMatchObject({ verdict: "good", recordSha256: sha256Hex(forger.sealed), trustAnchor: sha256Hex(forger.recorder.certificate) });
    for (const { examined, ...check } of said.checks) {
      expect(Object.keys(check).sort()).toEqual(["name", "ok", "reason"]);
      expect([undefined, false]).toContain(examined);
    }
    expect((JSON.parse(no.stdout) as Verification).verdict).toBe("bad");
    expect(unusable.stdout).toBe("");
  });
});
