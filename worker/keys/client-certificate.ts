import type { X509Certificate } from "node:crypto";
import { TLSSocket } from "node:tls";
import type { Socket } from "node:net";
import { thumbprint, type EndorsedGrant } from "#lib/accounts/grant";
import { ClientKey } from "#lib/accounts/grant.schema";
import { base64url, sha256 } from "#lib/log/digest";

/** A certificate that a client showed, and by its TLS handshake proved to have the key of. */
export interface ShownCertificate {
  /** RFC 7638 thumbprint of its key. */
  readonly key: string;
  /** SHA-256 of the certificate: what tokens are bound to (RFC 8705, section 3.1). */
  readonly hash: string;
}

/** Null over what is no TLS, without a certificate, and for a key that is of no kind a grant names. */
export function certificateShown(socket: Socket): ShownCertificate | null {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (!certificate) return null;
  const key = ClientKey.safeParse(jwkOf(certificate));
  return key.success ? { key: thumbprint(key.data), hash: base64url(sha256(certificate.raw)) } : null;
}

/** Null for a key that no JWK can say, such as one on a curve of Brainpool. */
function jwkOf(certificate: X509Certificate): unknown {
  try {
    return certificate.publicKey.export({ format: "jwk" });
  } catch {
    return null;
  }
}

/**
 * Whose client it is that shows this certificate (RFC 8705, section 2.2): the account's that it names, when its grant names the
 * certificate's key. No authority is asked: whoever signed the certificate, the custodians signed the key.
 */
export function provedByCertificate(
  account: string | null,
  shown: ShownCertificate,
  grants: ReadonlyMap<string, EndorsedGrant>,
  now: Date,
): EndorsedGrant | null {
  const grant = grants.get(account ?? "");
  if (!grant || now.toISOString() >= grant.grant.until) return null;
  return grant.grant.clients.some((client) => thumbprint(client) === shown.key) ? grant : null;
}
