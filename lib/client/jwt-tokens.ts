import type { CallOptions } from "./calls";
import type { ClavigerClient, Issued, SignatureAlgorithm } from "./claviger-client";
import type { TokenVerifier, Verified } from "./token-verifier";

/** What tokens are issued by. */
export interface Issuing {
  /** Alias or id of the key. */
  readonly key: string;
  readonly audience: string;
  readonly algorithm?: SignatureAlgorithm | undefined;
}

/** Tokens of one application: issued by the HSM, verified without it. */
export class JwtTokens {
  readonly #client: ClavigerClient;
  readonly #verifier: TokenVerifier;
  readonly #issuing: Issuing;

  constructor(client: ClavigerClient, verifier: TokenVerifier, issuing: Issuing) {
    [this.#client, this.#verifier, this.#issuing] = [client, verifier, issuing];
  }

  /** A token that says these claims, which its grant has to name. It ends when the grant says, within fifteen minutes. */
  issue(claims: object, options: CallOptions = {}): Promise<Issued> {
    const { key, audience, algorithm } = this.#issuing;
    return this.#client.issueToken(key, { ...options, claims, audience, ...(algorithm && { algorithm }) });
  }

  /** Whether a token is good, and then what it says. */
  verify(token: unknown, options: CallOptions = {}): Promise<Verified> {
    return this.#verifier.verify(token, options);
  }
}
