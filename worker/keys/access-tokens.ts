import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { EndorsedGrant, Grant } from "#lib/accounts/grant";
import { bytesOf } from "./compact-jws";

/** What an access token stands for. */
export interface Access {
  readonly account: string;
  /** Of the grant's scopes, those that were asked for. */
  readonly scopes: ReadonlySet<string>;
}

/** Every scope of a grant: `operation:alias` for each, and `random`. */
export const scopesOf = ({ keys, random }: Grant): readonly string[] => [
  ...keys.flatMap(({ alias, operations }) => operations.map((operation) => `${operation}:${alias}`)),
  ...(random ? ["random"] : []),
];

/** How long one is good for, in seconds. What it may do is asked of the grant each time, so that a suspension does not wait for it. */
export const TOKEN_SECONDS = 300;

/** What a token says: whose it is, under which edition of the grant, until when, and which of its scopes, by their places. */
const Said = z.strictObject({
  account: z.string(),
  grant: z.string(),
  until: z.int(),
  scopes: z.string().regex(/^[01]*$/),
  /** SHA-256 of the client's certificate that it is bound to (RFC 8705, section 3); null where it was given for an assertion. */
  certificate: z.string().nullable(),
});

/** A token as it travels. */
export const TOKEN = /^[\w-]{1,4000}\.[\w-]{43}$/;

/**
 * Access tokens: what they say, and a MAC by the secret of the installation, so that each of its processes honours what any of them gave
 * and none has to ask the database, which is trusted with nothing. They are good for one edition of a grant: with the next, or when the
 * account's time is over, every token of before is none.
 */
export class AccessTokens {
  readonly #secret: Uint8Array;
  readonly #context: string;

  /** `secret` is shared by processes; null for one of this process alone. `context` is where tokens are good, such as the origin and the mode. */
  constructor(secret: Uint8Array | null, context: string) {
    this.#secret = secret ?? randomBytes(32);
    this.#context = context;
  }

  /** A token for some scopes of a grant; those that the grant does not have are not in it. */
  give({ grant, hash }: EndorsedGrant, scopes: readonly string[], now: number, certificate: string | null = null): string {
    const said: z.infer<typeof Said> = {
      account: grant.account,
      grant: hash,
      until: now + TOKEN_SECONDS * 1_000,
      scopes: scopesOf(grant).map((scope) => (scopes.includes(scope) ? "1" : "0")).join(""),
      certificate,
    };
    const text = Buffer.from(JSON.stringify(said)).toString("base64url");
    return `${text}.${this.#mac(text).toString("base64url")}`;
  }

  /** Null for one that was never given, whose time is over, of an edition that is not in force, or shown without its certificate. */
  find(token: string, grants: ReadonlyMap<string, EndorsedGrant>, now: number, certificate: string | null = null): Access | null {
    const [text = "", tail = ""] = token.split(".");
    const mac = bytesOf(tail);
    if (!TOKEN.test(token) || mac?.length !== 32 || !timingSafeEqual(mac, this.#mac(text))) return null;
    const { account, grant: hash, until, scopes, certificate: bound } = Said.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    const grant = grants.get(account);
    if (grant?.hash !== hash || until <= now || (bound !== null && bound !== certificate)) return null;
    return { account, scopes: new Set(scopesOf(grant.grant).filter((_, i) => scopes[i] === "1")) };
  }

  #mac(text: string): Buffer {
    return createHmac("sha256", this.#secret).update(`claviger/access-token/v1\n${this.#context}\n${text}`).digest();
  }
}
