import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Organisation, RECORDER_NAMED } from "#lib/pdf/organisation.under-test";
import { keyPair } from "#lib/pdf/sealing.under-test";
import { TimeStampAuthority } from "#lib/pdf/time-stamp-authority.under-test";
import { sha256Hex, text } from "#lib/log/digest";
import { NOTE_ECDSA } from "#lib/log/note";
import { firstRevision } from "#lib/record/archive-revision";
import { readAttachments } from "#lib/record/pdf-attachments";
import { readPdf } from "#lib/record/read-pdf";
import { DERIVED_FILES } from "#lib/record/record-parts";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { readCertificationRequest, requestIsGenuine } from "#lib/x509/certification-request";
import { nameInWords } from "#lib/x509/distinguished-name";
import { fromPem, toPem } from "#lib/x509/pem";
import { findRecord } from "#lib/store/records";
import { beginLogs, logMemory } from "./log/log-memory";
import { SpecWitness } from "./log/spec-witness.under-test";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { WorkerGrounds, type WorkerProcess } from "./worker-grounds.under-test";

// The end of a ceremony at the real worker: its record, its time stamp, and a database whose owner would rather have another.

const ORIGIN = "keys.example/log";

let grounds: WorkerGrounds;
let authority: TimeStampAuthority;
let folder: string;
let owner: pg.Client;
let files: { trust: string; tsa: string };

beforeAll(async () => {
  [grounds, authority] = await Promise.all([WorkerGrounds.open(), TimeStampAuthority.start()]);
  folder = mkdtempSync(path.join(tmpdir(), "claviger-sealing-"));
  owner = new pg.Client({ connectionString: grounds.database.ownerUrl });
  await owner.connect();
  // The recorder was made just now: there is no log yet that it could have signed.
  beginLogs(logMemory(grounds.stateFolder), ORIGIN);
  files = { trust: grounds.memory().certificatePath("trust-anchor"), tsa: path.join(folder, "tsa.pem") };
  writeFileSync(files.tsa, toPem("CERTIFICATE", authority.root));
});
afterAll(async () => {
  await owner.end();
  await grounds.close();
  await authority.stop();
  rmSync(folder, { recursive: true });
});

/** A ceremony that was given up at once: closed as soon as a worker is there, and owed a record. */
async function closedSoon(): Promise<PlayedCeremony> {
  const played = await new PlayedCeremony(grounds.app).open();
  grounds.trust(played.roster);
  return played;
}

async function toItsEnd(played: PlayedCeremony): Promise<void> {
  await played.attached();
  await played.abort();
  await played.until("closed", ({ phase }) => phase === "closed");
}

async function recordOf(played: PlayedCeremony): Promise<Uint8Array> {
  let pdf: Uint8Array | undefined;
  const read = async () => (pdf = (await findRecord(grounds.app, played.id))?.pdf);
  await expect.poll(read, { timeout: 120_000, interval: 50 }).toBeDefined();
  return pdf ?? new Uint8Array();
}

/** What the command says of it, as an auditor runs it. */
const verify = (pdf: Uint8Array, ...options: string[]) => verifyBy(pdf, "--trust", files.trust, ...options);
function verifyBy(pdf: Uint8Array, ...options: string[]): Promise<{ code: number; said: string }> {
  const file = path.join(folder, "record.pdf");
  writeFileSync(file, pdf);
  return new Promise((resolve) => {
    const args = ["cli/claviger.mjs", "verify", file, "--rehearsal", ...options];
    execFile(process.execPath, args, { cwd: path.resolve(import.meta.dirname, "..") }, (fault, stdout, stderr) => {
      resolve({ code: typeof fault?.code === "number" ? fault.code : 0, said: stdout + stderr });
    });
  });
}

interface Waits {
  readonly code: string;
  readonly sentence: string;
  readonly remedy: string;
}

