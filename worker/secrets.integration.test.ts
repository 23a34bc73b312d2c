import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { stateOf, type Ceremony } from "#lib/ceremony/ceremony";
import type { Script, Step } from "#lib/ceremony/script";
import { findRecord } from "#lib/store/records";
import { readParts } from "#lib/store/secret-parts";
import { openDatabase, type Database } from "#lib/store/database";
import { HostileOwner } from "./hostile-owner.under-test";
import { players, rosterOf } from "./played-cast.under-test";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { smallScript } from "./played-scripts.under-test";
import { ChildToken } from "./token/child-token";
import { CANARY_PIN, testToken, type TestToken } from "./token/test-token.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

const OFFICER = ["canary-officer-1", "canary-officer-2"] as const;
const USER = ["canary-user-1", "canary-user-2"] as const;
const NEWER = ["canary-newer-1", "canary-newer-2"] as const;
const halvesOf = (whole: string) => [whole.slice(0, 5), whole.slice(5)] as const;
const LABEL = "vault-2026";

const operation = (step: string, ...operations: Extract<Step, { kind: "operation" }>["operations"]): Step => ({ step, kind: "operation", title: step, say: step, operations });
const INITIALISE = operation("initialise", { operation: "initialise-token", token: "vault", label: LABEL });
const CHANGE = operation("change", { operation: "change-user-pin", token: "vault" });
const OFFICER_CHANGE = operation("officer", { operation: "change-so-pin", token: "vault" });
const HEALTH = operation("health", { operation: "token-health", token: "vault" });
const NSS = operation("nss", { operation: "change-user-pin", token: "nss" });
const UNLOCK = operation("unlock", { operation: "unlock-token", token: "vault" });

function scriptOf(...steps: Step[]): Script {
  const small = smallScript();
  const signatures = small.acts.flatMap((act) => act.steps).filter(({ kind }) => kind === "sign-off");
  return { ...small, quorum: { approve: 2, of: 4 }, acts: [{ act: "all", title: "All", steps: [...steps, ...signatures] }] };
}

const cast = players(4, 1);
const roster = rosterOf(cast, "rehearsal");
let grounds: WorkerGrounds;
let tokens: { readonly vault: TestToken; readonly nss: TestToken };
let owner: HostileOwner;
let workerDb: Database;
let env: Record<string, string>;

beforeAll(async () => {
  grounds = await WorkerGrounds.open();
  grounds.trust(roster);
  // The vault's module has one token already and, as SoftHSM always has, a slot for one more.
  tokens = { vault: await testToken("softhsm", "seed"), nss: await testToken("nss") };
  const list = path.join(tokens.vault.folder, "others.json");
  const place = ({ options }: TestToken, label: string) => ({
    modulePath: options.modulePath, profile: options.profile, label, environment: options.environment,
    ...(options.configDirectory === undefined ? {} : { configDirectory: options.configDirectory }),
  });
  const others = [{ name: "vault", ...place(tokens.vault, LABEL) }, { name: "nss", ...place(tokens.nss, tokens.nss.options.label), pinFile: tokens.nss.pinFile }];
  writeFileSync(list, JSON.stringify(others));
  env = { CLAVIGER_OTHER_TOKENS_FILE: list };
  owner = await HostileOwner.of(grounds.database.ownerUrl);
  workerDb = openDatabase(grounds.database.workerUrl, { connections: 1 });
});
afterEach(() => grounds.stopAll());
afterAll(async () => {
  await owner.end();
  await workerDb.$disconnect();
  await grounds.close();
  tokens.vault.drop();
  tokens.nss.drop();
});

const begin = (...steps: Step[]): Promise<PlayedCeremony> => new PlayedCeremony(grounds.app, { script: scriptOf(...steps), cast, roster }).open();
const opened = async (played: PlayedCeremony, step: string): Promise<void> => {
  await played.attached();
  await played.openStep(step);
  await played.approveBy(step, 2);
};
const reopened = async (played: PlayedCeremony, step: string): Promise<void> => {
  await played.openStep(step, { deviation: await played.deviate(step) });
  await played.approveBy(step, 2);
};
const failed = (played: PlayedCeremony, step: string): Promise<Ceremony> => played.until(`${step} failed`, (ceremony) => stateOf(ceremony, step)?.status === "failed");
const fault = (ceremony: Ceremony, step: string) => stateOf(ceremony, step)?.failure?.fault;
/** Ciphertexts that are of no use any more are taken away with the worker's next look, a moment after the entry that made them so. */
const untilNoParts = (played: PlayedCeremony) => expect.poll(() => readParts(workerDb, played.id), { timeout: 60_000, interval: 50 }).toEqual([]);
const opens = async (label: string, pin: string): Promise<boolean> => {
  const token = await ChildToken.open({ ...tokens.vault.options, label, pin: { bytes: new TextEncoder().encode(pin) } });
  await token.close();
  return true;
};

