import type { JsonWebKey, KeyObject } from "node:crypto";
import type { PairKey } from "#lib/accounts/decide-use";
import type { UseAlgorithm } from "#lib/accounts/grant";
import { canonical, type Json } from "#lib/log/canonical";
import { base64url, sha256 } from "#lib/log/digest";
import { keyFromSpki } from "./compact-jws";
import { Jwk } from "./published-documents.schema";

/** The public half of a key of the register, in the forms it is asked for. */
export interface PublicHalf {
  /** RFC 7638 thumbprint: the same for the same key wherever it is made. */
  readonly kid: string;
  readonly jwk: JsonWebKey;
  readonly pem: string;
  readonly key: KeyObject;
}

const halves = new Map<string, PublicHalf>();

export function publicHalf({ spki }: PairKey): PublicHalf {
  const known = halves.get(spki);
  if (known) return known;
  const key = keyFromSpki(spki);
  const jwk = key.export({ format: "jwk" });
  const half = { kid: base64url(sha256(canonical(jwk as Json))), jwk, pem: key.export({ format: "pem", type: "spki" }).toString(), key };
  halves.set(spki, half);
  return half;
}

const published = new Map<string, Jwk>();

/** As it stands in a key set (RFC 7517 section 4): one algorithm in it where there is only one. */
export function jwkOf(key: PairKey, algorithms: readonly UseAlgorithm[]): Jwk {
  const name = [key.spki, ...algorithms].join();
  const before = published.get(name);
  if (before) return before;
  const { kid, jwk } = publicHalf(key);
  const use = algorithms.includes("RSA-OAEP") ? "enc" : "sig";
  const made = Jwk.parse({ ...jwk, kid, use, ...(algorithms.length === 1 && { alg: algorithms[0] }) });
  published.set(name, made);
  return made;
}