async function blocked(played: PlayedCeremony, code: string): Promise<Waits> {
  let waits: Waits | undefined;
  // What it waits for is no longer said while it is tried again.
  const read = async () => (waits = ((await grounds.health())[0]?.facts["ceremonies"] as Record<string, Waits> | undefined)?.[played.id])?.code;
  await expect.poll(read, { timeout: 120_000, interval: 50 }).toBe(code);
  if (waits === undefined) throw new Error(`${played.id} does not wait`);
  return waits;
}

const stamping = (change: Record<string, string> = {}): WorkerProcess =>
  grounds.start({ env: { CLAVIGER_TSA_URL: authority.url, CLAVIGER_TSA_CERTIFICATE_FILE: files.tsa, ...change } });

async function asOwner(statement: string, values: readonly unknown[]): Promise<void> {
  await owner.query('ALTER TABLE "Record" DISABLE TRIGGER ALL');
  await owner.query(statement, [...values]);
  await owner.query('ALTER TABLE "Record" ENABLE TRIGGER ALL');
}

/** A command at the worker's console. */
function claviger(...args: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const options = { cwd: path.resolve(import.meta.dirname, ".."), env: grounds.env({ CLAVIGER_RECORDER_SUBJECT: RECORDER_NAMED }) };
    execFile(process.execPath, ["cli/claviger.mjs", ...args], options, (fault, stdout, stderr) => {
      resolve({ code: typeof fault?.code === "number" ? fault.code : 0, said: stdout + stderr });
    });
  });
}

describe("an organisation that certifies the recorder's key", () => {
  test("is asked by a request out of the token; the worker then seals under its certificate, and what was sealed before stays good", async () => {
    const before = await closedSoon();
    const first = grounds.start();
    await toItsEnd(before);
    const old = await recordOf(before);
    await first.stop();

    const file = (name: string) => path.join(folder, name);
    expect(await claviger("recorder", "request", "--out", file("recorder.csr"))).toMatchObject({ code: 0, said: expect.stringContaining(RECORDER_NAMED) as string });
    const request = readCertificationRequest(fromPem(readFileSync(file("recorder.csr"), "utf8"), "CERTIFICATE REQUEST"));
    expect(nameInWords(request.subject)).toBe(RECORDER_NAMED);
    expect(await requestIsGenuine(request, webCryptoVerifier)).toBe(true);

    const root = await Organisation.make();
    const issuing = await root.below("Nordhafen Issuing CA", { authority: { pathLength: 0 } });
    const own = fromPem(readFileSync(files.trust, "utf8"), "CERTIFICATE");
    const pem = (chain: readonly Uint8Array[]) => chain.map((der) => toPem("CERTIFICATE", der)).join("");
    const { certificate } = await issuing.certify(request.spki, own);
    const stranger = await issuing.certify(keyPair().spki, own);
    writeFileSync(file("stranger.pem"), pem([stranger.certificate, ...issuing.chain]));
    writeFileSync(file("chain.pem"), pem([certificate, ...issuing.chain]));
    writeFileSync(file("root.pem"), pem([root.certificate]));
    expect(await claviger("recorder", "certify", file("stranger.pem"))).toMatchObject({ code: 1, said: expect.stringContaining("none of them is of this recorder's key") as string });
    expect(await claviger("recorder", "certify", file("chain.pem"))).toMatchObject({ code: 0, said: expect.stringContaining(RECORDER_NAMED) as string });

    const after = await closedSoon();
    const second = grounds.start({ env: { CLAVIGER_ORGANISATION_ROOT: sha256Hex(root.certificate), CLAVIGER_CERTIFIED_AS: RECORDER_NAMED } });
    await toItsEnd(after);
    const sealed = await recordOf(after);
    await second.stop();
    const byRoot = (name: string) => ["--trust", file("root.pem"), "--certified-as", name];
    const trusting = await verifyBy(sealed, ...byRoot(RECORDER_NAMED));
    expect(trusting.said).toContain("rests on the root of the organisation you trust");
    expect(trusting).toMatchObject({ code: 0 });
    expect(await verifyBy(sealed, ...byRoot("CN=Mallory"))).toMatchObject({ code: 1 });
    expect(trusting.said).toContain(`When it joined it said that its key is certified as ${RECORDER_NAMED}`);
    expect(trusting.said).toContain("Nothing in the file shows that the organisation did not revoke");
    expect(await verify(sealed)).toMatchObject({ code: 0 });
    expect(await verify(old)).toMatchObject({ code: 0 });
    expect((await verifyBy(old, ...byRoot(RECORDER_NAMED))).said).toContain("No organisation answers for the recorder");
  });
});

