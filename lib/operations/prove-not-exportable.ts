import type { Outcome } from "#lib/ceremony/operation";
import { fromHex } from "#lib/log/digest";
import { refuse } from "#lib/result";
import type { ExportAttempt } from "#lib/token/token";
import { eitherKindProblems, kindOf } from "./key-kind";
import { keyOf, recheckKeyWork, workedWith } from "./key-work";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { mention, textOf } from "./parameters";

/**
 * Tries every way PKCS#11 has of getting a key out and shows that each is refused: `{label}`, and `key: secret-key` for a key
 * without a public half. It is an attempt to misuse a key, so it counts as a use and needs a quorum. It shows what the module
 * answers, not what its hardware did.
 */
export const proveNotExportable: Operation = {
  name: "prove-not-exportable",
  effect: "uses",
  problems: (request) => eitherKindProblems(request),
  makes: () => [],
  needs: (request) => mention(request, kindOf(request)),
  world: (request) => [{ event: "key-proven-inside", label: textOf(request, "label") }],
  sentence: (request, token) =>
    `Try every way PKCS#11 has to get the ${kindOf(request) === "key-pair" ? "private" : "secret"} key ${textOf(request, "label")} ` +
    `out of token ${token.serial}, and show that each is refused.`,
  sentenceIn: {
    de: (request, token) =>
      `Jeden Weg versuchen, den PKCS#11 hat, um den ${kindOf(request) === "key-pair" ? "privaten" : "geheimen"} Schlüssel ${textOf(request, "label")} ` +
      `aus Token ${token.serial} zu holen, und zeigen, dass jeder verweigert wird.`,
  },
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck: (request, outcome, context) =>
    recheckKeyWork(request, outcome, context, {
      kind: kindOf(request),
      read: (reader) => ({
        verdict: reader.text("verdict"),
        findings: reader.texts("findings"),
        attempts: reader.list("attempts", readAttempt),
      }),
      judge({ verdict, findings, attempts }) {
        const problems: string[] = [];
        if (verdict !== "not-exportable") problems.push(`the verdict is ${verdict}`);
        if (findings.length > 0) problems.push(`found: ${findings.join(", ")}`);
        if (!attempts.some(({ answer }) => answer === "refused")) problems.push("no attempt was refused");
        for (const { attempt, answer } of attempts) {
          if (answer !== "refused" && answer !== "not offered") problems.push(`${attempt}: ${answer}`);
        }
        return problems;
      },
    }),
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    return {
      facts: [
        { name: "Key label", value: reader.text("label"), measured: true },
        { name: "Verdict", value: reader.text("verdict") === "not-exportable" ? "no way out was found" : reader.text("verdict") },
        ...attemptsIn(outcome).map(({ attempt, answer, ckrName }) => ({
          name: attempt,
          value: answer === "refused" ? `refused, ${ckrName}` : answer,
          measured: true,
        })),
      ],
      attributes: [],
      fingerprint: null,
    };
  },
  async execute(token, request, context) {
    const key = keyOf(request, context, kindOf(request));
    if (!key.ok) return key;
    const { verdict, findings, attempts } = await token.proveNotExportable(fromHex(key.value.ckaId));
    const open = attempts.filter(({ answer }) => answer === "allowed" || answer === "unclear").map(({ attempt }) => attempt);
    if (verdict !== "not-exportable") {
      return refuse({ call: [request.operation, ...open].join(" "), name: verdict.toUpperCase() });
    }
    return workedWith(key.value, token, {
      verdict,
      findings: [...findings],
      attempts: attempts.map(({ attempt, answer, ckr, ckrName }) => ({ attempt, answer, ckr, ckrName })),
    });
  },
};

function readAttempt(reader: OutcomeReader): ExportAttempt {
  const attempt = reader.text("attempt");
  const answer = reader.text("answer") as ExportAttempt["answer"];
  const ckr = reader.any("ckr");
  const ckrName = reader.text("ckrName");
  reader.end();
  if (ckr !== null && typeof ckr !== "number") reader.problems.push(`${attempt}: the return code is not a number`);
  return { attempt, answer, ckr: typeof ckr === "number" ? ckr : null, ckrName };
}

const attemptsIn = (outcome: Outcome): ExportAttempt[] => new OutcomeReader(outcome).list("attempts", readAttempt);