describe("two custodians enter each secret, half each", () => {
  test("a token is made, used, and its PINs are changed; a second module as far as it can; no PIN is anywhere", async () => {
    const worker = grounds.start({ env });
    const played = await begin(INITIALISE, HEALTH, CHANGE, OFFICER_CHANGE, { ...HEALTH, step: "again" }, NSS);
    await opened(played, "initialise");
    expect((await played.call("initialise")).invitation.secrets).toEqual([
      { secret: "so-pin", least: 4, most: 127 },
      { secret: "user-pin", least: 4, most: 127 },
    ]);
    await played.enterSecrets("initialise", { "so-pin": OFFICER, "user-pin": USER });
    const made = await played.stepDone("initialise");
    expect(made.recorder?.others?.find(({ name }) => name === "vault")?.serial).toMatch(/^[0-9a-f]{16}$/);
    await untilNoParts(played);

    // No PIN file: the worker knows the PIN of the token it has just made, and of the one it has changed.
    await played.performStep();
    await opened(played, "change");
    await played.enterSecrets("change", { "user-pin": USER, "new-user-pin": NEWER });
    await played.stepDone("change");
    await opened(played, "officer");
    await played.enterSecrets("officer", { "so-pin": OFFICER, "new-so-pin": ["canary-chief-1", "canary-chief-2"] });
    await played.stepDone("officer");
    await played.performStep();
    await opened(played, "nss");
    await played.enterSecrets("nss", { "user-pin": halvesOf(CANARY_PIN), "new-user-pin": NEWER });
    await played.playToEnd();
    await expect.poll(async () => (await findRecord(grounds.app, played.id))?.pdf.length ?? 0, { timeout: 120_000 }).toBeGreaterThan(10_000);
    expect(await opens(LABEL, NEWER.join(""))).toBe(true);
    await worker.stop();
    await canaryNowhere(worker.output);
  });

  test("a worker started later does not try the PIN file that custodians have overtaken; unlock-token asks them again", async () => {
    grounds.start({ env });
    const nss = await begin(operation("health", { operation: "token-health", token: "nss" }));
    await expect.poll(async () => JSON.stringify(await grounds.health()), { timeout: 60_000 }).toContain("OTHER-TOKEN-PIN");
    expect(readFileSync(tokens.nss.pinFile, "utf8")).toContain(CANARY_PIN);
    writeFileSync(tokens.nss.pinFile, NEWER.join(""));
    await nss.playToEnd();

    const played = await begin(UNLOCK, HEALTH);
    await opened(played, "unlock");
    await played.enterSecrets("unlock", { "user-pin": NEWER });
    await played.playToEnd();
  });

  test("a wrong old PIN is offered once and fails by name; opened again with the right one, it is changed", async () => {
    grounds.start({ env });
    const played = await begin(CHANGE);
    await opened(played, "change");
    await played.enterSecrets("change", { "user-pin": ["wrong-1", "wrong-2"], "new-user-pin": USER });
    expect(fault(await failed(played, "change"), "change")).toMatchObject({ name: "CKR_PIN_INCORRECT", ckr: 160 });
    await reopened(played, "change");
    await played.enterSecrets("change", { "user-pin": NEWER, "new-user-pin": USER });
    await played.playToEnd();
    expect(await opens(LABEL, USER.join(""))).toBe(true);
    expect((await played.kinds()).filter((kind) => kind === "operation-failed")).toHaveLength(1);
  });

  test("a half that is too short, or no ASCII, is refused before the token is asked", async () => {
    grounds.start({ env });
    const played = await begin(CHANGE);
    await opened(played, "change");
    await played.enterSecrets("change", { "user-pin": USER, "new-user-pin": ["abc", "defgh"] });
    expect(fault(await failed(played, "change"), "change")).toEqual({ call: "change-user-pin", name: "PART-TOO-SHORT", ckr: null });
    await reopened(played, "change");
    await played.enterSecrets("change", { "user-pin": USER, "new-user-pin": ["grüße", "grüße"] });
    expect(fault(await failed(played, "change"), "change")?.name).toBe("PART-CHARACTERS");
    expect(await opens(LABEL, USER.join(""))).toBe(true);
  });
});

