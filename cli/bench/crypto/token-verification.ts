import { verify } from "node:crypto";
import { KeySet } from "#lib/client/key-set";
import { TokenVerifier } from "#lib/client/token-verifier";
import { figure } from "../figure";
import type { KeyHouse } from "./key-house";
import type { ServedKeys } from "./served-keys";
import { sideBySide } from "./side-by-side";

const SLICE_MS = 200;
const ROUNDS = 9;
const TOKENS = 64;
const EXPECTED = { issuer: "https://keys.example", audience: "api" };

/**
 * What it costs to check a token that the key process issued, from its published keys alone, as applications do by
 * claviger/client: against verifying the same signatures by bare `crypto.verify`, whose key, bytes and signature lie ready.
 */
export async function benchTokenVerification(house: KeyHouse): Promise<void> {
  const served = await house.serve();
  const keys = new KeySet({ url: served.address });
  try {
    for (const [name, alias] of [["rs256", "jwt-rsa"], ["es256", "jwt-ec"]] as const) {
      const tokens = await issued(house, served, alias);
      const verifier = new TokenVerifier(keys, EXPECTED);
      const bare = await Promise.all(tokens.map((token) => ready(keys, token)));
      const { yardstick, ratios } = await sideBySide(
        ROUNDS,
        () => slice(() => Promise.resolve(bare.every((one) => verify("sha256", one.signed, one.key, one.signature)))),
        { tokens: () => slice(async () => isEvery(await checked(verifier, tokens))) },
      );
      figure(`crypto.verify.${name}.bare`, yardstick, "verifications/s");
      figure(`crypto.verify.${name}.tokens`, yardstick * ratios.tokens, "tokens/s");
      figure(`crypto.verify.${name}.tokens_over_bare`, ratios.tokens, "ratio");
    }
  } finally {
    keys.close();
    await served.stop();
  }
}

async function issued(house: KeyHouse, served: ServedKeys, alias: string): Promise<string[]> {
  const [application] = house.applications;
  if (!application) throw new Error("no application");
  const authorization = `Bearer ${await served.access(application)}`;
  const ask = async (i: number): Promise<string> => {
    const body = JSON.stringify({ claims: { sub: `person-${String(i)}`, scope: "orders:read orders:write" }, audience: EXPECTED.audience });
    const headers = { authorization, "content-type": "application/json" };
    const answered = await fetch(`${served.address}/api/v1/keys/${alias}/tokens`, { method: "POST", headers, body });
    const { token } = (await answered.json()) as { token?: string };
    if (token === undefined) throw new Error(`no token was issued: ${String(answered.status)}`);
    return token;
  };
  return Promise.all(Array.from({ length: TOKENS }, (_, i) => ask(i)));
}

/** A token as bare verification wants it. */
async function ready(keys: KeySet, token: string) {
  const [head = "", body = "", tail = ""] = token.split(".");
  const { kid } = JSON.parse(Buffer.from(head, "base64url").toString()) as { kid: string };
  const found = await keys.keyOf(kid);
  if (!found) throw new Error("no such key is published");
  const key = { key: found.key, dsaEncoding: "ieee-p1363" as const };
  return { key, signed: Buffer.from(`${head}.${body}`), signature: Buffer.from(tail, "base64url") };
}

async function checked(verifier: TokenVerifier, tokens: readonly string[]): Promise<boolean[]> {
  const valid: boolean[] = [];
  for (const token of tokens) valid.push((await verifier.verify(token)).valid);
  return valid;
}

const isEvery = (all: readonly boolean[]): boolean => all.every((one) => one);

/** How many tokens a second, by so much work that checks all of them; throws when one is refused. */
async function slice(all: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  let rounds = 0;
  for (; performance.now() - began < SLICE_MS; rounds += 1) if (!(await all())) throw new Error("a good token was refused");
  return (rounds * TOKENS) / ((performance.now() - began) / 1e3);
}
