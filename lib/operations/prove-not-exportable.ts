import type { KeyMention, Outcome } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { fromHex } from "#lib/log/digest";
import { ok, refuse } from "#lib/result";
import type { ExportAttempt } from "#lib/token/token";
import { madeKey } from "./made-key";
import type { Execute, Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { labelProblems, mention, textOf, unknownParameters } from "./parameters";
import { readToken, tokenJson } from "./token-json";

const kindOf = (request: OperationRequest): KeyMention["kind"] => (request["key"] === "secret-key" ? "secret-key" : "key-pair");

/**
 * Tries every way PKCS#11 has of getting a key out and shows that each is refused: `{label}`, and `key: secret-key` for a key
 * without a public half. It is an attempt to misuse a key, so it counts as a use and needs a quorum. It shows what the module
 * answers, not what its hardware did.
 */
export const rules: Operation = {
  name: "prove-not-exportable",
  effect: "uses",
  problems: (request) => [
    ...unknownParameters(request, ["label", "key"]),
    ...labelProblems(request),
    ...(["key-pair", "secret-key", undefined].includes(request["key"] as string | undefined) ? [] : ["key is key-pair or secret-key."]),
  ],
  makes: () => [],
  needs: (request) => mention(request, kindOf(request)),
  sentence: (request, token) =>
    `Try every way PKCS#11 has to get the ${kindOf(request) === "key-pair" ? "private" : "secret"} key ${textOf(request, "label")} out of token ${token.serial}, and show that each is refused.`,
  facts: (request) => [{ name: "Key label", value: textOf(request, "label"), measured: true }],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const label = reader.text("label");
    const ckaId = reader.hash("ckaId");
    const verdict = reader.text("verdict");
    const findings = reader.texts("findings");
    const attempts = reader.list("attempts", readAttempt);
    readToken(reader.member("token"), context);
    reader.end();
    const { problems } = reader;
    if (problems.length > 0) return problems;
    const key = madeKey(context.earlier, textOf(request, "label"));
    if (!key) return [`no key called ${textOf(request, "label")} was made before`];
    if (label !== key.label || ckaId !== key.ckaId) problems.push("another key was tried");
    if (verdict !== "not-exportable") problems.push(`the verdict is ${verdict}`);
    if (findings.length > 0) problems.push(`found: ${findings.join(", ")}`);
    if (!attempts.some(({ answer }) => answer === "refused")) problems.push("no attempt was refused");
    for (const { attempt, answer } of attempts) {
      if (answer !== "refused" && answer !== "not offered") problems.push(`${attempt}: ${answer}`);
    }
    return problems;
  },
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

export const execute: Execute = async (token, request, context) => {
  const key = madeKey(context.earlier, textOf(request, "label"));
  if (!key) return refuse({ call: request.operation, name: "KEY-NOT-MADE-HERE" });
  const { verdict, findings, attempts } = await token.proveNotExportable(fromHex(key.ckaId));
  const open = attempts.filter(({ answer }) => answer === "allowed" || answer === "unclear").map(({ attempt }) => attempt);
  if (verdict !== "not-exportable") return refuse({ call: [request.operation, ...open].join(" "), name: verdict.toUpperCase() });
  const outcome = {
    label: key.label,
    ckaId: key.ckaId,
    verdict,
    findings: [...findings],
    attempts: attempts.map(({ attempt, answer, ckr, ckrName }) => ({ attempt, answer, ckr, ckrName })),
    token: await tokenJson(token),
  };
  return ok({ outcome, recovered: false, destroyed: [] });
};
