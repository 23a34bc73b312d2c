import { createHash } from "node:crypto";
import { obtainKey } from "#lib/token/obtain-key";
import { ChildToken } from "#worker/token/child-token";
import type { TestToken } from "#worker/token/test-token.under-test";

/** What is signed by, in every part of this benchmark. */
export const BENCH_KEYS = [
  { name: "rsa_2048", algorithm: "RSA-2048", signature: "RS256" },
  { name: "rsa_4096", algorithm: "RSA-4096", signature: "RS256" },
  { name: "es256", algorithm: "EC-P256", signature: "ES256" },
] as const;

/** A key on a token, with what it takes to sign by it and to verify. */
export type BenchKey = (typeof BENCH_KEYS)[number] & { readonly id: Uint8Array; readonly spki: Uint8Array };

export const DATA = Buffer.from("what an application wants to have signed, as long as a small token is: ".repeat(4));

/** One key pair of each kind, made on the token as ceremonies make them. Throws what the rules refuse. */
export async function makeBenchKeys(token: TestToken): Promise<BenchKey[]> {
  const opened = await ChildToken.open(token.options);
  try {
    const made: BenchKey[] = [];
    for (const key of BENCH_KEYS) {
      const id = createHash("sha256").update(key.name).digest();
      const named = { algorithm: key.algorithm, label: key.name, id };
      const obtained = await obtainKey(opened, { ...named, usage: { sign: true }, extractable: false, sensitive: true });
      if (!obtained.ok) throw new Error(obtained.refusal.reason);
      made.push({ ...key, id, spki: await opened.exportPublicKey(id) });
    }
    return made;
  } finally {
    await opened.close();
  }
}
