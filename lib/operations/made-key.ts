import type { KeyMention, RecheckContext } from "#lib/ceremony/operation";
import { fromBase64url } from "#lib/log/digest";
import type { KeyUsage } from "#lib/token/template";
import { orderOf } from "./key-order";

interface Made {
  readonly label: string;
  /** CKA_ID, hex. */
  readonly ckaId: string;
  readonly algorithm: string;
  readonly usage: readonly (keyof KeyUsage)[];
}
export type MadePair = Made & { readonly kind: "key-pair"; readonly spki: Uint8Array };
export type MadeSecret = Made & { readonly kind: "secret-key" };
/** A key that this ceremony made, as its outcome says; the only way later operations find one. */
export type MadeKey = MadePair | MadeSecret;

const MAKERS: Readonly<Record<string, KeyMention["kind"]>> = { "generate-key-pair": "key-pair", "generate-secret-key": "secret-key" };

/** Every key made by these outcomes and not destroyed by a later one, oldest first. */
export function madeKeys(earlier: RecheckContext["earlier"]): MadeKey[] {
  const destroyed = new Set(earlier.flatMap(({ request, outcome }) => (request.operation === "destroy-key" ? [outcome["ckaId"]] : [])));
  return everMade(earlier).filter(({ ckaId }) => !destroyed.has(ckaId));
}

function everMade(earlier: RecheckContext["earlier"]): MadeKey[] {
  return earlier.flatMap(({ request, outcome, ckaId }): MadeKey[] => {
    const kind = MAKERS[request.operation];
    const order = kind && orderOf(request, kind).order;
    if (!order) return [];
    const made = { label: order.label, ckaId, algorithm: order.algorithm, usage: order.usage };
    if (kind === "secret-key") return [{ ...made, kind }];
    const spki = outcome["spki"];
    return typeof spki === "string" ? [{ ...made, kind, spki: fromBase64url(spki) }] : [];
  });
}

/** The key of that label made earlier in the ceremony, or null. */
export const madeKey = (earlier: RecheckContext["earlier"], label: string): MadeKey | null =>
  madeKeys(earlier).findLast((key) => key.label === label) ?? null;
