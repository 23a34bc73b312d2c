import type { KeyMention, Outcome, RecheckContext } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import type { Json } from "#lib/log/canonical";
import { fromBase64url } from "#lib/log/digest";
import type { KeyUsage } from "#lib/token/template";
import type { AttributeName } from "#lib/token/attributes";
import { KEY_USES } from "./key-order";
import { readObject } from "./object-json";
import { OutcomeReader } from "./outcome-reader";
import { textOf } from "./parameters";

interface Made {
  readonly label: string;
  /** CKA_ID, hex. */
  readonly ckaId: string;
  readonly algorithm: string;
  readonly usage: readonly (keyof KeyUsage)[];
}
export type MadePair = Made & { readonly kind: "key-pair"; readonly spki: Uint8Array };
export type MadeSecret = Made & { readonly kind: "secret-key" };
/** A key that this ceremony made, or found and identified, as its outcome says; the only way later operations find one. */
export type MadeKey = MadePair | MadeSecret;

/** Every key made by these outcomes and not destroyed by a later one, oldest first. */
export function madeKeys(earlier: RecheckContext["earlier"]): MadeKey[] {
  const destroyed =
    new Set(earlier.flatMap(({ outcome }) => ("left" in outcome ? [outcome["ckaId"]] : [])));
  return everMade(earlier).filter(({ ckaId }) => !destroyed.has(ckaId));
}

function everMade(earlier: RecheckContext["earlier"]): MadeKey[] {
  return earlier.flatMap(({ request, outcome, ckaId }): MadeKey[] => {
    if (kindIn(outcome["found"]) !== null) return identified(request, outcome);
    const kind = kindIn(outcome);
    if (kind === null) return [];
    const made = { label: textOf(request, "label"), ckaId, algorithm: textOf(request, "algorithm"), usage: orderedUses(request) };
    if (kind === "secret-key") return [{ ...made, kind }];
    const spki = outcome["spki"];
    return typeof spki === "string" ? [{ ...made, kind, spki: fromBase64url(spki) }] : [];
  });
}

/** Which kind of key is read back in these members of an outcome; null where there is none. */
function kindIn(said: Json | Outcome | undefined): KeyMention["kind"] | null {
  if (typeof said !== "object" || said === null) return null;
  return "privateKey" in said ? "key-pair" : "secretKey" in said ? "secret-key" : null;
}

function orderedUses({ usage }: OperationRequest): (keyof KeyUsage)[] {
  return Array.isArray(usage) ? KEY_USES.filter((use) => usage.includes(use)) : [];
}

/** A key that was there before, by what was read of it: it may do what its attributes say. */
function identified(request: OperationRequest, outcome: Outcome): MadeKey[] {
  const found = new OutcomeReader(outcome["found"] ?? null);
  const kind = request["kind"] === "secret-key" ? "secret-key" : "key-pair";
  const { attributes } = readObject(found.member(kind === "secret-key" ? "secretKey" : "privateKey"));
  const usage = KEY_USES.filter((use) => attributes[use.toUpperCase() as AttributeName] === true);
  const key = { label: textOf(request, "label"), ckaId: new OutcomeReader(outcome).keyId("ckaId"), algorithm: textOf(request, "algorithm"), usage };
  return [kind === "secret-key" ? { ...key, kind } : { ...key, kind, spki: found.bytes("spki") }];
}

/** The key of that label made earlier in the ceremony, or null. */
export const madeKey = (earlier: RecheckContext["earlier"], label: string): MadeKey | null =>
  madeKeys(earlier).findLast((key) => key.label === label) ?? null;
