import { canonical } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import type { Finding } from "#lib/register/findings";
import type { FindingExplanation } from "#lib/register/key-change";
import { ok, refuse, type Result } from "#lib/result";
import { commitTexts } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";
import { asCustodian, type RegisterPorts } from "./propose-key-change";

export type ExplainPorts = Pick<RegisterPorts, "world" | "mode" | "inForce" | "keep"> & {
  readonly findings: () => Promise<readonly Finding[]>;
};

/**
 * Writes down how a finding came about; it closes it once its writer, a custodian, has signed it. Objects as `proposeKeyChange` does;
 * refuses FINDING-EXPLAINED for what is no open finding.
 */
export async function explainFinding(
  ports: ExplainPorts,
  actor: Actor,
  form: { readonly finding: string; readonly says: string },
): Promise<Result<{ readonly hash: string }, Objection>> {
  const custodian = await asCustodian(ports, actor);
  if (!custodian.ok) return custodian;
  const found = (await ports.findings()).find(({ finding, explained }) => finding === form.finding && explained === null);
  if (!found) return refuse({ code: "FINDING-EXPLAINED", facts: { finding: form.finding } });
  const texts = commitTexts(ports.world, `finding/${form.finding}`, { says: { text: form.says, length: "passage" } });
  if (!texts.ok) return texts;
  const explanation: FindingExplanation = {
    v: "claviger/finding-explained/v1",
    mode: ports.mode,
    finding: found.finding,
    token: found.token,
    says: texts.value.commitments.says,
    by: actor.person,
    at: ports.world.now().toISOString(),
  };
  const bytes = canonical(explanation);
  const hash = sha256Hex(bytes);
  await ports.keep({ hash, what: "finding", subject: found.finding, by: actor.person, bytes, openings: texts.value.openings });
  return ok({ hash });
}
