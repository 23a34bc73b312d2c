import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cosignedMessage, treeHeadText } from "#lib/log/checkpoint";
import { utf8 } from "#lib/log/digest";
import { eventFileText } from "#lib/log/event-file";
import { eventHash, leafBytes, type LoggedEvent } from "#lib/log/leaf";
import { leafHash, rootOver } from "#lib/log/merkle";
import { NOTE_COSIGNATURE, NOTE_ECDSA, noteOf, signatureLine, vkey, type NoteKey } from "#lib/log/note";
import { bundleBytes } from "#lib/log/tile";
import { sealer } from "#lib/pdf/sealing.under-test";
import { readCertificate } from "#lib/x509/certificate";
import { toPem } from "#lib/x509/pem";
import { logCommand } from "./log";
import { sourceAt } from "./log-source";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const key: NoteKey = { name: "log.example", kind: NOTE_ECDSA, publicKey: new Uint8Array(publicKey.export({ type: "spki", format: "der" })) };

let folder: string;
let said: string;
let server: Server;
let leaves: Uint8Array[];
let status: number;
let cosigners: ((text: string) => string)[];
let url: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-log-command-"));
  said = "";
  leaves = ["a", "b", "c"].map(utf8);
  status = 200;
  cosigners = [];
  vi.spyOn(console, "log").mockImplementation((text: string) => {
    said += `${text}\n`;
  });
  server = createServer((request, answer) => {
    const text = treeHeadText({ origin: key.name, size: leaves.length, root: rootOver(leaves.map(leafHash)) });
    const own = signatureLine(key, new Uint8Array(sign("sha256", utf8(text), privateKey)));
    const note = noteOf(text, [own, ...cosigners.map((line) => line(text))]);
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
  const proofs = readdirSync(folder).filter((name) => name.endsWith(".note")).sort();
  expect(proofs).toEqual([expect.stringMatching(/^forked-after-3-[0-9a-f]{16}\.note$/), expect.stringMatching(/^forked-before-3-[0-9a-f]{16}\.note$/)]);
  const [after, before] = proofs.map((name) => readFileSync(path.join(folder, name), "utf8"));
  expect(before).toMatch(/^log.example\n3\n/);
  expect(after).toMatch(/^log.example\n3\n/);
  expect(after).not.toBe(before);
  // A log that shows its old face again is not gone along with until somebody has taken the proof away; what is compared with stays.
  leaves[0] = utf8("a");
  await expect(monitor()).rejects.toThrow(/^Nothing was compared: this log was found to have forked/);
  for (const name of proofs) rmSync(path.join(folder, name));
  expect(await monitor()).toBe(0);
  leaves[0] = utf8("x");
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
test("a log that begins an answer and never ends it is said to be out of reach", async () => {
  const hangs = createServer((_, answer) => void answer.write("log.example\n"));
  await new Promise<void>((ready) => hangs.listen(0, "127.0.0.1", ready));
  const source = sourceAt(`http://127.0.0.1:${String((hangs.address() as AddressInfo).port)}`, 100);
  await expect(source("checkpoint")).rejects.toThrow(/cannot be reached .*Nothing was compared/);
  hangs.closeAllConnections();
  hangs.close();
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
describe("witnesses", () => {
  const cosigner = (name: string) => {
    const { publicKey: half, privateKey: other } = generateKeyPairSync("ed25519");
    const raw = new Uint8Array(half.export({ type: "spki", format: "der" })).slice(-32);
    const witness: NoteKey = { name, kind: NOTE_COSIGNATURE, publicKey: raw };
    return {
      vkey: vkey(witness),
      line(text: string) {
        const time = new Uint8Array(8);
        new DataView(time.buffer).setBigUint64(0, 1_790_000_000n);
        return signatureLine(witness, Uint8Array.of(...time, ...sign(null, utf8(cosignedMessage(text, 1_790_000_000n)), other)));
      },
    };
  };
  const [one, two, three] = [cosigner("one.example"), cosigner("two.example"), cosigner("three.example")];
  const asked = ["--witness", one.vkey, "--witness", two.vkey, "--witness", three.vkey];

  test("who of those that are asked for has signed is said; all of them must have, or as many as are said", async () => {
    cosigners = [one.line, two.line, three.line];
    expect(await monitor(...asked)).toBe(0);
    expect(said).toContain("Cosigned by one.example at 2026-09-21T");
    cosigners = [one.line, three.line];
    await expect(monitor(...asked)).rejects.toThrow(/^ONLY 2 OF 3 WITNESSES signed this checkpoint. Without: two.example/);
    expect(await monitor(...asked, "--witnesses", "2")).toBe(0);
    cosigners = [];
    await expect(monitor("--witness", one.vkey)).rejects.toThrow("ONLY 0 OF 1 WITNESSES");
    expect(await monitor()).toBe(0);
  });
  test("a cosignature under another tree is none, and the checkpoint with it is not taken", async () => {
    cosigners = [(text) => one.line(text.replace("\n3\n", "\n4\n"))];
    await expect(monitor("--witness", one.vkey)).rejects.toThrow("The signature of the checkpoint does not hold.");
  });
  test("one that comes a little later is waited for where the log is watched on, and shouted about at the second look", async () => {
    const watched = monitor("--witness", one.vkey, "--every", "1").catch((fault: unknown) => fault);
    expect(await watched).toMatchObject({ message: expect.stringContaining("ONLY 0 OF 1") as string });
    expect(said.match(/leaves, /g)).toHaveLength(2);
  });
});

describe("a file of audit events", () => {
  const event = (id: string): LoggedEvent => ({ event: id, at: "2026-11-23T08:00:00.000Z", kind: "signed-in", by: null, facts: "{}", salt: "ab".repeat(32) });
  const leafOf = (one: LoggedEvent) => leafBytes({ kind: "event", event: one.event, hash: eventHash(one) });
  const compare = (events: readonly LoggedEvent[], ...more: string[]) => {
    const file = path.join(folder, "events.jsonl");
    writeFileSync(file, eventFileText(events));
    return logCommand(["compare", file, url, "--key", vkey(key), ...more]);
  };
  beforeEach(() => {
    leaves = [event("1"), event("2")].map(leafOf);
  });

  test("is held against the log, and what differs is named", async () => {
    expect(await compare([event("1"), event("2")])).toBe(0);
    await expect(compare([event("1"), { ...event("2"), by: "mallory" }, event("3"), event("3")])).rejects.toThrow("4 differences");
    for (const line of ["event 2 is not what it was", "event 3 is not in the log", "event 3 is in the file more than once"]) expect(said).toContain(line);
  });
  test("that leaves events out does not say what the log says, unless it is meant as a part", async () => {
    await expect(compare([event("1")])).rejects.toThrow("1 differences");
    expect(said).toContain("event 2 is in the log and not in the file");
    expect(await compare([event("1")], "--part")).toBe(0);
  });
  test("that is none is refused", async () => {
    const file = path.join(folder, "none");
    writeFileSync(file, "{}\n");
    await expect(logCommand(["compare", file, url, "--key", vkey(key)])).rejects.toThrow("is no file of audit events");
    await expect(logCommand(["compare", path.join(folder, "nowhere"), url, "--key", vkey(key)])).rejects.toThrow("ENOENT");
  });
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
  [["key", "--trust", "/nowhere", "--origin", "a"], "cannot be read (ENOENT)"],
  [["monitor", "http://x", "--key", vkey(key), "--state", "y", "--witness", "z"], "--witness takes the verifier key"],
  [["monitor", "http://x", "--key", vkey(key), "--state", "y", "--witnesses", "1"], "--witnesses is a number"],
  [["trust", "both"], "claviger log trust"],
  [["events"], "claviger log events"],
  [["other"], "claviger log key"],
])("%j is refused with what to do", async (args, says) => {
  await expect(logCommand(args)).rejects.toThrow(says);
});
