import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TimeStampAuthority } from "#lib/pdf/time-stamp-authority.under-test";
import { NOTE_ECDSA } from "#lib/log/note";
import { readCertificate } from "#lib/x509/certificate";
import { fromPem, toPem } from "#lib/x509/pem";
import { findRecord } from "#lib/store/records";
import { SpecWitness } from "./log/spec-witness.under-test";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { WorkerGrounds, type WorkerProcess } from "./worker-grounds.under-test";

// The end of a ceremony at the real worker: its record, its time stamp, and a database whose owner would rather have another.

const LONG = { timeout: 300_000 };

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
function verify(pdf: Uint8Array, ...options: string[]): Promise<{ code: number; said: string }> {
  const file = path.join(folder, "record.pdf");
  writeFileSync(file, pdf);
  return new Promise((resolve) => {
    const args = ["cli/claviger.mjs", "verify", file, "--rehearsal", "--trust", files.trust, ...options];
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
  const read = async () => ((await grounds.health())[0]?.facts["ceremonies"] as Record<string, Waits> | undefined)?.[played.id];
  await expect.poll(async () => (await read())?.code, { timeout: 120_000, interval: 50 }).toBe(code);
  return (await read())!;
}

const stamping = (change: Record<string, string> = {}): WorkerProcess =>
  grounds.start({ env: { CLAVIGER_TSA_URL: authority.url, CLAVIGER_TSA_CERTIFICATE_FILE: files.tsa, ...change } });

async function asOwner(statement: string, values: readonly unknown[]): Promise<void> {
  await owner.query('ALTER TABLE "Record" DISABLE TRIGGER ALL');
  await owner.query(statement, [...values]);
  await owner.query('ALTER TABLE "Record" ENABLE TRIGGER ALL');
}

describe("[TIME-STAMPED]", () => {
  test("a record is sealed with the authority's time stamp, and the verifier that trusts the authority says good", LONG, async () => {
    const played = await closedSoon();
    const worker = stamping();
    await toItsEnd(played);
    const verdict = await verify(await recordOf(played), "--tsa", files.tsa);
    expect(verdict.said).toMatch(/Sealed .* by the word of the time-stamp authority/);
    expect(verdict).toMatchObject({ code: 0 });
    await worker.stop();
  });

  test("without CLAVIGER_TSA_URL it is sealed without one: good, but not for who asks for a stamp", LONG, async () => {
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

  test("while the authority is down the record waits, which the health says, and others go on; it is sealed when it is back", LONG, async () => {
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

  test("an authority that lies spoils no record: it waits, and a worker started without one seals it", LONG, async () => {
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

describe("[LOG-COMPLETE]", () => {
  const ORIGIN = "keys.example/log";
  const LOG = `${ORIGIN}/rehearsal`;

  test("a worker that keeps a log proves in the record that every entry is in it, cosigned; one that keeps none says so", LONG, async () => {
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

  test("a log that is not the one the worker signed holds a record back two minutes, and no longer", LONG, async () => {
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

  test("a row planted before the ceremony ends is named, and the true record comes once it is taken away", LONG, async () => {
    const played = await closedSoon();
    await plant(played.id, Buffer.from("%PDF-1.7 all is well"));
    const worker = grounds.start();
    await toItsEnd(played);
    expect((await blocked(played, "RECORD-MINE")).remedy).toContain("attack on the database");
    await remove(played.id);
    expect(await verify(await recordOf(played))).toMatchObject({ code: 0 });
    await worker.stop();
  });

  test("the good record of another ceremony is no record of this one", LONG, async () => {
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

  test("a record changed or taken away afterwards is seen at the worker's next start: named, or sealed anew", LONG, async () => {
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
