import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { claviger as runClaviger } from "#cli/testing/claviger-command.under-test";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { canonical, type Json } from "#lib/log/canonical";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { rebuildCeremonies, listCeremonies } from "#lib/store/ceremonies";
import { openDatabase } from "#lib/store/database";
import { publishCertificates } from "#lib/store/recorder-certificates";
import { keepRoster } from "#lib/store/rosters";
import { createRecorderCertificate, serialNumber } from "#lib/x509/certificate-builder";
import { PlayedCeremony } from "#worker/played-ceremony.under-test";
import { players, rosterOf } from "#worker/played-cast.under-test";
import { CANARY_PIN } from "#worker/token/test-token.under-test";
import { WorkerGrounds } from "#worker/worker-grounds.under-test";

let grounds: WorkerGrounds;
beforeEach(async () => {
  grounds = await WorkerGrounds.open();
});
afterEach(() => grounds.close());

const claviger = (args: readonly string[], env = grounds.env()) => runClaviger(args, env);

async function publish(roster: Roster): Promise<string> {
  const hash = rosterHash(roster);
  const { version, mode, prev } = roster;
  await keepRoster(grounds.app, { hash, version, mode, prev, bytes: canonical(roster as unknown as Json), openings: [], createdBy: "admin" });
  return hash;
}

/** A sound certificate of a key that is on no token of ours. */
async function strangersCertificate(): Promise<Uint8Array> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return createRecorderCertificate({
    subject: { commonName: "Claviger recorder" },
    spki: publicKey.export({ format: "der", type: "spki" }),
    sign: (data) => Promise.resolve(sign("sha256", data, privateKey)),
    notBefore: new Date("2026-01-01T00:00:00Z"),
    notAfter: new Date("2046-01-01T00:00:00Z"),
    serial: serialNumber(new Uint8Array(16).fill(7)),
  });
}

const ends = (hash: string): string => {
  const words = hashWords(fromHex(hash));
  return `${words[0] ?? ""} ${words.at(-1) ?? ""}`;
};

describe("claviger roster", () => {
  test("trusts a version only for its first and last word, and the running worker seals it", async () => {
    const cast = players(3, 1);
    const roster = rosterOf(cast, "rehearsal");
    const hash = await publish(roster);

    const wrong = await claviger(["roster", "trust", "1", "--words", "aardvark Yucatan"]);
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.said).toContain("Nothing was trusted");

    // Without a worker it is noted; the worker seals it when it starts.
    const noted = await claviger(["roster", "trust", "rehearsal/1", "--words", ends(hash)]);
    expect(noted).toMatchObject({ code: 0 });
    expect(noted.said).toContain("when the worker runs the next time");
    const played = await new PlayedCeremony(grounds.app, { cast, roster }).open();
    grounds.start();
    await played.attached();
    expect((await claviger(["roster", "show"])).said).toMatch(new RegExp(`rehearsal/1 +trusted here .*\\n  ${hash}\\n`));

    // With one it is sealed while the command waits.
    const next = await publish({ ...roster, version: 2, prev: hash });
    const sealed = await claviger(["roster", "trust", next, "--words", ends(next)]);
    expect(sealed.said).toContain("sealed with the recorder key");
    expect(sealed.said).toContain("This is for an emergency");
    expect(sealed.said).toContain(hashWords(fromHex(next)).slice(0, 8).join(" "));
  });

  test("refuses a version whose predecessor nobody trusted, another mode, and a script without words", async () => {
    const roster = rosterOf(players(3, 1), "rehearsal");
    const hash = await publish(roster);
    const second = await publish({ ...roster, version: 2, prev: hash });
    expect(await claviger(["roster", "trust", "2", "--words", ends(second)])).toMatchObject({ code: 1, said: expect.stringContaining("in their order") as string });

    await publish(rosterOf(players(3, 1), "production"));
    expect(await claviger(["roster", "trust", "production/1", "--words", "a b"])).toMatchObject({ code: 1, said: expect.stringContaining("takes no part") as string });
    expect(await claviger(["roster", "trust", "1"])).toMatchObject({ code: 2, said: expect.stringContaining("--words") as string });
    expect(await claviger(["roster", "trust", "7"])).toMatchObject({ code: 2 });
    expect(grounds.memory().pinnedHashes()).toEqual([]);
  });
});