describe("[TIME-STAMPED]", () => {
  test("a record is sealed with the authority's time stamp, and the verifier that trusts the authority says good", async () => {
    const played = await closedSoon();
    const worker = stamping();
    await toItsEnd(played);
    const verdict = await verify(await recordOf(played), "--tsa", files.tsa);
    expect(verdict.said).toMatch(/Sealed .* by the word of the time-stamp authority/);
    expect(verdict).toMatchObject({ code: 0 });
    await worker.stop();
  });

  test("without CLAVIGER_TSA_URL it is sealed without one: good, but not for who asks for a stamp", async () => {
    const played = await closedSoon();
    const worker = grounds.start();
    await toItsEnd(played);
    const pdf = await recordOf(played);
    expect(await verify(pdf)).toMatchObject({ code: 0 });
    const asked = await verify(pdf, "--tsa", files.tsa);
    expect(asked.said).toContain("there is no time stamp, and one is required");
    expect(asked).toMatchObject({ code: 1 });
    await worker.stop();
  });

  test("while the authority is down the record waits, which the health says, and others go on; it is sealed when it is back", async () => {
    const played = await closedSoon();
    authority.answer = () => ({ status: 503, body: Buffer.alloc(0) });
    const worker = stamping();
    await toItsEnd(played);
    const { sentence, remedy } = await blocked(played, "TIME-STAMPED");
    expect(sentence).toContain("HTTP status 503");
    expect(remedy).toContain("start the worker without CLAVIGER_TSA_URL");
    const other = await closedSoon();
    await other.attached();
    expect(await findRecord(grounds.app, played.id)).toBeNull();

    authority.answer = null;
    expect(await verify(await recordOf(played), "--tsa", files.tsa)).toMatchObject({ code: 0 });
    await worker.stop();
  });

  test("an authority that lies spoils no record: it waits, and a worker started without one seals it", async () => {
    const played = await closedSoon();
    const stranger = await TimeStampAuthority.start("Strange stamps");
    const lied = stamping({ CLAVIGER_TSA_URL: stranger.url });
    await toItsEnd(played);
    expect((await blocked(played, "TIME-STAMPED")).sentence).toContain("leads to none of the time-stamp anchors");
    expect(await findRecord(grounds.app, played.id)).toBeNull();
    await lied.stop();
    await stranger.stop();

    const worker = grounds.start();
    expect(await verify(await recordOf(played))).toMatchObject({ code: 0 });
    await worker.stop();
  });
});

/** Which authority's stamps in the record's own file of them OpenSSL finds good, as the verifier's page says how: over the hash that stands above each. */
async function checkedByOpenssl(pdf: Uint8Array, [first = "", second = ""]: readonly string[]): Promise<string[]> {
  const attached = await readAttachments(readPdf(firstRevision(pdf)), inflate);
  const told = text(attached.get(DERIVED_FILES.stamps)?.bytes ?? new Uint8Array());
  const stamps = [...told.matchAll(/whose hash is ([0-9a-f]{64}), by the (first|second) authority at .*\nSHA-256 .*\n(-----BEGIN CMS-----[^]*?-----END CMS-----)/g)];
  return stamps.map(([, hash = "", authority = "", pem = ""]) => {
    const token = path.join(folder, "token.der");
    execFileSync("openssl", ["cms", "-cmsout", "-inform", "PEM", "-outform", "DER", "-out", token], { input: `${pem}\n` });
    const root = authority === "first" ? first : second;
    execFileSync("openssl", ["ts", "-verify", "-digest", hash, "-in", token, "-token_in", "-CAfile", root], { stdio: "pipe" });
    return authority;
  });
}

