import type { KeyMention, Outcome, RecheckContext } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import type { Json } from "#lib/log/canonical";
import { ok, refuse, type Result } from "#lib/result";
import type { Token } from "#lib/token/token";
import { madeKey, type MadeKey } from "./made-key";
import type { Executed, OperationRefusal } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { textOf } from "./parameters";
import { readToken, tokenJson } from "./token-json";

export type KeyOf<Kind extends KeyMention["kind"]> = Extract<MadeKey, { kind: Kind }>;

/** The key of this kind that the request names, made earlier in the ceremony. */
export function keyOf<Kind extends KeyMention["kind"]>(
  request: OperationRequest, { earlier }: Pick<RecheckContext, "earlier">, kind: Kind, parameter = "label",
): Result<KeyOf<Kind>, OperationRefusal> {
  const key = madeKey(earlier, textOf(request, parameter));
  return key?.kind === kind ? ok(key as KeyOf<Kind>) : refuse({ call: request.operation, name: "KEY-NOT-MADE-HERE" });
}

/** What work with one earlier key came to: which key, on which token, and what the operation has to say beside. */
export async function workedWith(
  key: MadeKey, token: Token, facts: { readonly [fact: string]: Json },
): Promise<Result<Executed, OperationRefusal>> {
  const outcome = { label: key.label, ckaId: key.ckaId, ...facts, token: await tokenJson(token) };
  return ok({ outcome, recovered: false, destroyed: [] });
}

/** How the outcome of work with one earlier key is read and judged, beside which key and which token it was. */
export interface KeyWork<Kind extends KeyMention["kind"], Said> {
  readonly kind: Kind;
  /** The parameter that names the key: `label`, when this is left out. */
  readonly parameter?: string;
  read(reader: OutcomeReader): Said;
  /** Contradictions in sentences. Called only when everything could be read and the key was made before. */
  judge(said: Said, key: KeyOf<Kind>, request: OperationRequest, context: RecheckContext): string[];
}

/** The recheck of an outcome that `workedWith` made. */
export function recheckKeyWork<Kind extends KeyMention["kind"], Said>(
  request: OperationRequest, outcome: Outcome, context: RecheckContext, work: KeyWork<Kind, Said>,
): string[] {
  const reader = new OutcomeReader(outcome);
  const label = reader.text("label");
  const ckaId = reader.keyId("ckaId");
  const said = work.read(reader);
  readToken(reader.member("token"), context);
  reader.end();
  if (reader.problems.length > 0) return reader.problems;
  const key = keyOf(request, context, work.kind, work.parameter);
  if (!key.ok) return [`no ${work.kind.replace("-", " ")} called ${textOf(request, work.parameter ?? "label")} was made before`];
  const another = label !== key.value.label || ckaId !== key.value.ckaId ? ["it was done with another key"] : [];
  return [...another, ...work.judge(said, key.value, request, context)];
}