describe("claviger init on the host of a second worker", () => {
  let host: string;
  const there = () => grounds.env({ CLAVIGER_WORKER_STATE: host });
  beforeEach(() => {
    host = mkdtempSync(path.join(grounds.token.folder, "host-"));
  });

  test("finds the certificates that the first published, and trusts none that was planted there", async () => {
    const missing = await claviger(["init"], there());
    expect(missing).toMatchObject({ code: 1, said: expect.stringContaining("None were found elsewhere either") as string });

    // A pair of somebody else's key, as whoever owns the database can put there.
    const certificate = await strangersCertificate();
    const db = openDatabase(grounds.database.workerUrl, { connections: 1 });
    await publishCertificates(db, { tokenSerial: grounds.serial, trustAnchor: certificate, recordSigning: certificate });
    await db.$disconnect();
    const planted = await claviger(["init"], there());
    expect(planted).toMatchObject({ code: 1, said: expect.stringContaining("another key than the recorder's on the token") as string });

    const first = await claviger(["init", "--json"]);
    const second = await claviger(["init", "--json"], there());
    expect(second.code).toBe(0);
    const fingerprint = (run: { said: string }) => (JSON.parse(run.said) as { fingerprint: string }).fingerprint;
    expect(fingerprint(second)).toBe(fingerprint(first));
  });

  test("takes them from a folder, makes a second trust anchor only when told to, and then says that there are two", async () => {
    expect(await claviger(["init", "--from", host], there())).toMatchObject({ code: 2, said: expect.stringContaining("ENOENT") as string });
    const taken = await claviger(["init", "--from", grounds.stateFolder, "--json"], there());
    expect(taken.code).toBe(0);
    expect(grounds.memory(host).certificate("trust-anchor")).toEqual(grounds.memory().certificate("trust-anchor"));

    host = mkdtempSync(path.join(grounds.token.folder, "host-"));
    expect(await claviger(["init", "--new-certificate"], there())).toMatchObject({ code: 0 });
    expect(grounds.memory(host).certificate("trust-anchor")).not.toEqual(grounds.memory().certificate("trust-anchor"));
    host = mkdtempSync(path.join(grounds.token.folder, "host-"));
    expect(await claviger(["init"], there())).toMatchObject({ code: 1, said: expect.stringContaining("more than one certificate") as string });
  });
});

describe("claviger init and token", () => {
  test("init says the same fingerprint however often it runs, and no PIN", async () => {
    const first = await claviger(["init", "--json"]);
    const second = await claviger(["init", "--json"]);
    expect(first.code).toBe(0);
    expect(second.said).toBe(first.said);
    expect(JSON.parse(first.said)).toMatchObject({ fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string, serial: grounds.serial });
    expect((await claviger(["init"])).said).toContain("for the minutes");
    expect(first.said).not.toContain(CANARY_PIN);
  });

  test("init does not wait for a worker that has the token", async () => {
    grounds.start();
    await grounds.untilHealth("ready");
    expect(await claviger(["init"])).toMatchObject({ code: 1, said: expect.stringContaining("Stop it") as string });
  });

  test("a wrong PIN is tried once and said; nothing is initialised over a token that is there", async () => {
    const wrong = path.join(grounds.token.folder, "wrong");
    writeFileSync(wrong, "no-such-pin\n");
    expect(await claviger(["token", "show"], grounds.env({ CLAVIGER_PIN_FILE: wrong }))).toMatchObject({ code: 1, said: expect.stringContaining("refused the PIN") as string });
    rmSync(wrong);
    const officer = path.join(grounds.token.folder, "so-pin");
    expect(await claviger(["token", "init"], grounds.env({ CLAVIGER_SO_PIN_FILE: officer }))).toMatchObject({ code: 1, said: expect.stringContaining("nothing is ever initialised over") as string });
    expect(JSON.parse((await claviger(["token", "show", "--json"])).said)).toMatchObject({ serial: grounds.serial });
  });
});

test("claviger rebuild makes the lists again from the transcripts, and names one that does not hold", async () => {
  const [good, bad] = [await new PlayedCeremony(grounds.app).open(), await new PlayedCeremony(grounds.app).open()];
  const before = await listCeremonies(grounds.app, { person: "operator-1" });
  // The rules refuse it; the database cannot know.
  const state = await bad.state();
  await bad.appendRaw(bad.draft(state, "custodian-1", "step-acknowledged", { step: "health" }), state);
  await rebuildCeremonies(grounds.app, []);

  const run = await claviger(["rebuild"], { ...process.env, DATABASE_URL: grounds.database.appUrl });
  expect(run).toMatchObject({ code: 1, said: expect.stringContaining(`${bad.id}: entry 1 is refused by STEP-KIND`) as string });
  expect(await listCeremonies(grounds.app)).toEqual(before.filter(({ id }) => id === good.id));
});

test("what is no command, no option or no environment ends with 2 and says what there is", async () => {
  expect(await claviger(["destroy"])).toMatchObject({ code: 2, said: expect.stringContaining("There is no command destroy") as string });
  expect(await claviger(["init", "--force"])).toMatchObject({ code: 2, said: expect.stringContaining("There is no option --force") as string });
  expect(await claviger(["init"], { PATH: process.env.PATH, NODE_ENV: "test" })).toMatchObject({ code: 2, said: expect.stringContaining("CLAVIGER_TOKEN_LABEL is missing") as string });
  expect(await claviger(["help"])).toMatchObject({ code: 0 });
});
