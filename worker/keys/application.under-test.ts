import { generateKeyPairSync, randomUUID, sign, type KeyObject } from "node:crypto";
import { thumbprint, type ClientKey } from "#lib/accounts/grant";

/** An application with a key of its own, by which it proves itself. */
export class Application {
  readonly account: string;
  readonly jwk: ClientKey;
  readonly #key: KeyObject;

  constructor(account: string) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.account = account;
    this.jwk = { kty: "EC", crv: "P-256", x, y };
    this.#key = privateKey;
  }

  assertion(audience: string, claims: object = {}, header: object = {}): string {
    const seconds = Math.floor(Date.now() / 1_000);
    const said = { iss: this.account, sub: this.account, aud: audience, jti: randomUUID(), iat: seconds, exp: seconds + 60, ...claims };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${part({ alg: "ES256", kid: thumbprint(this.jwk), ...header })}.${part(said)}`;
    return `${text}.${sign("sha256", Buffer.from(text), { key: this.#key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  }
}
