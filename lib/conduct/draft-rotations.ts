import { hex } from "#lib/log/digest";
import type { Script } from "#lib/ceremony/script";
import type { Register, RegisteredKey } from "#lib/register/registered-key";
import { daysAfter } from "#lib/ceremony/days";
import type { CastMember, KnownPlan } from "./plan";
import { planMail } from "./plan-mails";
import type { NewDraft, NewMail, PlanAudit, PlanPorts } from "./plan-ports";
import { draftedFrom, isEnding, proposeDates, type EndingKey } from "./rotation-dates";

/** A key and an end of its time for which a plan was drafted, and what became of that. */
export type KeptRotation = KnownPlan["rotates"][number] & {
  readonly plan: Pick<KnownPlan, "plan" | "title" | "startsAt" | "draft" | "cancelledAt" | "ceremony" | "reason">;
  /** Whether it can still be held. */
  readonly waits: boolean;
};

/** What a draft is made of. */
export type DraftGround = {
  /** The newest published edition of the script that made the keys. */
  readonly script: Script;
  readonly scriptHash: string;
  /** The plan of the ceremony that made them; null where there was none. */
  readonly before: Pick<KnownPlan, "zone" | "room"> | null;
  /** Who would likely be in the ceremony on that day. */
  readonly cast: (startsAt: string) => Promise<readonly CastMember[]>;
};

/** Where drafts are kept, and what they are made of. */
export interface DraftShelf {
  /** Keys and ends that were drafted for, and whether the plan that came of it still waits for its ceremony. */
  drafted(): Promise<readonly Pick<KeptRotation, "key" | "endsAt" | "waits">[]>;
  /** Null where no edition of its script is published. */
  ground(born: RegisteredKey["born"]): Promise<DraftGround | null>;
  /** "overtaken" where another process was first: nothing was kept then. */
  keep(draft: NewDraft, mails: readonly NewMail[], audit: PlanAudit): Promise<"kept" | "overtaken">;
}

/** Keys of one ceremony whose drafts would be so few days apart are replaced together. */
const TOGETHER_DAYS = 7;

/**
 * The keys that a ceremony should be drafted for now, those of one ceremony together: near their end, made by a script, not drafted
 * for that end before, and not in a plan that still waits.
 */
export function dueForRotation(
  { keys, at }: Pick<Register, "keys" | "at">,
  drafted: Awaited<ReturnType<DraftShelf["drafted"]>>,
  asked: number,
): EndingKey[][] {
  const isOpen = (key: RegisteredKey): key is EndingKey =>
    isEnding(key) && key.born.how === "made" && !drafted.some((one) => one.key === key.key && (one.waits || one.endsAt === key.endsAt));
  const open = keys.filter(isOpen);
  const born = new Set(open.filter((key) => draftedFrom(key, asked) <= at).map((key) => key.born.ceremony));
  const soon = daysAfter(at, TOGETHER_DAYS);
  return [...born].map((ceremony) => open.filter((key) => key.born.ceremony === ceremony && draftedFrom(key, asked) <= soon));
}

/**
 * Drafts the ceremonies that replace keys near their end, and asks the people who would likely take part to keep the time free. Made
 * from the register whenever that is looked at, each once, and so lost by no crash. It is a convenience: neither worker nor verifier
 * knows of it, and nobody is bound by it.
 */
export async function draftRotations(
  ports: Omit<PlanPorts, "plans" | "script">,
  shelf: DraftShelf,
  register: Register,
  asked: number,
): Promise<void> {
  if (dueForRotation(register, [], asked).length === 0) return;
  for (const keys of dueForRotation(register, await shelf.drafted(), asked)) {
    const [first] = [...keys].sort((a, b) => (a.endsAt < b.endsAt ? -1 : 1));
    const ground = first && (await shelf.ground(first.born));
    if (ground) await draft(ports, shelf, register, keys, first.endsAt, ground);
  }
}

async function draft(
  ports: Omit<PlanPorts, "plans" | "script">,
  shelf: DraftShelf,
  { mode }: Register,
  keys: readonly EndingKey[],
  end: string,
  { script, scriptHash, before, cast: castOn }: DraftGround,
): Promise<void> {
  const createdAt = ports.world.now().toISOString();
  const zone = before?.zone ?? "UTC";
  const dates = proposeDates(end, zone, createdAt);
  const cast = await castOn(dates.startsAt);
  const plan = `pl-${hex(ports.world.random(10))}`;
  const minutes = script.block?.minutes ?? script.minutes;
  const said = { plan, title: script.title, mode, minutes, zone, room: before?.room ?? "", ...dates };
  const mails: NewMail[] = [];
  for (const { person, role } of cast) {
    const known = await ports.people.find(person);
    const told = { ...said, sequence: 0, reason: null, draft: true };
    const mail = known && planMail(ports, "hold", told, known, { role, answer: null });
    if (mail) mails.push(mail);
  }
  const rotates = keys.map(({ key, endsAt }) => ({ key, endsAt }));
  const facts = { plan, script: scriptHash, startsAt: dates.startsAt, people: cast.length, keys: keys.map(({ key }) => key).join(" ") };
  await shelf.keep({ ...said, scriptHash, createdAt, cast, rotates }, mails, { kind: "rotation-drafted", by: null, facts });
}
