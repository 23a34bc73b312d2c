import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { judgement, JUDGES_HERE } from "#lib/pdf/judges.under-test";
import { Organisation, RECORDER_NAMED } from "#lib/pdf/organisation.under-test";
import { TimeStampAuthority } from "#lib/pdf/time-stamp-authority.under-test";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { readCertificate } from "#lib/x509/certificate";
import { toPem } from "#lib/x509/pem";
import { NotDone, Unusable } from "./command";
import { recordCommand } from "./record";
import { verifyCommand } from "./verify";

// A record from a room without a network, made to last by two authorities, with the commands that people type.

const folder = mkdtempSync(path.join(tmpdir(), "claviger-record-"));
const place = (name: string) => path.join(folder, name);
let first: TimeStampAuthority;
let later: TimeStampAuthority;
let said: string;

beforeAll(async () => {
  const sealed = await SealedRecord.make();
  [first, later] = await Promise.all([TimeStampAuthority.start("First stamps", { lists: true }), TimeStampAuthority.start("Later stamps")]);
  const root = await Organisation.make();
  writeFileSync(place("certified.pdf"), await sealed.sealedAs(await root.certify(readCertificate(sealed.certificate).spki, sealed.certificate)));
  writeFileSync(place("root.pem"), toPem("CERTIFICATE", root.certificate));
  writeFileSync(place("bare.pdf"), sealed.pdf);
  writeFileSync(place("anchor.pem"), toPem("CERTIFICATE", sealed.certificate));
  writeFileSync(place("first.pem"), toPem("CERTIFICATE", first.root));
  writeFileSync(place("later.pem"), toPem("CERTIFICATE", later.root));
});
beforeEach(() => {
  said = "";
  vi.spyOn(console, "log").mockImplementation((text: string) => {
    said += `${text}\n`;
  });
});
afterAll(async () => {
  await Promise.all([first.stop(), later.stop()]);
  rmSync(folder, { recursive: true });
});

const record = (what: string, from: string, to: string, authority: TimeStampAuthority, ...more: string[]) =>
  recordCommand([what, place(from), "--trust", place("anchor.pem"), "--url", authority.url, "--out", place(to), ...more]);
const verify = (file: string, ...authorities: string[]) =>
  verifyCommand([place(file), "--trust", place("anchor.pem"), "--rehearsal", ...authorities.flatMap((one) => ["--tsa", place(one)])]);

test("stamped, renewed, and renewed again by another authority, the record is good to whoever trusts both", async () => {
  expect(await verify("bare.pdf", "first.pem")).toBe(1);
  expect(await record("stamp", "bare.pdf", "stamped.pdf", first, "--tsa", place("first.pem"), "--policy", first.policy)).toBe(0);
  expect(await verify("stamped.pdf", "first.pem")).toBe(0);
  expect(await record("renew", "stamped.pdf", "lasting.pdf", first, "--tsa", place("first.pem"))).toBe(0);
  expect(said).toContain("over all before it, with 1 revocation list");
  expect(await verify("lasting.pdf", "first.pem")).toBe(0);
  expect(await record("renew", "lasting.pdf", "renewed.pdf", later)).toBe(0);
  expect(await verify("renewed.pdf", "first.pem")).toBe(1);
  expect(await verify("renewed.pdf", "first.pem", "later.pem")).toBe(0);
  // What was there before is in it, untouched.
  const before = readFileSync(place("lasting.pdf"));
  expect(readFileSync(place("renewed.pdf")).subarray(0, before.length).equals(before)).toBe(true);
});

test("a record that does not verify is not made to last, and nothing is written", async () => {
  const bad = readFileSync(place("bare.pdf"));
  bad[bad.length >> 1] = (bad[bad.length >> 1] ?? 0) ^ 1;
  writeFileSync(place("bad.pdf"), bad);
  await expect(record("renew", "bad.pdf", "made.pdf", first)).rejects.toThrow(NotDone);
  // An authority that is revoked already: what came of it would not verify.
  const gone = await TimeStampAuthority.start("Gone stamps", { lists: true });
  gone.revoke();
  await expect(record("renew", "bare.pdf", "made.pdf", gone)).rejects.toThrow("what came of it does not verify (archive: ");
  await gone.stop();
  expect(existsSync(place("made.pdf"))).toBe(false);
});

test("an outside party signs it with a key of theirs, then it is renewed over that, and both are told", async () => {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "party.key", "-out", "party.pem", "-days", "9", "-subj", "/CN=Nora Notary", "-addext", "basicConstraints=critical,CA:FALSE");
  const cosign = (to: string, key = "party.key") =>
    recordCommand(["cosign", place("bare.pdf"), "--trust", place("anchor.pem"), "--key", place(key), "--certificate", place("party.pem"), "--out", place(to)]);
  chmodSync(place("party.key"), 0o640);
  await expect(cosign("signed.pdf")).rejects.toThrow("can be read by others than its owner");
  chmodSync(place("party.key"), 0o600);
  await expect(cosign("signed.pdf", "anchor.pem")).rejects.toThrow("can be read by others");
  expect(await cosign("signed.pdf")).toBe(0);
  expect(said).toContain("Signed by outside parties, over all before: CN=Nora Notary (certified by itself");
  expect(await record("renew", "signed.pdf", "signed-lasting.pdf", later)).toBe(0);
  expect(await verify("signed-lasting.pdf")).toBe(0);
  expect(said).toContain("but for 1 archive time stamp and 1 outside signature");
  // It was played in January, by its own word: a first stamp of today vouches for nothing of that.
  expect(await verify("signed-lasting.pdf", "later.pem")).toBe(1);
  expect(said).toContain("more than a day after it was sealed by its own word");
  if (JUDGES_HERE.has("qpdf")) expect(judgement("qpdf", ["--check", place("signed-lasting.pdf")]).code).toBe(0);
  if (JUDGES_HERE.has("pdfsig")) expect(judgement("pdfsig", ["-nocert", place("signed-lasting.pdf")]).said.match(/Signature is Valid/g)).toHaveLength(2);
});

test("a record that an organisation answers for is made to last by whoever knows its root and the recorder's name", async () => {
  const known = ["--trust", place("root.pem"), "--certified-as", RECORDER_NAMED];
  const made = (what: string, from: string, to: string) =>
    recordCommand([what, place(from), ...known, "--url", first.url, "--tsa", place("first.pem"), "--out", place(to)]);
  expect(await made("stamp", "certified.pdf", "certified-stamped.pdf")).toBe(0);
  expect(await made("renew", "certified-stamped.pdf", "certified-lasting.pdf")).toBe(0);
  expect(said).toContain(`--certified-as "${RECORDER_NAMED}"`);
  expect(await verifyCommand([place("certified-lasting.pdf"), ...known, "--rehearsal", "--tsa", place("first.pem")])).toBe(0);
  expect(await verify("certified-lasting.pdf", "first.pem")).toBe(0);
});

test("no file is written over, and what is missing is asked for", async () => {
  await expect(record("stamp", "bare.pdf", "anchor.pem", first)).rejects.toThrow(Unusable);
  await expect(record("stamp", "none.pdf", "made.pdf", first)).rejects.toThrow("cannot be read (ENOENT)");
  await expect(record("stamp", "bare.pdf", "made.pdf", first, "--tsa", place("bare.pdf"))).rejects.toThrow("not one certificate");
  await expect(recordCommand(["stamp", place("bare.pdf")])).rejects.toThrow("--url and --out are needed");
  await expect(recordCommand(["print", place("bare.pdf")])).rejects.toThrow(Unusable);
});
