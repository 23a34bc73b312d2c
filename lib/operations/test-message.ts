import type { RecheckContext } from "#lib/ceremony/operation";
import { canonical } from "#lib/log/canonical";

/**
 * What a test signs or encrypts: a document that names its ceremony, its key and its authorised operation, and is fresh. It
 * can therefore never be mistaken for, or used as, a message of anyone's business.
 */
export const testMessage = (operation: string, label: string, context: Pick<RecheckContext, "ceremony" | "ckaId">, nonce: string): Uint8Array =>
  canonical({ domain: "claviger/test-message/v1", operation, ceremony: context.ceremony, authority: context.ckaId, label, nonce });
