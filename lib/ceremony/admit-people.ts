import { ok, refuse, type Result } from "../result";
import { canPerform } from "./admit-opened";
import { currentStep, roleOf, type Ceremony } from "./ceremony";
import { deviationBy, mustBe, withStep } from "./change-step";
import { settled } from "./complete-step";
import type { Entry, EntryOf } from "./entry";
import type { Approval } from "./quorum";
import { whyNotReady } from "./readiness";
import { no, type Refusal } from "./refusal";
import { personOf } from "./roster";

/**
 * Who is noted as away does nothing but say that they, or others, are back, and stop the room; who came later does nothing but
 * stop it before a witness has checked them. Neither takes anything from anybody else: whoever owns the app can hinder people so,
 * and cannot act in their place.
 */
export function checkPresence(ceremony: Ceremony, { kind, by }: Entry): Result<null, Refusal> {
  const always: readonly Entry["kind"][] = ["ceremony-stopped", "clock-compared"];
  if (always.includes(kind)) return ok(null);
  if (ceremony.unchecked.includes(by)) return no("IDENTITY-FIRST", { person: by, kind });
  if (ceremony.away.includes(by) && kind !== "presence-noted") return no("PRESENT-ACTS", { person: by, kind });
  return ok(null);
}

/** Somebody is late, has left, or is back. What waits for everybody does not wait for who is away. */
export function admitPresence(ceremony: Ceremony, entry: EntryOf<"presence-noted">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator", "witness"], "note who is there");
  if (!may.ok) return may;
  const { person, present } = entry.body;
  if (roleOf(ceremony, person) === null) return no("ROLE-MAY", { person, act: "be noted as there or away: not a participant" });
  if (present !== ceremony.away.includes(person)) return no("ACT-ONCE", { person, act: present ? "is there" : "is away" });
  const away = present ? ceremony.away.filter((one) => one !== person) : [...ceremony.away, person];
  return ok(settled({ ...ceremony, away }, entry.at));
}

/**
 * A stand-in of the same roster takes somebody's place, in the same role. Nobody signs for it, so it gives nothing away: the
 * stand-in acts with a passkey that the roster has, the cast must still be able to perform the script, what an open operation was
 * agreed to so far counts no more, and whoever was replaced never comes back, in no role.
 */
export function admitReplaced(ceremony: Ceremony, entry: EntryOf<"person-replaced">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator", "witness"], "call a stand-in");
  if (!may.ok) return may;
  const { leaves, arrives, role, deviation } = entry.body;
  if (ceremony.steps.some(({ started }) => started)) return no("STEP-ORDER", { problem: "an operation is under way" });
  const standIn = checkStandIn(ceremony, entry);
  if (!standIn.ok) return standIn;
  const unready = role === "custodian" ? whyNotReady(ceremony, arrives, entry.at) : null;
  if (unready) return refuse(unready);
  const noted = deviationBy(ceremony, deviation);
  if (!noted || ceremony.replaced.some((one) => one.deviation === deviation)) return no("STAND-IN-DEVIATION", { deviation });

  const participants = ceremony.participants.map((one) => (one.person === leaves ? { person: arrives, role } : one));
  const cast = canPerform(ceremony.script, ceremony.roster, participants);
  if (!cast.ok) return cast;
  const without = (people: readonly string[]) => people.filter((person) => person !== leaves);
  const replaced = [...ceremony.replaced, { ...entry.body, seq: entry.seq, at: entry.at, by: entry.by }];
  // Who goes takes along what they agreed to: going on is agreed to by those who stay.
  const stays = (approval: Approval) => approval.person !== leaves;
  const stopped = ceremony.stopped && { ...ceremony.stopped, approvals: ceremony.stopped.approvals.filter(stays) };
  const after = { ...ceremony, stopped, participants, replaced, away: without(ceremony.away), unchecked: [...without(ceremony.unchecked), arrives] };
  return ok(haltedFor(after, ["operation", "check"]));
}

function checkStandIn(ceremony: Ceremony, { by, body }: EntryOf<"person-replaced">): Result<null, Refusal> {
  const { leaves, arrives, role } = body;
  if (roleOf(ceremony, leaves) !== role) return no("STAND-IN", { person: leaves, role, problem: "does not have this role" });
  if (by === leaves) return no("STAND-IN", { person: leaves, problem: "nobody names their own stand-in" });
  if (roleOf(ceremony, arrives) !== null) return no("ROLE-ONE", { person: arrives });
  if (ceremony.replaced.some((one) => one.leaves === arrives)) return no("STAND-IN", { person: arrives, problem: "was replaced before" });
  const known = personOf(ceremony.roster, arrives);
  if (!known?.roles.includes(role)) return no("ROLE-ALLOWED", { person: arrives, role });
  if (known.passkeys.length === 0 && role !== "auditor") return no("CAST-COMPLETE", { person: arrives, problem: "no passkey" });
  return ok(null);
}

/** What people agreed to, read or signed before somebody was replaced, the room was left or a sheet was noted, is asked for anew. */
export function haltedFor(ceremony: Ceremony, kinds: readonly ("operation" | "check" | "sign-off")[]): Ceremony {
  const current = currentStep(ceremony);
  const open = current?.status === "open" && kinds.some((kind) => kind === current.step.kind);
  return open ? withStep(ceremony, { ...current, status: "refused" }) : ceremony;
}

/** A device's clock, once, and again when it has changed by more than a second. Who looks on leaves nothing behind. */
export function admitClock(ceremony: Ceremony, entry: EntryOf<"clock-compared">): Result<Ceremony, Refusal> {
  const may = mustBe(ceremony, entry.by, ["administrator", "operator", "custodian", "witness"], "have their clock compared");
  if (!may.ok) return may;
  const { device, milliseconds } = entry.body;
  const before = ceremony.clocks.find((clock) => clock.device === device);
  if (before && Math.abs(before.milliseconds - milliseconds) <= CLOCK_STEP_MS) return no("CLOCK-COMPARED", { device, milliseconds });
  const clocks = ceremony.clocks.filter((clock) => clock !== before);
  return ok({ ...ceremony, clocks: [...clocks, { ...entry.body, seq: entry.seq, at: entry.at, by: entry.by }] });
}

/** How much a device's clock must have changed to be written down again, and from where on people are shown that it is off. */
export const CLOCK_STEP_MS = 1_000;
