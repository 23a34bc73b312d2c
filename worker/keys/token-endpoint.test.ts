import { expect, test } from "vitest";
import { thumbprint } from "#lib/accounts/grant";
import type { LoggedUse } from "#lib/store/key-uses";
import { access, assertionOf, billing, formOf, knownAll, now, ORIGIN } from "./api-grounds.under-test";
import { Application } from "./application.under-test";
import type { ShownCertificate } from "./client-certificate";
import { ProofLimits } from "./proof-limits";
import { giveToken } from "./token-endpoint";
import { readTokenForm } from "./token-form";
import { UseLog } from "./use-log";

/** An endpoint with a database that forgets, or not, and what was written there. */
function endpoint({ forgets = false } = {}) {
  const rows: LoggedUse[] = [];
  const shown = new Set<string>();
  const asked = { times: 0 };
  const gone = { take: false, log: false };
  const take = async (hash: string) => {
    asked.times += 1;
    if (gone.take) throw new Error("the database is gone");
    return forgets || shown.size !== shown.add(hash).size;
  };
  const log = new UseLog(async (group) => {
    if (gone.log) throw new Error("the database is gone");
    rows.push(...group);
  }, () => Promise.resolve());
  const parts = { known: () => knownAll, tokens: access, log, take, limits: new ProofLimits(), audiences: [ORIGIN], name: "test", now };
  const ask = (assertion: string, peer: string | null = null) =>
    giveToken(parts, readTokenForm(new URLSearchParams(formOf(assertion)).toString()), null, peer);
  const askByCertificate = (shown: ShownCertificate, peer: string) => {
    const form = new URLSearchParams({ grant_type: "client_credentials", client_id: billing.account }).toString();
    return giveToken(parts, readTokenForm(form), shown, peer);
  };
  return { ask, askByCertificate, rows, asked, gone };
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

test("who is proved by TLS is kept out by no neighbour's failures; whoever is not, waits like anybody", async () => {
  const { ask, askByCertificate } = endpoint();
  const shown = { key: thumbprint(billing.jwk), hash: "A".repeat(43) };
  for (let i = 0; i < 2_000 && (await ask(assertionOf(forger), "peer:shared")).status === 401; i += 1);
  expect((await ask(assertionOf(billing), "peer:shared")).status).toBe(429);
  expect((await askByCertificate(shown, "peer:shared")).status).toBe(200);
  expect((await askByCertificate({ ...shown, key: thumbprint(forger.jwk) }, "peer:shared")).status).toBe(429);
  expect((await askByCertificate({ ...shown, key: thumbprint(forger.jwk) }, "peer:other")).status).toBe(401);
});

test("an assertion that could not be taken may be shown again; one that was taken and not logged is used up, and that is said", async () => {
  const { ask, gone } = endpoint();
  const [one, other] = [assertionOf(billing), assertionOf(billing)];
  gone.take = true;
  const said = await ask(one);
  expect([said.status, JSON.stringify(said.body)]).toEqual([503, expect.not.stringContaining("another")]);
  gone.take = false;
  expect((await ask(one)).status).toBe(200);
  gone.log = true;
  expect(await ask(other)).toMatchObject({ status: 503, body: { error_description: expect.stringContaining("make another assertion") as string } });
  gone.log = false;
  expect(await ask(other)).toMatchObject({ status: 401, refusal: "ASSERTION-SHOWN-BEFORE" });
});

test("an account that asks for tokens without end is told to wait, by what it proved", async () => {
  const { ask, rows, asked } = endpoint();
  let given = 0;
  while (given < 2_000 && (await ask(assertionOf(billing), `peer:${String(given)}`)).status === 200) given += 1;
  expect(given).toBeGreaterThanOrEqual(50);
  expect(given).toBeLessThan(2_000);
  expect([rows.length, asked.times]).toEqual([given, given]);
});