describe("attacks", () => {
  test("the app can neither read a ciphertext nor put one beside an entry that does not name it; the worker cannot put any", async () => {
    grounds.start({ env });
    const played = await begin(CHANGE);
    await opened(played, "change");
    const entry = await played.enterPart("custodian-1", "change", "user-pin", 1, USER[0]);
    await expect(grounds.app.secretPart.findMany()).rejects.toThrow(/denied/);
    const insert = (url: string, seq: number) => withClient(url, (sql) => sql.query(`INSERT INTO "SecretPart" VALUES ($1, $2, $3)`, [played.id, seq, Buffer.from("x")]));
    await expect(insert(grounds.database.appUrl, entry.seq + 1)).rejects.toMatchObject({ code: "CV002" });
    await expect(insert(grounds.database.workerUrl, entry.seq + 1)).rejects.toMatchObject({ code: "42501" });
    expect(await readParts(workerDb, played.id)).toHaveLength(1);
    await played.abort();
    await untilNoParts(played);
  });

  test("one custodian enters both halves, past the app: the worker blocks, and the token is not asked", async () => {
    grounds.start({ env });
    const played = await begin(CHANGE);
    await opened(played, "change");
    await played.enterPart("custodian-1", "change", "user-pin", 1, USER[0]);
    const ciphertext = await played.seal("custodian-1", "change", "user-pin", 2, USER[1]);
    const body = await played.partBody("custodian-1", "change", "user-pin", 2, ciphertext);
    await expect(played.act("custodian-1", "secret-part-entered", body, [], undefined, ciphertext)).rejects.toThrow("SECRET-TWO-PEOPLE");
    await owner.insert(played.draft(await played.state(), "custodian-1", "secret-part-entered", body));
    await blocks(played, "SECRET-TWO-PEOPLE");
  });

  test("the owner of the app enters a half in a custodian's name: no passkey of theirs signed it", async () => {
    grounds.start({ env });
    const played = await begin(CHANGE);
    await opened(played, "change");
    const ciphertext = await played.seal("custodian-1", "change", "user-pin", 1, "guessed");
    const body = await played.partBody("custodian-1", "change", "user-pin", 1, ciphertext);
    const forged = { ...body, assertion: played.sign("custodian-2", body.statement) };
    await owner.insert(played.draft(await played.state(), "custodian-1", "secret-part-entered", forged));
    await blocks(played, "PASSKEY-OWNER");
  });

  test("a ciphertext of an earlier step is signed for again: it opens nowhere else, and the token is not asked", async () => {
    grounds.start({ env });
    const played = await begin({ ...CHANGE, step: "first" }, { ...CHANGE, step: "second" });
    await opened(played, "first");
    const old = await played.seal("custodian-1", "first", "user-pin", 1, USER[0]);
    await played.enterSecrets("first", { "user-pin": USER, "new-user-pin": NEWER });
    await played.stepDone("first");
    await opened(played, "second");
    await played.act("custodian-1", "secret-part-entered", await played.partBody("custodian-1", "second", "user-pin", 1, old), [], undefined, old);
    await played.enterPart("custodian-2", "second", "user-pin", 2, NEWER[1]);
    for (const part of [1, 2] as const) await played.enterPart(`custodian-${String(part)}`, "second", "new-user-pin", part, USER[part - 1] ?? "");
    expect(fault(await failed(played, "second"), "second")).toMatchObject({ name: "PART-UNREADABLE", ckr: null });
    expect(await opens(LABEL, NEWER.join(""))).toBe(true);
  });

  test("a ciphertext is taken away or exchanged in the database: the part is not what was signed", async () => {
    grounds.start({ env });
    const played = await begin(CHANGE);
    await opened(played, "change");
    const entry = await played.enterPart("custodian-1", "change", "user-pin", 1, NEWER[0]);
    await withClient(grounds.database.ownerUrl, (sql) => sql.query(`DELETE FROM "SecretPart" WHERE "ceremony" = $1 AND "seq" = $2`, [played.id, entry.seq]));
    await played.enterPart("custodian-2", "change", "user-pin", 2, NEWER[1]);
    for (const part of [1, 2] as const) await played.enterPart(`custodian-${String(part)}`, "change", "new-user-pin", part, USER[part - 1] ?? "");
    expect(fault(await failed(played, "change"), "change")?.name).toBe("PART-UNREADABLE");
  });

  test("kill -9 between the halves: the next worker calls anew, in everybody's sight, and the old half is worth nothing", async () => {
    const first = grounds.start({ env });
    const played = await begin(CHANGE);
    await opened(played, "change");
    await played.enterPart("custodian-1", "change", "user-pin", 1, NEWER[0]);
    const { invitation } = await played.call("change");
    first.kill("SIGKILL");
    await first.exited;
    grounds.start({ env });
    const again = await played.call("change", invitation.hash);
    expect(again.invitation.publicKey).not.toBe(invitation.publicKey);
    expect(stateOf(await played.state(), "change")?.parts).toEqual([]);
    expect((await played.kinds()).slice(-2)).toEqual(["worker-noted", "secrets-invited"]);
    await untilNoParts(played);
    await played.enterSecrets("change", { "user-pin": NEWER, "new-user-pin": USER });
    await played.playToEnd();
    expect(await opens(LABEL, USER.join(""))).toBe(true);
  });

  test("kill -9 after the intent: nobody knows whether it was done, it is not begun again, and the halves are gone", async () => {
    const doomed = grounds.start({ env, killAt: "change after append operation-started" });
    const played = await begin(CHANGE);
    await opened(played, "change");
    await played.enterSecrets("change", { "user-pin": USER, "new-user-pin": NEWER });
    expect(await doomed.exited).toBe("SIGKILL");
    grounds.start({ env });
    expect(fault(await failed(played, "change"), "change")).toEqual({ call: "change-user-pin", name: "INTERRUPTED", ckr: null });
    await untilNoParts(played);
    expect(await opens(LABEL, USER.join(""))).toBe(true);
  });
});

