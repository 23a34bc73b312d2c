import { z } from "zod";
import { ok, refuse, type Result } from "#lib/result";

export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** What the token endpoint reads (RFC 6749 section 4.4, RFC 7523 section 2.2, RFC 8705 section 2); what it does not know it passes over. */
export const TokenForm = z.object({
  grant_type: z.literal("client_credentials"),
  client_assertion_type: z.literal(ASSERTION_TYPE).optional(),
  client_assertion: z.string().max(16_384).describe("A JWT that a key of the grant signed. Without one, a client is who its TLS certificate names.").optional(),
  client_id: z.string().max(200).describe("The account, where the TLS certificate is the proof.").optional(),
  scope: z.string().max(16_384).describe("Less than the whole grant, such as: sign:jwt random").optional(),
});
export type TokenForm = z.infer<typeof TokenForm>;

export interface FormError {
  readonly error: "invalid_request" | "unsupported_grant_type";
  readonly description: string;
}

/** A form as it was sent. Refuses one that says something twice (RFC 6749 section 3.2), since others may go by the other. */
export function readTokenForm(body: string): Result<TokenForm, FormError> {
  const said = new URLSearchParams(body);
  const names = [...said.keys()];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return refuse({ error: "invalid_request", description: "no parameter is said twice" });
  // One that is empty is as one that is left out (RFC 6749 section 3.1).
  const read = TokenForm.safeParse(Object.fromEntries([...said].filter(([, value]) => value !== "")));
  if (read.success) return ok(read.data);
  const wrong = read.error.issues[0]?.path[0];
  if (wrong === "grant_type") return refuse({ error: "unsupported_grant_type", description: "grant_type is client_credentials" });
  if (wrong === "client_assertion_type") return refuse({ error: "invalid_request", description: `client_assertion_type is ${ASSERTION_TYPE}` });
  return refuse({ error: "invalid_request", description: `${String(wrong)} is longer than is read here` });
}
