import { expect, test } from "vitest";
import type { CipherOperation } from "#lib/accounts/decide-use";
import { scopesOf } from "./access-tokens";
import { aes, grant, hmac, knownAll, now, wrapping } from "./api-grounds.under-test";
import { EncryptionsUsedUp, SharesWithheld } from "./encryption-shares";
import { KeyUses } from "./key-uses";
import { RequestRate } from "./request-rate";
import type { Work } from "./signing-protocol";
import { LogUnavailable, UseLog } from "./use-log";

// What the token is asked for once a use was permitted: a secret key by its check value, and no encryption that is not counted.

const CHECKS: readonly string[] = ["a1b2c3", "d4e5f6", "0a0b0c"];
const checked = [aes, wrapping, hmac].map((key, i) => ({ ...key, checkValue: CHECKS[i] ?? null }));
const known = { ...knownAll, keys: new Map([...knownAll.keys, ...checked.map((key) => [key.key, key] as const)]) };
const access = { account: grant.grant.account, scopes: new Set(scopesOf(grant.grant)) };

function stand(count: () => Promise<void> = () => Promise.resolve()) {
  const works: Work[] = [];
  const counted = { first: 0, again: 0 };
  const pool = {
    perform(_who: string, work: Work, _within: number, mayTryAgain = () => true) {
      works.push(work);
      mayTryAgain();
      return Promise.resolve(new Uint8Array(40));
    },
  };
  const shares = {
    async count() {
      await count();
      counted.first += 1;
    },
    countAgain: () => (counted.again += 1) > 0,
  };
  const log = new UseLog(() => Promise.resolve(), () => Promise.resolve());
  const place = { token: aes.places[0]?.token ?? "", name: "test", patienceMs: 100, verifiesAll: true };
  const uses = new KeyUses({ known: () => known, pool, shares, log, rate: new RequestRate(), now, ...place });
  const ask = (operation: CipherOperation, alias: string, work: (id: Uint8Array, checkValue: string | null) => Work) =>
    uses.ofCipher(access, { operation, name: alias, algorithm: null, key: null }, null, (bytes: Uint8Array) => bytes, (use) => uses.work(access, use, work));
  return { ask, works, counted };
}
const data = new Uint8Array(16);
const encrypt = (id: Uint8Array, checkValue: string | null): Work => ({ what: "encrypt", id, checkValue, data, aad: data });

test("wrapping and unwrapping show the token which key is meant, as encrypting and MACs do", async () => {
  const { ask, works } = stand();
  const alias = (key: { readonly key: string }) => grant.grant.keys.find(({ keys }) => keys.includes(key.key))?.alias ?? "";
  await ask("wrap", alias(wrapping), (id) => ({ what: "wrap", id, data }));
  await ask("unwrap", alias(wrapping), (id) => ({ what: "unwrap", by: "AES-KWP", id, data }));
  await ask("encrypt", alias(aes), encrypt);
  await ask("mac", alias(hmac), (id, checkValue) => ({ what: "mac", id, checkValue, data }));
  expect(works).toMatchObject([
    { what: "wrap", checkValue: CHECKS[1] },
    { what: "unwrap", checkValue: CHECKS[1] },
    { what: "encrypt", checkValue: CHECKS[0] },
    { what: "mac", checkValue: CHECKS[2] },
  ]);
});

test("each try of an encryption is counted, and no other work is", async () => {
  const { ask, counted } = stand();
  expect(await ask("encrypt", aes.key, encrypt)).toMatchObject({ value: expect.any(Uint8Array) as Uint8Array });
  expect(counted).toEqual({ first: 1, again: 1 });
  await ask("wrap", wrapping.key, (id) => ({ what: "wrap", id, data }));
  expect(counted).toEqual({ first: 1, again: 1 });
});

test.each<[string, Error]>([
  ["ENCRYPTIONS-USED-UP", new EncryptionsUsedUp("all")],
  ["LOG-UNAVAILABLE", new LogUnavailable("the database is gone")],
  ["KEY-UNUSABLE", new SharesWithheld("rolled back")],
])("%s: what cannot be counted is not encrypted", async (name, fault) => {
  const { ask, works } = stand(() => Promise.reject(fault));
  expect(await ask("encrypt", aes.key, encrypt)).toMatchObject({ problem: { name } });
  expect(works).toEqual([]);
});
