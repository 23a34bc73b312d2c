import type { z } from "zod";
import { hashOf, type Json } from "../log/canonical";
import type { Act as ActSchema, OperationRequest as OperationRequestSchema, QuorumRule as QuorumRuleSchema } from "./script.schema";
import type { Script as ScriptSchema, Step as StepSchema } from "./script.schema";

/** The reviewed text of a ceremony: acts of steps. Read from YAML by lib/script-source, canonicalised and hashed here. */
export type Script = z.infer<typeof ScriptSchema>;
export type Act = z.infer<typeof ActSchema>;
export type Step = z.infer<typeof StepSchema>;
export type StepKind = Step["kind"];
export type OperationStep = Extract<Step, { kind: "operation" }>;
export type QuorumRule = z.infer<typeof QuorumRuleSchema>;
/** `{operation: "generate-key-pair", …parameters}`: what a step asks of the token. */
export type OperationRequest = z.infer<typeof OperationRequestSchema> & { readonly [parameter: string]: Json };

/** SHA-256 of the canonical script, hex: what a reviewed script is known by. */
export const scriptHash = (script: Script): string => hashOf(script as unknown as Json);

/** All steps in the order they are performed. */
export const stepsOf = (script: Script): readonly Step[] => script.acts.flatMap((act) => act.steps);

/** The step of that id, or null. */
export const stepOf = (script: Script, id: string): Step | null => stepsOf(script).find((step) => step.step === id) ?? null;

/** The operations a step asks of the token, in order; none for every other kind of step. */
export const operationsOf = (step: Step): readonly OperationRequest[] =>
  step.kind === "operation" ? (step.operations as OperationRequest[]) : [];

/** The approval rule in force for a step: its own, else the script's. */
export const quorumRuleOf = (script: Script, step: Step): QuorumRule =>
  (step.kind === "operation" ? step.quorum : undefined) ?? script.quorum;

/** "3 of 5 custodians, among them 1 security officer". */
export function ruleInWords(rule: QuorumRule): string {
  const groups = (rule.and ?? []).map(({ group, approve }) => `${String(approve)} ${group.replaceAll("-", " ")}`);
  const among = groups.length > 0 ? `, among them ${groups.join(" and ")}` : "";
  return `${String(rule.approve)} of ${String(rule.of)} custodians${among}`;
}
