import type { LeavingReadings } from "./attributes";
import type { ExportAttempt, ExportProof } from "./token";

/**
 * What the attempts to get a key out show together with the attributes it reads back. Pure, so that a verifier can judge the same
 * attempts again. `not-exportable` needs: marked so and always marked so, no attempt allowed or unclear, and at least one wrapping
 * mechanism that wrapped a throw-away key and refused this one. LOCAL is told and decides nothing: modules differ in when they
 * set it, and a key that came from elsewhere reads neither always sensitive nor never extractable (PKCS#11 2.40, section 4.9).
 */
export function judgeExport(key: { readonly attributes: LeavingReadings }, attempts: readonly ExportAttempt[]): ExportProof {
  const { LOCAL, SENSITIVE, ALWAYS_SENSITIVE, EXTRACTABLE, NEVER_EXTRACTABLE } = key.attributes;
  const open = new Set<string>();
  if (EXTRACTABLE !== false) open.add("MARKED-EXTRACTABLE");
  if (SENSITIVE !== true) open.add("MARKED-NOT-SENSITIVE");
  for (const { attempt, answer } of attempts) if (answer === "allowed") open.add(findingOf(attempt, EXTRACTABLE === false));
  const unshown = new Set<string>();
  if (NEVER_EXTRACTABLE !== true) unshown.add("NOT-ALWAYS-UNEXTRACTABLE");
  if (ALWAYS_SENSITIVE !== true) unshown.add("NOT-ALWAYS-SENSITIVE");
  if (attempts.some(({ answer }) => answer === "unclear")) unshown.add("UNCLEAR-ANSWER");
  if (!attempts.some(({ attempt, answer }) => attempt.startsWith("wrap by ") && answer !== "not offered")) unshown.add("WRAPPING-NOT-TRIED");
  if (!attempts.some(({ attempt }) => attempt.startsWith("read "))) unshown.add("READING-NOT-TRIED");
  const verdict = open.size > 0 ? "exportable" : unshown.size > 0 ? "not-shown" : "not-exportable";
  const attributes = { LOCAL, SENSITIVE, ALWAYS_SENSITIVE, EXTRACTABLE, NEVER_EXTRACTABLE };
  return { verdict, findings: [...open, ...unshown].sort(), attributes, attempts };
}

function findingOf(attempt: string, markedUnextractable: boolean): string {
  if (attempt.startsWith("read ")) return "GAVE-OUT-PRIVATE-PART";
  if (attempt.startsWith("set ")) return "LET-ATTRIBUTE-BE-LOOSENED";
  if (attempt.startsWith("copy ")) return "LET-COPY-BE-LOOSENED";
  return markedUnextractable ? "WRAPPED-UNEXTRACTABLE-KEY" : "WRAPPED";
}
