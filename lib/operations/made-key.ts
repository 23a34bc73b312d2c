import type { KeyMention, RecheckContext } from "#lib/ceremony/operation";
import { fromBase64url } from "#lib/log/digest";
import type { KeyUsage } from "#lib/token/template";
import { orderOf } from "./key-order";

/** A key that this ceremony made, as its outcome says; the only way later operations find one. */
export interface MadeKey {
  readonly label: string;
  /** CKA_ID, hex. */
  readonly ckaId: string;
  readonly algorithm: string;
  readonly usage: readonly (keyof KeyUsage)[];
  /** SPKI of a pair; null for a secret key. */
  readonly spki: Uint8Array | null;
}

const MAKERS: Readonly<Record<string, KeyMention["kind"]>> = { "generate-key-pair": "key-pair", "generate-secret-key": "secret-key" };

/** Every key made by these outcomes, oldest first. */
export function madeKeys(earlier: RecheckContext["earlier"]): MadeKey[] {
  return earlier.flatMap(({ request, outcome, ckaId }) => {
    const kind = MAKERS[request.operation];
    if (!kind) return [];
    const { order } = orderOf(request, kind);
    if (!order) return [];
    const spki = outcome["spki"];
    return [{ label: order.label, ckaId, algorithm: order.algorithm, usage: order.usage, spki: typeof spki === "string" ? fromBase64url(spki) : null }];
  });
}

/** The key of that label made earlier in the ceremony, or null. */
export const madeKey = (earlier: RecheckContext["earlier"], label: string): MadeKey | null =>
  madeKeys(earlier).findLast((key) => key.label === label) ?? null;
