import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { cosigned, firstRevision } from "#lib/record/archive-revision";
import { readPdf } from "#lib/record/read-pdf";
import { sameBytes } from "#lib/log/digest";
import { readCertificate } from "#lib/x509/certificate";
import { fromPem } from "#lib/x509/pem";
import { padesCms, type PdfSigner } from "./pades-cms";

/** The key, the certificate or both cannot sign as an outside party. */
export class CoSignFault extends Error {
  override readonly name = "CoSignFault";
}

/**
 * The record with one revision more: an outside party's PAdES baseline signature over every byte before it. Nothing before it changes,
 * and nothing is shown on the pages. Throws `Malformed` when the file is no sealed record.
 */
export const cosignRecord = (record: Uint8Array, signer: PdfSigner, now: Date): Promise<Uint8Array> =>
  cosigned(record, readPdf(firstRevision(record)), now.getTime(), (data) => padesCms(data, signer));

const LEAST_RSA_BITS = 2048;

/**
 * Who signs with the key in `keyPem` (PKCS#8, SEC 1 or PKCS#1, not encrypted) and the first certificate of `certificatesPem`; those
 * behind it are the ones above. Throws a `CoSignFault` for a key that is not the certificate's, of a kind that no verifier of ours
 * checks, or a certificate that could not hold the signature now.
 */
export function outsideSigner(keyPem: string, certificatesPem: string, now: Date): PdfSigner {
  const blocks = certificatesPem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const [certificate, ...chain] = blocks.map((block) => fromPem(block, "CERTIFICATE"));
  if (!certificate) throw new CoSignFault("there is no certificate in PEM form");
  const read = readCertificate(certificate);
  const key = privateKey(keyPem);
  const spki = Uint8Array.from(createPublicKey(key).export({ type: "spki", format: "der" }));
  if (!sameBytes(spki, read.spki)) throw new CoSignFault("the key is not the certificate's");
  if (read.authority) throw new CoSignFault("the certificate is an authority's: ask it to certify a key of yours for signatures");
  if (now.getTime() < read.notBefore || now.getTime() > read.notAfter) throw new CoSignFault("the certificate is not valid now");
  return {
    algorithm: algorithmOf(key),
    certificate,
    chain,
    sign: (data) => Promise.resolve(Uint8Array.from(sign("sha256", data, { key, dsaEncoding: "der" }))),
  };
}

type Key = ReturnType<typeof createPrivateKey>;

function privateKey(pem: string): Key {
  try {
    return createPrivateKey(pem);
  } catch {
    // What stands in the file is a secret: nothing of it is repeated.
    throw new CoSignFault("the key cannot be read as a private key in PEM form that is not encrypted");
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: Key): PdfSigner["algorithm"] {
  if (asymmetricKeyType === "ec" && asymmetricKeyDetails?.namedCurve === "prime256v1") return "ES256";
  if (asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_RSA_BITS) return "RS256";
  throw new CoSignFault(`the key is neither on P-256 nor RSA of ${String(LEAST_RSA_BITS)} bits or more`);
}