describe("[STAMP-ONCE] two authorities", () => {
  test("stamp the opening; one that is away holds nobody up, and stamps later, once, whatever was killed in between", async () => {
    const later = await TimeStampAuthority.start("Second stamps");
    const second = path.join(folder, "second.pem");
    writeFileSync(second, toPem("CERTIFICATE", later.root));
    const both = { CLAVIGER_SECOND_TSA_URL: later.url, CLAVIGER_SECOND_TSA_CERTIFICATE_FILE: second };
    later.answer = () => ({ status: 503, body: Buffer.alloc(0) });
    const played = await closedSoon();
    const killed = stamping(both);
    await played.attached();
    const marks = async () => (await played.until("asked", ({ marks: [opening] }) => opening?.stamps.length === 1 && opening.missed.length === 1)).marks;
    expect(await marks()).toMatchObject([{ of: "opening", stamps: [{ authority: "first" }], missed: [{ authority: "second", why: "away" }] }]);
    killed.kill("SIGKILL");
    await killed.exited;

    later.answer = null;
    const worker = stamping(both);
    await played.until("stamped", ({ marks: [opening] }) => opening?.stamps.length === 2);
    await toItsEnd(played);
    const pdf = await recordOf(played);
    // Both are asked at once, and the first two may come in either order; the stamp that came later is the last of three.
    const kinds = (await played.kinds()).filter((kind) => kind.startsWith("time-stamp"));
    expect([kinds.slice(0, 2).sort(), kinds.slice(2)]).toEqual([["time-stamp-missed", "time-stamped"], ["time-stamped"]]);
    const verdict = await verify(pdf, "--tsa", files.tsa, "--tsa", second);
    expect(verdict.said).toMatch(/entry-stamps +Stamped: entry 2 \(opening\) at .* whom you trust; entry 2 \(opening\) at .* whom you trust/);
    expect(verdict.said).toMatch(/archive +stamped again/);
    expect(verdict.said).toContain("✓ Authorities outside saw the transcript");
    expect(verdict).toMatchObject({ code: 0 });
    expect(await checkedByOpenssl(pdf, [files.tsa, second])).toEqual(["first", "second"]);
    await worker.stop();
    await later.stop();
  });
});

