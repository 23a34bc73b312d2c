import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { freshDatabase } from "#cli/testing/test-database";
import { keyScript } from "../attack-grounds.under-test";
import { PlayedCeremony } from "../played-ceremony.under-test";
import { Application } from "./application.under-test";
import { KeyGrounds } from "./key-grounds.under-test";
import { load, type Answered } from "./load.under-test";

/** The key process and the ceremony worker at the same token at the same time: neither keeps the other from it. */
const database = await freshDatabase();
const there = await KeyGrounds.open(database);
const rows = new pg.Pool({ connectionString: database.appUrl, max: 2 });
afterAll(async () => {
  await rows.end();
  await there.close();
});

const ACCOUNTS = ["billing", "shipping", "mailing", "archive"];
const CALLERS = 8;

test("ceremonies go to their end while every caller asks without a pause, and every caller is answered meanwhile, each use once in the log", async () => {
  const key = await there.key("test-key");
  await there.change(key, "active");
  const applications = ACCOUNTS.map((account) => new Application(account));
  const seal = { alias: "seal", keys: [key.key], operations: ["sign" as const], algorithms: ["ES256" as const], tokens: null };
  for (const application of applications) await there.grant(application, { random: false, keys: [seal] });
  const keys = await there.start();
  await keys.ready(2);

  let over = false;
  const answers = applications.map((): Answered[] => []);
  const fewest = () => Math.min(...answers.map(({ length }) => length));
  const loaded = Promise.all(applications.map((application, i) => load(keys, application, CALLERS, () => over, answers[i])));
  await expect.poll(fewest, { timeout: 60_000 }).toBeGreaterThan(CALLERS);
  const before = answers.map(({ length }) => length);

  // One tries a key and lists the token, the other makes a key there: each operation has its intent and its outcome, and no fault.
  const { cast, roster } = there.played;
  const other = await new PlayedCeremony(there.grounds.app, { script: keyScript("made-beside"), cast, roster }).open();
  const closed = await Promise.all([there.played.playToEnd(), other.playToEnd()]);
  const meanwhile = answers.map((of, i) => of.slice(before[i]).filter(({ status }) => status === 200).length);
  over = true;
  await loaded;

  expect(closed.map((ceremony) => ceremony.closed?.result)).toEqual(["completed", "completed"]);
  for (const played of [there.played, other]) {
    const said = (await played.kinds()).filter((kind) => kind.startsWith("operation-"));
    expect(said).toEqual(Array.from({ length: said.length / 2 }, () => ["operation-started", "operation-done"]).flat());
  }
  expect(Math.min(...meanwhile)).toBeGreaterThan(0);
  // On a machine that is slow enough, one may be told to come again; nobody is told anything else.
  const signed = answers.flat().filter(({ status }) => status === 200);
  expect(answers.flat().filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
  const { rows: kept } = await rows.query<{ use: string; digest: string }>(`SELECT "use", "digest" FROM "KeyUse" WHERE "operation" = 'sign' AND "result" = 'done'`);
  const inOrder = (pairs: readonly { use: string; digest: string }[]) => pairs.map(({ use, digest }) => `${use} ${digest}`).sort();
  expect(inOrder(kept)).toEqual(inOrder(signed));
  expect((await there.grounds.tokenObjects()).filter(({ label }) => label === "made-beside")).toHaveLength(2);
});
