import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { treeHeadText } from "#lib/log/checkpoint";
import { utf8 } from "#lib/log/digest";
import { leafHash, rootOver } from "#lib/log/merkle";
import { NOTE_ECDSA, noteOf, signatureLine, vkey, type NoteKey } from "#lib/log/note";
import { bundleBytes } from "#lib/log/tile";
import { sealer } from "#lib/pdf/sealing.under-test";
import { readCertificate } from "#lib/x509/certificate";
import { toPem } from "#lib/x509/pem";
import { logCommand } from "./log";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const key: NoteKey = { name: "log.example", kind: NOTE_ECDSA, publicKey: new Uint8Array(publicKey.export({ type: "spki", format: "der" })) };

let folder: string;
let said: string;
let server: Server;
let leaves: Uint8Array[];
let status: number;
let url: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-log-command-"));
  said = "";
  leaves = ["a", "b", "c"].map(utf8);
  status = 200;
  vi.spyOn(console, "log").mockImplementation((text: string) => {
    said += `${text}\n`;
  });
  server = createServer((request, answer) => {
    const text = treeHeadText({ origin: key.name, size: leaves.length, root: rootOver(leaves.map(leafHash)) });
    const note = noteOf(text, [signatureLine(key, new Uint8Array(sign("sha256", utf8(text), privateKey)))]);
    answer.statusCode = status;
    answer.end(request.url === "/log/checkpoint" ? note : bundleBytes(leaves));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/log/`;
});
afterEach(() => {
  vi.restoreAllMocks();
  server.close();
  rmSync(folder, { recursive: true });
});

const monitor = (...more: string[]) => logCommand(["monitor", url, "--key", vkey(key), "--state", folder, ...more]);

test("a look says how the log is, and the next one what is new", async () => {
  expect(await monitor()).toBe(0);
  leaves.push(utf8("d"));
  expect(await monitor()).toBe(0);
  expect(said).toMatch(/^log.example: 3 leaves, 3 new\. Root [0-9a-f]{64}, .*\nlog.example: 4 leaves, 1 new\./);
});
test("a fork is shouted about, and both checkpoints are kept as the proof of it", async () => {
  await monitor();
  leaves[0] = utf8("x");
  await expect(monitor()).rejects.toThrow(/^THE LOG FORKED/);
  const [before, after] = ["before", "after"].map((name) => readFileSync(path.join(folder, `forked-${name}.note`), "utf8"));
  expect(before).toMatch(/^log.example\n3\n/);
  expect(after).toMatch(/^log.example\n3\n/);
  expect(after).not.toBe(before);
  // What was seen before stays what is compared with.
  await expect(monitor()).rejects.toThrow(/^THE LOG FORKED/);
});
test("so is a log that has become smaller", async () => {
  await monitor();
  leaves.pop();
  await expect(monitor()).rejects.toThrow(/^THE LOG WAS ROLLED BACK/);
});
test("a log that cannot be read is not taken for a good one, and nothing is forgotten", async () => {
  await monitor();
  status = 502;
  await expect(monitor()).rejects.toThrow("answers 502. Nothing was compared.");
  server.close();
  server.closeAllConnections();
  await expect(monitor()).rejects.toThrow("cannot be reached");
});
test("a state that is damaged, or of another log, is not gone on from", async () => {
  await monitor();
  const state = path.join(folder, "log.json");
  const whole = readFileSync(state, "utf8");
  writeFileSync(state, whole.replace("log.example", "log.other"));
  await expect(monitor()).rejects.toThrow("is the state of another log (\"log.other\")");
  writeFileSync(state, whole.slice(0, 40));
  await expect(monitor()).rejects.toThrow("is damaged");
});
test("the key is made of the recorder's certificate", async () => {
  const { recorder } = await sealer();
  const file = path.join(folder, "anchor.pem");
  writeFileSync(file, toPem("CERTIFICATE", recorder.certificate));
  expect(await logCommand(["key", "--trust", file, "--origin", "log.example"])).toBe(0);
  expect(said.trim()).toBe(vkey({ ...key, publicKey: readCertificate(recorder.certificate).spki }));
});
test.each([
  [["monitor", "http://x", "--state", "y"], "--key is no verifier key"],
  [["monitor", "http://x", "--key", vkey(key)], "claviger log monitor"],
  [["monitor", "http://x", "--key", vkey(key), "--state", "y", "--every", "0"], "--every is a number"],
  [["key", "--trust", "/nowhere", "--origin", "a"], "is not one certificate"],
  [["other"], "claviger log key"],
])("%j is refused with what to do", async (args, says) => {
  await expect(logCommand(args)).rejects.toThrow(says);
});
