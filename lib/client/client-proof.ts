import { constants, createHash, createPublicKey, randomUUID, sign, type KeyObject } from "node:crypto";

/** How an application proves to be a client of its account: what it sends to the token endpoint, made anew for each try. */
export interface ClientProof {
  readonly account: string;
  form(audience: string): Record<string, string>;
}

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const ASSERTION_SECONDS = 60;
/** Clocks differ: what is dated a little back is not ahead of anybody's. */
const CLOCK_SECONDS = 5;

/**
 * By a signed assertion (RFC 7523 section 2.2), with an id of its own each time. The key is EC P-256 or RSA, as grants name them.
 * Throws TypeError for any other.
 */
export function provedByKey(account: string, key: KeyObject): ClientProof {
  const algorithm = algorithmOf(key);
  const kid = thumbprint(key);
  return {
    account,
    form(audience) {
      const now = Math.floor(Date.now() / 1_000);
      const claims = { iss: account, sub: account, aud: audience, jti: randomUUID(), iat: now - CLOCK_SECONDS, exp: now + ASSERTION_SECONDS };
      const text = `${part({ alg: algorithm, typ: "JWT", kid })}.${part(claims)}`;
      const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
      const scheme = algorithm === "ES256" ? { key, dsaEncoding: "ieee-p1363" as const } : pss;
      const signature = sign("sha256", Buffer.from(text), scheme).toString("base64url");
      return { grant_type: "client_credentials", client_assertion_type: ASSERTION_TYPE, client_assertion: `${text}.${signature}` };
    },
  };
}

/** By the certificate of its connection (RFC 8705 section 2): nothing more is sent than who it is. */
export const provedByCertificate = (account: string): ClientProof => ({
  account,
  form: () => ({ grant_type: "client_credentials", client_id: account }),
});

function algorithmOf({ type, asymmetricKeyType, asymmetricKeyDetails }: KeyObject): "ES256" | "PS256" {
  if (type === "private" && asymmetricKeyType === "ec" && asymmetricKeyDetails?.namedCurve === "prime256v1") return "ES256";
  if (type === "private" && asymmetricKeyType === "rsa") return "PS256";
  throw new TypeError("a client's key is a private one, EC P-256 or RSA");
}

/** RFC 7638: the members that a public key cannot do without, in the order of their names. */
function thumbprint(key: KeyObject): string {
  const { kty, crv, x, y, n, e } = createPublicKey(key).export({ format: "jwk" });
  const members = kty === "EC" ? { crv, kty, x, y } : { e, kty, n };
  return createHash("sha256").update(JSON.stringify(members)).digest("base64url");
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
