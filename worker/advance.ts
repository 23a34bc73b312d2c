import { currentStep, type Ceremony } from "#lib/ceremony/ceremony";
import { append, appendTruth, AGAIN, blocked, WAIT, waitFor, type Acted, type Acting } from "./acting";
import { attachRecorder, whyNot } from "./attach-recorder";
import { closeCeremony, isOver, sealRecord } from "./close-ceremony";
import type { Block, FollowedCeremony } from "./followed-ceremony";
import { forgetBlocked, tidySecrets } from "./gather-secrets";
import { finishOperation, startOperation } from "./perform-step";
import { keepBreak } from "./sit-out";
import { stampMarks } from "./stamp-marks";

/** What the worker saw of itself between two entries, to be noted in the ceremonies it happened to. */
export type Seam = "worker-restarted" | "token-gone" | "database-gone";

/** Whether a seam now would be one in the work: an operation is under way, or its step is open. */
export function isAtWork(ceremony: Ceremony): boolean {
  const current = currentStep(ceremony);
  const open = current?.step.kind === "operation" && current.status === "open";
  return ceremony.recorder !== null && ceremony.phase !== "closed" && (open || ceremony.steps.some((state) => state.started));
}

/**
 * Does the one next thing the worker owes a ceremony, if there is one. Called until it answers "wait"; every call verifies what
 * is new first, so that what is done follows from what is written now.
 */
export async function advance(acting: Acting, followed: FollowedCeremony, seams: Set<Seam>): Promise<Acted> {
  const caughtUp = await followed.catchUp();
  if (!caughtUp.ok) return standsStill(acting, followed, caughtUp.refusal);
  const ceremony = caughtUp.value;
  const why = await whyNot(acting, ceremony);
  if (why) return ceremony.phase === "closed" ? WAIT : standsStill(acting, followed, why);

  await tidySecrets(acting, ceremony);
  if (ceremony.phase === "closed") return sealRecord(acting, followed, ceremony);
  if (!ceremony.recorder) {
    // Nothing of this worker's can have been interrupted before it was there.
    seams.clear();
    return ceremony.phase === "running" ? attachRecorder(acting, followed, ceremony) : WAIT;
  }
  if (ceremony.loggedOut) return (await keepBreak(acting, followed, ceremony)) ?? WAIT;
  if (ceremony.owed) return noteOwed(acting, followed, ceremony.owed);
  const [seam] = seams;
  if (seam !== undefined) {
    seams.delete(seam);
    if (isAtWork(ceremony)) return noteSeam(acting, followed, ceremony, seam);
  }
  if (ceremony.steps.some((state) => state.started)) return finishOperation(acting, followed);
  const onBreak = await keepBreak(acting, followed, ceremony);
  if (onBreak) return onBreak;
  const stamped = await stampMarks(acting, followed, ceremony);
  if (stamped === "written") return AGAIN;
  if (isOver(ceremony)) return stamped === "awaited" ? WAIT : closeCeremony(acting, followed, ceremony);
  return ceremony.phase === "running" ? startOperation(acting, followed, ceremony) : waitFor("PHASE-STOPPED");
}

function standsStill(acting: Acting, { id }: FollowedCeremony, block: Block): Acted {
  forgetBlocked(acting, id, block);
  return blocked(block);
}

/** A listing differs, and the transcript does not say so yet: whichever worker reads that first, before or after a crash, writes it. */
async function noteOwed(acting: Acting, followed: FollowedCeremony, owed: NonNullable<Ceremony["owed"]>): Promise<Acted> {
  const written = await append(acting, followed, "worker-noted", owed);
  return written.ok ? AGAIN : blocked({ code: written.refusal.invariant, facts: written.refusal.facts });
}

async function noteSeam(acting: Acting, followed: FollowedCeremony, ceremony: Ceremony, code: Seam): Promise<Acted> {
  const step = currentStep(ceremony)?.step.step ?? null;
  const written = await appendTruth(acting, followed, "worker-noted", { class: "C", step, code, facts: { worker: acting.worker } });
  if (written.ok) return AGAIN;
  return blocked("block" in written.refusal ? written.refusal.block : { code: written.refusal.refusal.invariant, facts: written.refusal.refusal.facts });
}
