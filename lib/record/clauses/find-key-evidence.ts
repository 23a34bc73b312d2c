import { entryHash } from "../../ceremony/entry";
import type { OperationEffect } from "../../ceremony/operation";
import { inventoryOf } from "../../operations/list-keys";
import type { Finder, Told } from "./clause";
import { newestOpening, ordered, performedBy, scriptSteps, those, type PerformedOperation } from "./find-evidence";

/** The making of each key, with its outcome. */
export const makings = (told: Told): PerformedOperation[] => performedBy(told, ({ operation }) => told.effect(operation) === "creates");

/**
 * That people agreed to each operation with one of these effects, each with their own passkey, and no fewer than so many of them:
 * its beginning, the approvals that it names, its outcome. Nothing when there is one of which it does not hold.
 */
export const agreedTo = (effects: readonly OperationEffect[], least = 1): Finder => (told) => {
  const approvals = those(told, "step-approved");
  const found = performedBy(told, ({ operation }) => effects.some((effect) => told.effect(operation) === effect)).map(({ seq, began }) => {
    const named = began.body.approvals.map((one) => approvals.find((approval) => approval.seq === one));
    const people = new Set(named.flatMap((one) => one?.body.statement.person ?? []));
    return named.every((one) => one) && people.size >= least ? [began.seq, ...began.body.approvals, seq] : [];
  });
  return found.every((seqs) => seqs.length > 0) ? ordered(found.flat()) : [];
};

/**
 * That one of these operations was done on each key that the ceremony made, once it was there; where it made none, on any key at
 * all. Nothing when one key was left out.
 */
export const onEachKey = (...operations: readonly string[]): Finder => (told) => {
  const found = performedBy(told, ({ operation }) => operations.includes(operation));
  const leftOut = makings(told).some((made) => !found.some(({ seq, request }) => seq > made.seq && request["label"] === made.request["label"]));
  return leftOut ? [] : found.map(({ seq }) => seq);
};

/** Each backup that was made, and that it was then verified or restored, by its name. */
export const backupsLookedAt: Finder = (told) => {
  const made = performedBy(told, ({ operation }) => operation === "backup-token");
  const looked = performedBy(told, ({ operation }) => operation === "verify-backup" || operation === "restore-test");
  const found = made.map(({ seq, request }) => {
    const after = looked.filter((one) => one.seq > seq && one.request["backup"] === request["backup"]);
    return after.length > 0 ? [seq, ...after.map((one) => one.seq)] : [];
  });
  return found.every((seqs) => seqs.length > 0) ? ordered(found.flat()) : [];
};

/**
 * The making of keys, and a listing of the token behind all of them that found nothing there that nobody accounts for, nothing gone
 * and nothing changed.
 */
export const keysHeldAgainstListings: Finder = (told) => {
  const made = makings(told).map(({ seq }) => seq);
  const listed = performedBy(told, ({ operation, token }) => operation === "list-keys" && token === undefined).at(-1);
  if (made.length === 0 || !listed || listed.seq < Math.max(...made)) return [];
  const { unexpected, missing, changed } = inventoryOf(listed.ended.body.outcome);
  return unexpected.length + missing.length + changed.length === 0 ? [...made, listed.seq] : [];
};

/**
 * Every secret that operations needed came in two parts, of two people, under the worker's call for it: both parts of each, and the
 * outcome that used them.
 */
export const splitSecrets: Finder = (told) => {
  const parts = those(told, "secret-part-entered");
  const found = performedBy(told, () => true).flatMap(({ seq, began, ended: { body } }) => {
    const call = those(told, "secrets-invited").findLast((one) => one.seq < began.seq && one.body.step === body.step && one.body.index === body.index);
    if (!call || call.seq < newestOpening(body.step, told)) return [];
    const entered = parts.filter(({ body: { statement } }) => statement.part?.invitation === entryHash(call));
    const halves = call.body.secrets.map(({ secret }) => entered.filter(({ body: { statement } }) => statement.part?.secret === secret));
    const isSplit = halves.every((half) =>
      new Set(half.map(({ body }) => body.statement.part?.part)).size === 2 && new Set(half.map(({ by }) => by)).size === half.length);
    return [isSplit ? [...halves.flat().map((half) => half.seq), seq] : []];
  });
  return found.every((seqs) => seqs.length > 0) ? ordered(found.flat()) : [];
};

/**
 * The whole making of every key was filmed: a film begins before it, by a step that says so, and ends behind it, where it is named
 * by the hash of its file. Without that nobody could say later which film it was.
 */
export const filmed: Finder = (told) => {
  const at = (recording: "starts" | "stops") => {
    const steps = scriptSteps(told).filter((step) => step.kind === "evidence" && step.recording === recording).map(({ step }) => step);
    return those(told, "evidence-noted").filter(({ seq, body }) => steps.includes(body.step) && seq > newestOpening(body.step, told));
  };
  const [starts, stops] = [at("starts"), at("stops")];
  const found = makings(told).map(({ seq, began }) => {
    const start = starts.findLast((one) => one.seq < began.seq);
    const stop = stops.find((one) => one.seq > (start?.seq ?? 0));
    const isNamed = stop && (stop.body.sha256 !== null || stop.body.files !== undefined);
    return start && isNamed && stop.seq > seq ? [start.seq, stop.seq] : [];
  });
  return found.every((seqs) => seqs.length > 0) ? ordered(found.flat()) : [];
};
