import { operationsOf, quorumRuleOf, stepsOf, type OperationStep, type QuorumRule, type Script } from "./script";

/** In what an emergency script may ask less than the ordinary one that it stands in for. */
export const STRICTNESS = [
  "quorum",
  "share",
  "groups",
  "expires",
  "cooling",
  "witnesses",
  "rehearsed",
  "duties",
  "passkeys",
  "go-no-go",
  "backups",
] as const;
export type Strictness = (typeof STRICTNESS)[number];

/**
 * In what the emergency script is not stricter than the ordinary one; none when it is. More custodians agree to every operation than
 * the ordinary quorum, and no fewer than any ordinary step asks for; nothing else that keeps people from hurrying is less.
 */
export function notStricter(emergency: Script, ordinary: Script): readonly Strictness[] {
  const rules = rulesOf(emergency);
  const strictest = Math.max(...rulesOf(ordinary).map(({ approve }) => approve));
  const less = ordinary.quorum;
  const holds: { readonly [name in Strictness]: boolean } = {
    quorum: rules.every(({ approve }) => approve > less.approve && approve >= strictest),
    // Four of nine are more people than three of five, and easier to find.
    share: rules.every(({ approve, of }) => approve * less.of >= less.approve * of),
    groups: (less.and ?? []).every(({ group, approve }) =>
      rules.every(({ and }) => (and ?? []).some((one) => one.group === group && one.approve >= approve)),
    ),
    expires: emergency.expires.minutes <= ordinary.expires.minutes,
    cooling: coolsAsLong(emergency, ordinary),
    witnesses: emergency.witnesses.least >= ordinary.witnesses.least,
    rehearsed: asLately(emergency.rehearsed, ordinary.rehearsed),
    duties: asLately(emergency.duties, ordinary.duties),
    passkeys: asksAsMuch(emergency.passkeys, ordinary.passkeys),
    "go-no-go": !ordinary.goNoGo || emergency.goNoGo !== undefined,
    backups: asLately(emergency.goNoGo?.backups, ordinary.goNoGo?.backups),
  };
  return STRICTNESS.filter((name) => !holds[name]);
}

/** The script's rule, and those of its steps that work on a token. */
const rulesOf = (script: Script): readonly QuorumRule[] => [
  script.quorum,
  ...stepsOf(script).flatMap((step) => (operationsOf(step).length > 0 ? [quorumRuleOf(script, step)] : [])),
];

type Lately = { readonly days: number };
/** Whether the emergency asks for it too where the ordinary script does, and for none older. */
const asLately = (emergency: Lately | undefined, ordinary: Lately | undefined): boolean =>
  !ordinary || (emergency !== undefined && emergency.days <= ordinary.days);

/**
 * Whether each step that waits does so for as long as the ordinary script's shortest wait, and nothing is done at once that on an
 * ordinary day only happens after a wait. What destroys waits in every published script (DESTROY-HASTY), by whatever operation.
 */
function coolsAsLong(emergency: Script, ordinary: Script): boolean {
  const waiting = workOf(ordinary).flatMap(({ cooling }) => (cooling ? [cooling.minutes] : []));
  const shortest = waiting.length > 0 ? Math.min(...waiting) : 0;
  const atOnce = doneBy(workOf(ordinary).filter(({ cooling }) => !cooling));
  const afterWait = doneBy(workOf(ordinary)).filter((operation) => !atOnce.includes(operation));
  return workOf(emergency).every((step) =>
    step.cooling ? step.cooling.minutes >= shortest : !doneBy([step]).some((operation) => afterWait.includes(operation)),
  );
}

const workOf = (script: Script): readonly OperationStep[] => stepsOf(script).filter((step) => step.kind === "operation");
const doneBy = (steps: readonly OperationStep[]): readonly string[] =>
  steps.flatMap((step) => operationsOf(step).map(({ operation }) => operation));

function asksAsMuch(emergency: Script["passkeys"], ordinary: Script["passkeys"]): boolean {
  if (!ordinary) return true;
  if (!emergency) return false;
  const tested = asLately(emergency.tested, ordinary.tested);
  const synced = ordinary.synced === undefined || emergency.synced === ordinary.synced;
  const attested = ordinary.attested === undefined || emergency.attested === ordinary.attested;
  const { models } = ordinary;
  return tested && synced && attested && (!models || (emergency.models?.every((model) => models.includes(model)) ?? false));
}
