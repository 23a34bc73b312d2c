import { randomBytes } from "node:crypto";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { issueRecordSigningCertificate, serialNumber } from "#lib/x509/certificate-builder";
import { cosignRecord } from "./cosign-record";
import { renewRecord } from "./renew-record";
import { askOcspResponder, fetchRevocationList } from "./revocation-client";
import { drawnSample, keyPair, makeRecorder, sealer, VALIDITY } from "./sealing.under-test";
import { sealPdf } from "./seal-pdf";
import { stampSeal } from "./stamp-seal";
import type { TimeStampAuthority } from "./time-stamp-authority.under-test";
import { timeStampClient } from "./time-stamp-client";

/** What becomes of one sealed record in its life, by the level of PAdES or by what was done to it, with real stamps by the authority. */
export interface LastingRecords {
  /** Whom to trust: the recorder, and the authority of the outside party. */
  readonly recorder: Uint8Array;
  readonly house: Uint8Array;
  /** As sealed in a room without a network (B-B). */
  readonly sealed: Uint8Array;
  /** The same with a time stamp put into its seal later (B-T). */
  readonly stamped: Uint8Array;
  /** With revocation data, and a time stamp over the whole (B-LT and B-LTA, which we write at once). */
  readonly lasting: Uint8Array;
  /** Renewed once more. */
  readonly renewed: Uint8Array;
  /** As sealed, signed by an outside party as well. */
  readonly cosigned: Uint8Array;
  /** And that made to last. */
  readonly cosignedLasting: Uint8Array;
}

/** Makes them. `authority` must say where its revocation list is, so that there is one to be brought. */
export async function lastingRecords(authority: TimeStampAuthority): Promise<LastingRecords> {
  const us = await sealer();
  const house = await makeRecorder({ subject: { commonName: "Outside authority" } });
  const keys = keyPair();
  const certificate = await issueRecordSigningCertificate({
    ...{ issuer: house.certificate, subject: { commonName: "Ada Auditor", organisation: "Outside Ltd" }, spki: keys.spki },
    ...{ sign: house.keys.sign, serial: serialNumber(randomBytes(16)), ...VALIDITY },
  });
  const auditor = { algorithm: "ES256" as const, certificate, chain: [house.certificate], sign: keys.sign };
  const timeStamp = timeStampClient({ url: authority.url, verifier });
  const now = () => new Date();
  const asked = { fetchList: fetchRevocationList, askResponder: askOcspResponder, anchors: [authority.root] };
  const renewed = async (file: Uint8Array) => (await renewRecord(file, { verifier, inflate, timeStamp, now, ...asked })).file;
  const sealed = await sealPdf(await drawnSample(), { signer: us.signer });
  const stamped = await stampSeal(sealed, timeStamp);
  const lasting = await renewed(stamped);
  const cosigned = await cosignRecord(sealed, auditor, now());
  return {
    ...{ recorder: us.recorder.certificate, house: house.certificate, sealed, stamped, lasting, cosigned },
    ...{ renewed: await renewed(lasting), cosignedLasting: await renewed(cosigned) },
  };
}
