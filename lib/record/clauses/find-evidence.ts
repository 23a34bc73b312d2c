import type { Body, Entry, EntryKind, EntryOf } from "../../ceremony/entry";
import type { OperationEffect } from "../../ceremony/operation";
import { stepsOf, type OperationRequest, type Script, type Step } from "../../ceremony/script";
import { stepNamed } from "../step-named";
import type { Finder, Told } from "./clause";

/** Where nothing in a ceremony can speak to a clause. */
export const nothing: Finder = () => [];

/** What every one of these finds; nothing when one of them finds nothing. */
export const all = (...finders: readonly Finder[]): Finder => (told) => {
  const found = finders.map((find) => find(told));
  return found.every((seqs) => seqs.length > 0) ? ordered(found.flat()) : [];
};

/** What any of these finds. */
export const any = (...finders: readonly Finder[]): Finder => (told) => ordered(finders.flatMap((find) => find(told)));

/** The opening, where that holds of it: script, roster, roles, and who was ready stand in it. */
export const opening = (holds: (body: Body<"ceremony-opened">) => boolean = () => true): Finder => ({ opened }) =>
  opened && holds(opened.body) ? [opened.seq] : [];

export const ofKind =
  <K extends EntryKind>(kind: K, holds: (entry: EntryOf<K>, told: Told) => boolean = () => true): Finder =>
  (told) => those(told, kind).flatMap((entry) => (holds(entry, told) ? [entry.seq] : []));

/** That the ceremony went to its end by its script. */
export const completed: Finder = ofKind("ceremony-closed", ({ body }) => body.result === "completed");

/** The entries of a kind, in order. */
export const those = <K extends EntryKind>({ entries }: Pick<Told, "entries">, kind: K): EntryOf<K>[] =>
  entries.flatMap((entry) => (entry.kind === kind ? [entry as EntryOf<K>] : []));

/** Outcomes that the recorder signed, of operations with one of these names. */
export const done = (...operations: readonly string[]): Finder => (told) =>
  performedBy(told, ({ operation }) => operations.includes(operation)).map(({ seq }) => seq);

/** The same, of all operations with that effect. */
export const doneWith = (effect: OperationEffect): Finder => (told) =>
  performedBy(told, ({ operation }) => told.effect(operation) === effect).map(({ seq }) => seq);

/** An operation that came to its outcome: both entries, and what was asked of the token. */
export interface PerformedOperation {
  readonly seq: number;
  readonly began: EntryOf<"operation-started">;
  readonly ended: EntryOf<"operation-done">;
  readonly request: OperationRequest;
}

/** The operations of that kind that came to an outcome, in order; none of which the beginning is not there. */
export const performedBy = (told: Told, holds: (request: OperationRequest) => boolean): PerformedOperation[] =>
  those(told, "operation-done").flatMap((ended) => {
    const { seq, body: { step, index } } = ended;
    const began = those(told, "operation-started").findLast((one) => one.seq < seq && one.body.step === step && one.body.index === index);
    const request = began?.body.request as OperationRequest | undefined;
    return began && request && holds(request) ? [{ seq, began, ended, request }] : [];
  });

/** Whoever answers for the section in the script: acts, steps, or members of its header. Nothing when one of them has no entry. */
export const section = (name: SectionName): Finder => (told) => {
  const script = told.opened?.body.script;
  const found = answersOf(told, name).map((id) => performed(id, told) ?? (script && Object.hasOwn(script, id) ? opening()(told) : []));
  return found.every((seqs) => seqs.length > 0) ? ordered(found.flat()) : [];
};

/** The same of what was done in the room alone: that the header speaks of a thing shows nothing of it. */
export const performedSection = (name: SectionName): Finder => (told) => {
  const found = answersOf(told, name).flatMap((id) => {
    const seqs = performed(id, told);
    return seqs === null ? [] : [seqs];
  });
  return found.every((seqs) => seqs.length > 0) ? ordered(found.flat()) : [];
};

export type SectionName = keyof NonNullable<Script["sections"]>;

function answersOf({ opened }: Told, name: SectionName): readonly string[] {
  const answer = opened?.body.script.sections?.[name];
  return answer && !("omitted" in answer) ? answer : [];
}

/** What was done at an act or a step, of that id; none unless each step of it was done. Null where there is neither. */
function performed(id: string, told: Told): readonly number[] | null {
  const steps = told.opened?.body.script.acts.find(({ act }) => act === id)?.steps ?? scriptSteps(told).filter(({ step }) => step === id);
  if (steps.length === 0) return null;
  const deeds = steps.map(({ step }) => deedsAt(step, told));
  return deeds.every((seqs) => seqs.length > 0) ? deeds.flat() : [];
}

export const scriptSteps = ({ opened }: Told): readonly Step[] => (opened ? stepsOf(opened.body.script) : []);

/** Entries by which a step is done; that somebody opened it, initialled or doubted it is not among them. */
const DEEDS: readonly EntryKind[] = [
  "step-acknowledged", "identity-checked", "value-entered", "evidence-noted", "operation-done", "signed-off",
  "step-papered", "break-begun", "break-ended",
];

/** What was done at a step under its newest opening. None while it is not over, for what one did of it might not be all of it. */
function deedsAt(step: string, told: Told): readonly number[] {
  const opened = newestOpening(step, told);
  const isOver = completed(told).length > 0 || those(told, "step-opened").some(({ seq, body }) => seq > opened && body.step !== step);
  const isDeed = (entry: Entry) => DEEDS.includes(entry.kind) && entry.seq > opened && stepNamed(entry) === step;
  return isOver ? told.entries.filter(isDeed).map(({ seq }) => seq) : [];
}

/** The entry that opened a step last: what people did under an earlier opening counts no more. */
export const newestOpening = (step: string, told: Told): number =>
  those(told, "step-opened").findLast(({ body }) => body.step === step)?.seq ?? 0;

export const ordered = (seqs: readonly number[]): number[] => [...new Set(seqs)].sort((a, b) => a - b);