describe("[LOG-COMPLETE]", () => {
  const LOG = `${ORIGIN}/rehearsal`;

  test("a worker that keeps a log proves in the record that every entry is in it, cosigned; one that keeps none says so", async () => {
    const played = await closedSoon();
    const recorder = readCertificate(fromPem(readFileSync(files.trust, "utf8"), "CERTIFICATE")).spki;
    const witness = await SpecWitness.start(new Map([[LOG, { name: LOG, kind: NOTE_ECDSA, publicKey: recorder }]]));
    const worker = grounds.start({ env: { CLAVIGER_LOG_ORIGIN: ORIGIN, CLAVIGER_LOG_WITNESSES: `${witness.vkey} ${witness.url}` } });
    await toItsEnd(played);
    const verdict = await verify(await recordOf(played), "--log", LOG, "--witness", witness.vkey);
    expect(verdict.said).toMatch(/log-inclusion +Each of \d+ entries is a leaf of that log/);
    expect(verdict.said).toMatch(/log-witness +witness.example\/w1 had seen the log grow to this checkpoint/);
    const cosignatures = () => grounds.app.logCosignature.count({ where: { origin: LOG, witness: witness.vkey } });
    await expect.poll(cosignatures, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(verdict).toMatchObject({ code: 0 });
    expect(await verify(await recordOf(played), "--log", ORIGIN)).toMatchObject({ code: 1 });
    await worker.stop();
    await witness.stop();

    const other = await closedSoon();
    const without = grounds.start();
    await toItsEnd(other);
    const pdf = await recordOf(other);
    expect((await verify(pdf)).said).toContain("carries no proof from a transparency log");
    expect(await verify(pdf, "--log", LOG)).toMatchObject({ code: 1 });
    await without.stop();
  });

  test("a log that is not the one the worker signed holds a record back two minutes, and no longer", async () => {
    const first = grounds.start({ env: { CLAVIGER_LOG_ORIGIN: ORIGIN } });
    const early = await closedSoon();
    await toItsEnd(early);
    await recordOf(early);
    await first.stop();
    for (const table of ["LogCosignature", "LogCheckpoint"]) {
      await owner.query(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
      await owner.query(`DELETE FROM "${table}"`);
    }

    const second = grounds.start({ env: { CLAVIGER_LOG_ORIGIN: ORIGIN } });
    const played = await closedSoon();
    await toItsEnd(played);
    const { remedy } = await blocked(played, "LOG-COMPLETE");
    const { closed } = await played.until("closed", ({ phase }) => phase === "closed");
    expect(remedy).toContain(new Date(Date.parse(closed?.at ?? "") + 120_000).toISOString().slice(11, 19));
    await second.stop();
  });
});

describe("[RECORD-MINE]", () => {
  const plant = (ceremony: string, pdf: Uint8Array) => {
    const row = 'INSERT INTO "Record" VALUES ($1, encode(sha256($2), \'hex\'), $2, $3, now())';
    return asOwner(row, [ceremony, Buffer.from(pdf), Buffer.from("")]);
  };
  const remove = (ceremony: string) => asOwner('DELETE FROM "Record" WHERE "ceremony" = $1', [ceremony]);

  test("the app's role can write no record, and the worker's can change none", async () => {
    const app = new pg.Client({ connectionString: grounds.database.appUrl });
    const worker = new pg.Client({ connectionString: grounds.database.workerUrl });
    await Promise.all([app.connect(), worker.connect()]);
    const row = `INSERT INTO "Record" VALUES ('x', encode(sha256(''), 'hex'), '', '', now())`;
    await expect(app.query(row)).rejects.toThrow("permission denied");
    for (const statement of ['UPDATE "Record" SET "sealedAt" = now()', 'DELETE FROM "Record"', 'TRUNCATE "Record"']) {
      for (const client of [app, worker]) await expect(client.query(statement)).rejects.toThrow("permission denied");
    }
    await Promise.all([app.end(), worker.end()]);
  });

  test("a row planted before the ceremony ends is named, and the true record comes once it is taken away", async () => {
    const played = await closedSoon();
    await plant(played.id, Buffer.from("%PDF-1.7 all is well"));
    const worker = grounds.start();
    await toItsEnd(played);
    expect((await blocked(played, "RECORD-MINE")).remedy).toContain("attack on the database");
    await remove(played.id);
    expect(await verify(await recordOf(played))).toMatchObject({ code: 0 });
    await worker.stop();
  });

  test("the good record of another ceremony is no record of this one", async () => {
    const worker = grounds.start();
    const [first, second] = [await closedSoon(), await closedSoon()];
    await toItsEnd(first);
    await plant(second.id, await recordOf(first));
    await toItsEnd(second);
    expect((await blocked(second, "RECORD-MINE")).sentence).toContain("another ceremony");
    await remove(second.id);
    await recordOf(second);
    await worker.stop();
  });

  test("a record changed or taken away afterwards is seen at the worker's next start: named, or sealed anew", async () => {
    const first = grounds.start();
    const [changed, removed] = [await closedSoon(), await closedSoon()];
    for (const played of [changed, removed]) {
      await toItsEnd(played);
      await recordOf(played);
      await expect.poll(() => grounds.memory().head(played.id)?.record ?? null, { timeout: 120_000 }).not.toBeNull();
    }
    await first.stop();
    await remove(removed.id);
    await owner.query('ALTER TABLE "Record" DROP CONSTRAINT "Record_sha256_of_pdf"');
    await asOwner('UPDATE "Record" SET "pdf" = $2 WHERE "ceremony" = $1', [changed.id, Buffer.from("%PDF-1.7 nothing happened")]);

    const second = grounds.start();
    await blocked(changed, "RECORD-MINE");
    expect(await verify(await recordOf(removed))).toMatchObject({ code: 0 });
    await second.stop();
  });
});
