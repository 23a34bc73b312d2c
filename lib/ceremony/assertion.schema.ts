import { z } from "zod";
import { Base64url } from "./roster.schema";

/** A WebAuthn assertion as the authenticator gave it (W3C WebAuthn section 6.3.3), base64url. */
export const Assertion = z.strictObject({
  credentialId: Base64url.min(1),
  authenticatorData: Base64url.min(1),
  clientDataJSON: Base64url.min(1),
  signature: Base64url.min(1),
});
