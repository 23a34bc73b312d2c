import type { KeyState } from "#lib/ceremony/key-states";
import type { Mode } from "#lib/ceremony/roles";
import { endorsersOf } from "#lib/ceremony/roster";
import { canonical, type Json } from "#lib/log/canonical";
import type { Commitment, Opening } from "#lib/log/commitment";
import { sha256Hex } from "#lib/log/digest";
import type { KeyChange } from "#lib/register/key-change";
import { checkChange, daysSinceActive } from "#lib/register/register-from";
import type { Register, RegisteredKey } from "#lib/register/registered-key";
import { ok, refuse, type Result } from "#lib/result";
import type { FieldName } from "#lib/words/en/fields";
import { commitTexts } from "./commit-text";
import { object, refused, type Objection } from "./objection";
import type { Actor, World } from "./ports";
import type { ReadRoster } from "./roster-standing";

/** A change, an explanation or a grant to be kept, with what its commitments stand for. */
export type NewPaper = {
  readonly hash: string;
  readonly what: "key-state" | "finding" | "grant";
  readonly subject: string;
  readonly by: string;
  readonly bytes: Uint8Array;
  readonly openings: readonly Opening[];
};

/** What the verbs of the register stand on. */
export type RegisterPorts = {
  readonly world: World;
  readonly mode: Mode;
  readonly register: () => Promise<Register>;
  readonly inForce: () => Promise<ReadRoster | null>;
  readonly keep: (paper: NewPaper) => Promise<void>;
};

export type ProposeKeyChange = {
  readonly key: string;
  readonly to: KeyState;
  readonly reason: string;
  readonly owner?: string | undefined;
  readonly purpose?: string | undefined;
  readonly environment?: "production" | "test" | undefined;
  readonly cryptoperiodDays?: number | undefined;
  readonly processingDays?: number | undefined;
};

/**
 * Writes down what shall become of a key, for custodians to sign: from the state and the history that it has now. A custodian of the
 * roster in force does, and it changes nothing by itself. Objects LOOK-ONLY, NOTHING-TO-ENDORSE, what a text may not hold, and
 * CRYPTOPERIOD-MISSING of a key that would be active without an end (SP 800-57 part 1 rev. 5, section 5.3), and CRYPTOPERIOD-OVER of one
 * whose end, set or put in force again, would already be behind it; refuses ENDORSEMENT-CUSTODIAN, KEY-RECORDED, KEY-TRANSITION and
 * KEY-DESTROYED. What was written down before there were these objections counts as it did.
 */
export async function proposeKeyChange(
  ports: RegisterPorts,
  actor: Actor,
  form: ProposeKeyChange,
): Promise<Result<{ readonly hash: string }, Objection>> {
  const { world, mode } = ports;
  const custodian = await asCustodian(ports, actor);
  if (!custodian.ok) return custodian;
  const key = (await ports.register()).keys.find((one) => one.key === form.key);
  if (!key) return refuse({ code: "KEY-RECORDED", facts: { key: form.key } });
  const path = `key-change/${key.key}`;
  const reason = commitTexts(world, path, { reason: { text: form.reason, length: "passage" } });
  if (!reason.ok) return reason;
  const texts = commitTexts(world, path, optional({ owner: form.owner, purpose: form.purpose }));
  if (!texts.ok) return texts;
  const { owner, purpose } = texts.value.commitments as Partial<Readonly<Record<"owner" | "purpose", Commitment>>>;
  const { environment, cryptoperiodDays, processingDays } = form;
  const facts = {
    ...(owner && { owner }),
    ...(purpose && { purpose }),
    ...(environment !== undefined && { environment }),
    ...(cryptoperiodDays !== undefined && { cryptoperiodDays }),
    ...(processingDays !== undefined && { processingDays }),
  };
  const change: KeyChange = {
    v: "claviger/key-change/v1",
    mode,
    key: key.key,
    label: key.label,
    head: key.head,
    from: key.state,
    to: form.to,
    facts: Object.keys(facts).length > 0 ? facts : null,
    reason: reason.value.commitments.reason,
    by: actor.person,
    at: world.now().toISOString(),
  };
  const checked = checkChange(key, change);
  if (!checked.ok) return refused(checked.refusal);
  if (form.to === "active" && (cryptoperiodDays ?? key.cryptoperiodDays) === null) return object("CRYPTOPERIOD-MISSING");
  if (isOver(key, form, change.at)) return object("CRYPTOPERIOD-OVER", { days: daysSinceActive(key, change.at) });
  const bytes = canonical(change as unknown as Json);
  const hash = sha256Hex(bytes);
  const openings = [...reason.value.openings, ...texts.value.openings];
  await ports.keep({ hash, what: "key-state", subject: key.key, by: actor.person, bytes, openings });
  return ok({ hash });
}

/** Whether the key, kept in use, would be past its end: by a period that is set, or by the one it has where it is made active again. */
function isOver(key: RegisteredKey, { to, cryptoperiodDays }: ProposeKeyChange, at: string): boolean {
  const again = to === "active" && key.state !== "active" ? key.cryptoperiodDays : null;
  const days = cryptoperiodDays ?? again;
  return key.activeSince !== null && days !== null && (to === "active" || to === "suspended") && days <= daysSinceActive(key, at);
}

/** Of these texts the ones that somebody typed; the type names all that may be. */
const optional = <F extends FieldName>(texts: { readonly [field in F]: string | undefined }) =>
  Object.fromEntries(
    Object.entries<string | undefined>(texts).flatMap(([field, text]) => (text === undefined ? [] : [[field, { text, length: "line" }]])),
  ) as { readonly [field in F]: { readonly text: string; readonly length: "line" } };

/**
 * A custodian of the roster in force, signed in with a passkey. Objects LOOK-ONLY, NOTHING-TO-ENDORSE; refuses
 * ENDORSEMENT-CUSTODIAN.
 */
export async function asCustodian({ inForce }: Pick<RegisterPorts, "inForce">, actor: Actor): Promise<Result<ReadRoster, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const roster = await inForce();
  if (!roster) return object("NOTHING-TO-ENDORSE");
  return endorsersOf(roster.roster).some(({ person }) => person === actor.person)
    ? ok(roster)
    : refuse({ code: "ENDORSEMENT-CUSTODIAN", facts: { person: actor.person } });
}
