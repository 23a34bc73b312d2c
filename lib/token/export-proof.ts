import type { ObjectReading } from "./attributes";
import type { ExportAttempt, ExportProof } from "./token";

/**
 * What the attempts to get a key out show together with the attributes it reads back. Pure, so that a verifier can judge the same
 * attempts again. `not-exportable` needs: marked so and always marked so, no attempt allowed or unclear, and at least one wrapping
 * mechanism that wrapped a throw-away key and refused this one.
 */
export function judgeExport(key: Pick<ObjectReading, "attributes">, attempts: readonly ExportAttempt[]): ExportProof {
  const { EXTRACTABLE, SENSITIVE, NEVER_EXTRACTABLE, ALWAYS_SENSITIVE } = key.attributes;
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
  return { verdict, findings: [...open, ...unshown].sort(), attempts };
}

function findingOf(attempt: string, markedUnextractable: boolean): string {
  if (attempt.startsWith("read ")) return "GAVE-OUT-PRIVATE-PART";
  if (attempt.startsWith("set ")) return "LET-ATTRIBUTE-BE-LOOSENED";
  if (attempt.startsWith("copy ")) return "LET-COPY-BE-LOOSENED";
  return markedUnextractable ? "WRAPPED-UNEXTRACTABLE-KEY" : "WRAPPED";
}
