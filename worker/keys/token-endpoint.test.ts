import { expect, test } from "vitest";
import type { LoggedUse } from "#lib/store/key-uses";
import { access, assertionOf, billing, formOf, knownAll, now, ORIGIN } from "./api-grounds.under-test";
import { Application } from "./application.under-test";
import { ProofLimits } from "./proof-limits";
import { giveToken } from "./token-endpoint";
import { readTokenForm } from "./token-form";
import { UseLog } from "./use-log";

/** An endpoint with a database that forgets, or not, and what was written there. */
function endpoint({ forgets = false } = {}) {
  const rows: LoggedUse[] = [];
  const shown = new Set<string>();
  const asked = { times: 0 };
  const take = async (hash: string) => {
    asked.times += 1;
    return forgets || shown.size !== shown.add(hash).size;
  };
  const log = new UseLog(async (group) => void rows.push(...group));
  const parts = { known: () => knownAll, tokens: access, log, take, limits: new ProofLimits(), audiences: [ORIGIN], name: "test", now };
  const ask = (assertion: string, peer: string | null = null) =>
    giveToken(parts, readTokenForm(new URLSearchParams(formOf(assertion)).toString()), null, peer);
  return { ask, rows, asked };
}
const forger = new Application(billing.account);

test("an assertion that is shown again costs no row and asks no database, which may have forgotten it", async () => {
  const { ask, rows, asked } = endpoint({ forgets: true });
  const assertion = assertionOf(billing);
  expect((await ask(assertion)).status).toBe(200);
  for (let i = 0; i < 200; i += 1) {
    expect(await ask(assertion)).toMatchObject({ status: 401, body: { error: "invalid_client" }, refusal: "ASSERTION-SHOWN-BEFORE" });
  }
  expect([rows.length, asked.times]).toEqual([1, 1]);
  expect((await ask(assertionOf(billing))).status).toBe(200);
});

test("whoever proves nothing is told to wait, in the name of whomever it was, and keeps nobody out", async () => {
  const { ask, rows } = endpoint();
  let last = await ask(assertionOf(forger), "peer:forger");
  expect(last).toMatchObject({ status: 401, refusal: "ASSERTION-SIGNATURE" });
  for (let i = 0; i < 2_000 && last.status === 401; i += 1) last = await ask(assertionOf(forger), "peer:forger");
  expect(last).toMatchObject({ status: 429, body: { error: "slow_down" }, refusal: "RATE-PASSED", retryAfter: 1 });
  expect((await ask(assertionOf(billing), "peer:billing")).status).toBe(200);
  expect((await ask(assertionOf(billing))).status).toBe(200);
  expect(rows.every(({ result }) => result === "done")).toBe(true);
});

test("an account that asks for tokens without end is told to wait, by what it proved", async () => {
  const { ask, rows, asked } = endpoint();
  let given = 0;
  while (given < 2_000 && (await ask(assertionOf(billing), `peer:${String(given)}`)).status === 200) given += 1;
  expect(given).toBeGreaterThanOrEqual(50);
  expect(given).toBeLessThan(2_000);
  expect([rows.length, asked.times]).toEqual([given, given]);
});