/** The worker does nothing more for the ceremony, for that reason, and no operation has begun. */
async function blocks(played: PlayedCeremony, code: string): Promise<void> {
  const reason = async (): Promise<string | undefined> => {
    const [health] = await grounds.health();
    return (health?.facts as { ceremonies?: Record<string, { code: string }> } | undefined)?.ceremonies?.[played.id]?.code;
  };
  await expect.poll(reason, { timeout: 60_000 }).toBe(code);
  expect(JSON.stringify(await grounds.app.entry.findMany({ where: { ceremony: played.id, kind: "operation-started" }, select: { seq: true } }))).toBe("[]");
}

async function withClient<T>(url: string, act: (sql: pg.Client) => Promise<T>): Promise<T> {
  const sql = new pg.Client({ connectionString: url });
  await sql.connect();
  try {
    return await act(sql);
  } finally {
    await sql.end();
  }
}

/** Every half and whole, in every spelling, is looked for in what the worker said, wrote down, and left in the database. */
async function canaryNowhere(output: string): Promise<void> {
  const wholes = [OFFICER, USER, NEWER].flatMap((halves) => [...halves, halves.join("")]);
  const spellings = wholes.flatMap((one) => [one, ...(["hex", "base64", "base64url"] as const).map((as) => Buffer.from(one).toString(as).replace(/=+$/, ""))]);
  const holds = (bytes: Buffer): boolean => spellings.some((spelling) => bytes.includes(spelling));
  expect(holds(Buffer.from(`… ${USER[0]} …`)), "the search finds what is there").toBe(true);
  expect(holds(Buffer.from(output))).toBe(false);
  const files = readdirSync(grounds.stateFolder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.length).toBeGreaterThan(2);
  expect(files.map((one) => path.join(one.parentPath, one.name)).filter((file) => holds(readFileSync(file)))).toEqual([]);
  await withClient(grounds.database.ownerUrl, async (sql) => {
    const tables = (await sql.query<{ name: string }>(`SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`)).rows;
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const rows = await sql.query(`SELECT 1 FROM ${name} AS t WHERE ${spellings.map((_, i) => `position($${String(i + 1)} in t::text) > 0`).join(" OR ")}`, spellings);
      expect([name, rows.rowCount]).toEqual([name, 0]);
    }
  });
}
