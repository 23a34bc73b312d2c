import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { sha256Hex } from "#lib/log/digest";
import { Organisation, RECORDER_NAMED } from "#lib/pdf/organisation.under-test";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { readCertificate } from "#lib/x509/certificate";
import { toPem } from "#lib/x509/pem";
import { NotDone, Unusable } from "./command";
import { logCommand } from "./log";
import { recordCommand } from "./record";
import { verifyCommand } from "./verify";

// A record by a recorder that an organisation certified, worked on by somebody who knows the organisation's root and the recorder's name.

const folder = mkdtempSync(path.join(tmpdir(), "claviger-trust-"));
const place = (name: string) => path.join(folder, name);
let us: SealedRecord;
let root: Organisation;
let said: string;
beforeAll(async () => {
  root = await Organisation.make();
  us = await SealedRecord.make(undefined, [], async ({ spki, certificate: own }, memory) => {
    const { certificate, chain } = await root.certify(spki, own);
    memory.keepOrganisationChain([certificate, ...chain.slice(0, -1)]);
    return { organisation: { root: sha256Hex(root.certificate), name: RECORDER_NAMED }, timeStamps: [] };
  });
  writeFileSync(place("record.pdf"), await us.sealedAs(await root.certify(readCertificate(us.certificate).spki, us.certificate)));
  writeFileSync(place("root.pem"), toPem("CERTIFICATE", root.certificate));
  writeFileSync(place("own.pem"), toPem("CERTIFICATE", us.certificate));
  execFileSync("openssl", [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "party.key", "-out", "party.pem", "-days", "9", "-subj", "/CN=Nora Notary"],
    ...["-addext", "basicConstraints=critical,CA:FALSE"],
  ], { cwd: folder, stdio: "pipe" });
  chmodSync(place("party.key"), 0o600);
}, 120_000);
beforeEach(() => {
  said = "";
  for (const to of ["log", "error"] as const) {
    vi.spyOn(console, to).mockImplementation((text: string) => {
      said += `${text}\n`;
    });
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const byRoot = () => ["--trust", place("root.pem"), "--certified-as", RECORDER_NAMED];
const ways = () => [byRoot(), ["--fingerprint", sha256Hex(root.certificate), "--certified-as", RECORDER_NAMED], ["--trust", place("own.pem")], ["--fingerprint", sha256Hex(us.certificate)]];
const verbs: readonly (readonly [string, readonly string[], string, readonly string[]])[] = [
  ["redact", ["--even-so"], "pdf", ["--redacted"]],
  ["pack", [], "zip", []],
  ["cosign", ["--key", "party.key", "--certificate", "party.pem"], "pdf", []],
];

test.each(verbs)("%s takes everything that verify takes, and what comes of it is good to whoever trusts the same", async (verb, more, ending, asked) => {
  const given = more.map((one) => (one.startsWith("--") ? one : place(one)));
  for (const [i, known] of ways().entries()) {
    const out = place(`${verb}-${String(i)}.${ending}`);
    expect(await recordCommand([verb, place("record.pdf"), ...known, ...given, "--out", out]), said).toBe(0);
    expect(await verifyCommand([out, ...known, ...asked, "--rehearsal"]), said).toBe(0);
  }
}, 120_000);

test.each([...verbs, ["stamp", ["--url", "http://127.0.0.1:9/"], "pdf", []], ["renew", ["--url", "http://127.0.0.1:9/"], "pdf", []]] as const)(
  "%s refuses the root without the name, another name, and nobody at all, and writes nothing",
  async (verb, more) => {
    const given = more.map((one) => (one.startsWith("--") || one.startsWith("http") ? one : place(one)));
    const out = place(`${verb}-none`);
    const run = (...known: string[]) => recordCommand([verb, place("record.pdf"), ...known, ...given, "--out", out]);
    await expect(run("--trust", place("root.pem"))).rejects.toThrow(NotDone);
    await expect(run("--trust", place("root.pem"), "--certified-as", "CN=Somebody else")).rejects.toThrow("not the name you know the recorder by");
    await expect(run()).rejects.toThrow("Bring what you know the recorder by");
    expect(existsSync(out)).toBe(false);
  },
);

test("one recorder is known in one way, and by something that can be read", async () => {
  const run = (...known: string[]) => recordCommand(["pack", place("record.pdf"), ...known, "--out", place("none.zip")]);
  await expect(run(...byRoot(), "--fingerprint", sha256Hex(root.certificate))).rejects.toThrow("not both");
  await expect(run("--fingerprint", "abc")).rejects.toThrow("this is neither");
  await expect(run("--trust", place("root.pem"), "--certified-as", " ")).rejects.toThrow("--certified-as takes the name");
  await expect(run("--trust", place("record.pdf"))).rejects.toThrow(Unusable);
  expect(await verifyCommand([place("record.pdf"), "--fingerprint", "abc"])).toBe(2);
  expect(said).toContain("this is neither.\nNothing was checked.");
});

test("log key takes the recorder's own certificate, or a good record by whom is known otherwise", async () => {
  const key = async (...args: string[]) => {
    said = "";
    expect(await logCommand(["key", ...args, "--origin", "keys.example/log"])).toBe(0);
    return said;
  };
  const own = await key("--trust", place("own.pem"));
  expect(own).toMatch(/^keys\.example\/log\+/);
  for (const known of ways()) expect(await key(place("record.pdf"), ...known)).toBe(own);
  const refused = (...args: string[]) => logCommand(["key", ...args, "--origin", "keys.example/log"]);
  for (const known of [byRoot(), ["--fingerprint", sha256Hex(us.certificate)]]) await expect(refused(...known)).rejects.toThrow("Bring a record by that recorder as well");
  await expect(refused(place("record.pdf"), "--trust", place("root.pem"))).rejects.toThrow(NotDone);
  writeFileSync(place("bent.pdf"), Uint8Array.from(readFileSync(place("record.pdf")), (byte, i) => (i === 5000 ? byte ^ 1 : byte)));
  await expect(refused(place("bent.pdf"), ...byRoot())).rejects.toThrow("No key was taken from it");
});

test("the command that is to follow is told with the same trust", async () => {
  await recordCommand(["pack", place("record.pdf"), ...byRoot(), "--out", place("told.zip")]);
  expect(said).toContain(`--trust ${place("root.pem")} --certified-as "${RECORDER_NAMED}"`);
});
