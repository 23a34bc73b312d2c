import { ok, type Result } from "#lib/result";
import { asAtDesk } from "./at-desk";
import type { DeskPorts } from "./desk-ports";
import { newestOf, nextPlace, type Matter, type MatterEvent } from "./matter";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";
import type { HoldState } from "./retention";

/** The one matter of all holds on a ceremony's record. */
export const holdMatter = (ceremony: string): string => `hold/${ceremony}`;

/** How a hold stands. One that is only asked for holds already: what was destroyed meanwhile would not come back. */
export function holdState(matter: Matter | null): HoldState {
  const kind = matter === null ? null : newestOf(matter).kind;
  if (kind === "hold-asked") return "asked";
  if (kind === "hold-set" || kind === "hold-kept") return "set";
  return kind === "hold-lift-asked" ? "lift-asked" : "none";
}

type HoldEvent = "hold-asked" | "hold-set" | "hold-declined" | "hold-lift-asked" | "hold-lifted" | "hold-kept";
/** What can be done with a hold as it stands, and by what event; `second` is for somebody else than whoever did the last thing. */
export const HOLD_ACTS = {
  ask: { from: "none", event: "hold-asked", reason: true, second: false },
  confirm: { from: "asked", event: "hold-set", reason: false, second: true },
  decline: { from: "asked", event: "hold-declined", reason: false, second: true },
  "ask-lift": { from: "set", event: "hold-lift-asked", reason: true, second: false },
  lift: { from: "lift-asked", event: "hold-lifted", reason: false, second: true },
  keep: { from: "lift-asked", event: "hold-kept", reason: false, second: true },
} as const satisfies Readonly<Record<string, { from: HoldState; event: HoldEvent; reason: boolean; second: boolean }>>;
export type HoldAct = keyof typeof HOLD_ACTS;

/**
 * A legal hold is set and lifted by two people, auditors or administrators: one asks with a reason, another one confirms or declines.
 * Objects SECOND-PERSON when it is the same one, MATTER-OVERTAKEN where the hold does not stand so.
 */
export async function holdRecord(
  ports: DeskPorts & { readonly isClosed: (ceremony: string) => Promise<boolean> },
  actor: Actor,
  ceremony: string,
  form: { readonly act: HoldAct; readonly reason: string },
): Promise<Result<{ readonly state: HoldState }, Objection>> {
  const person = await asAtDesk(ports.people, actor, "either");
  if (!person.ok) return person;
  const { by } = person.value;
  if (!(await ports.isClosed(ceremony))) return object("NOT-FOUND");
  const matter = holdMatter(ceremony);
  const { from, event: kind, reason: needsReason, second } = HOLD_ACTS[form.act];
  const reason = needsReason ? readableText(ports.world, "reason", form.reason, "line") : ok("");
  if (!reason.ok) return reason;
  const known = await ports.matters.find(matter);
  if (holdState(known) !== from) return object("MATTER-OVERTAKEN");
  if (second && known && newestOf(known).by === by) return object("SECOND-PERSON");
  const facts = needsReason ? { ceremony, reason: reason.value } : { ceremony };
  const event = { kind, by, matter, n: nextPlace(known), facts } as unknown as MatterEvent;
  const noted = await ports.matters.note(event);
  if (noted !== "noted") return object("MATTER-OVERTAKEN");
  return ok({ state: holdState({ matter, events: [event] }) });
}
