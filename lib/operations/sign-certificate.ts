import type { OperationRequest } from "#lib/ceremony/script";
import { fromHex, sameBytes } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import type { Token } from "#lib/token/token";
import { readCertificate } from "#lib/x509/certificate";
import { serialNumber, signedBody } from "#lib/x509/certificate-builder";
import { bodyOf, certificateProblems, type CertificateOrder } from "./certificate-profile";
import type { MadePair } from "./made-key";
import type { OperationRefusal, VerifySignature } from "./operation";

/** A serial number of the token's own random bytes; null from a module that gives too few, or the same ones twice. */
export async function freshSerial(token: Token): Promise<Uint8Array | null> {
  const [random, again] = [await token.random(16), await token.random(16)];
  return random.length !== 16 || sameBytes(random, again) ? null : serialNumber(random);
}

const NO_SIGNATURE = Uint8Array.of(0);

/**
 * Has the issuer's key sign what was ordered. The bytes are read back and held against the order before the key sees them, and
 * the certificate again afterwards: a signature cannot be taken back. Refuses what is not as ordered and what does not verify.
 */
export async function signCertificate(
  token: Token,
  request: OperationRequest,
  issuer: Pick<MadePair, "ckaId" | "spki">,
  order: CertificateOrder,
  verify: VerifySignature,
): Promise<Result<Uint8Array, OperationRefusal>> {
  const no = (name: string) => refuse({ call: request.operation, name });
  const body = bodyOf(order);
  const unsigned = readCertificate(signedBody(body, order.algorithm, NO_SIGNATURE));
  if (certificateProblems(unsigned, order).length > 0) return no("CERTIFICATE-NOT-AS-ORDERED");
  const signature = await token.sign(fromHex(issuer.ckaId), order.algorithm, body);
  const certificate = readCertificate(signedBody(body, order.algorithm, signature));
  if (!sameBytes(certificate.signed, body) || certificateProblems(certificate, order).length > 0) {
    return no("CERTIFICATE-NOT-AS-ORDERED");
  }
  return (await verify(order.algorithm, issuer.spki, body, signature)) ? ok(certificate.der) : no("SIGNATURE-NOT-GOOD");
}
