import { deceptiveIn, deceptiveSentence } from "./deceptive";
import type { Finding } from "./lint-code";
import type { OperationBook } from "./operation";
import type { Role } from "./roles";
import { operationsOf, quorumRuleOf, stepsOf, type OperationStep, type QuorumRule, type Script, type Step } from "./script";
import { told, type Told } from "./told";

/** Roles that a script may ask to act in a step of each kind; anything else would be a step nobody may perform. */
const MAY: { readonly [kind in Step["kind"]]: readonly Role[] } = {
  statement: ["administrator", "operator", "custodian", "witness", "auditor"],
  attendance: ["witness"],
  check: ["operator", "witness"],
  operation: [],
  evidence: ["operator", "witness"],
  pause: ["operator", "administrator"],
  "sign-off": ["administrator", "operator", "custodian", "witness", "auditor"],
};

/**
 * Everything that makes a well-formed script impossible or unsafe to perform, in the order of the script; none when it
 * is sound. The same function judges when a script is read, when a ceremony opens, in the worker and in the verifier.
 */
export function checkScript(script: Script, book: OperationBook): Finding[] {
  return [
    ...checkText(script, []),
    ...checkRule(script.quorum, ["quorum"]),
    ...checkEmergency(script),
    ...duplicates(script),
    ...script.acts.flatMap((act, a) => act.steps.flatMap((step, s) => checkStep(script, step, ["acts", a, "steps", s], book))),
    ...checkAttendance(script),
    ...checkKeys(script, book),
    ...checkEnds(script, book),
    ...checkEnd(script),
  ];
}

const wrong = (code: Finding["code"], path: Finding["path"], said: Told): Finding => ({ code, path, said });

/** In an emergency more people agree than otherwise, at every step: nobody gets around a rule by calling it one. */
function checkEmergency(script: Script): Finding[] {
  const usual = script.emergency?.usual;
  if (!usual) return [];
  const rules: (readonly [QuorumRule, Finding["path"]])[] = [
    [script.quorum, ["quorum"]],
    ...script.acts.flatMap(({ steps }, a) =>
      steps.flatMap((step, s) => (step.kind === "operation" && step.quorum ? [[step.quorum, ["acts", a, "steps", s, "quorum"]] as const] : [])),
    ),
  ];
  return rules
    .filter(([{ approve }]) => approve <= usual.approve)
    .map(([{ approve, of }, path]) => {
      const rule = `${String(approve)} of ${String(of)}`;
      return wrong("EMERGENCY-LOOSER", path, told`${rule} agree here, ${String(usual.approve)} of ${String(usual.of)} otherwise.`);
    });
}

/** An escape such as "\u202e" in the file becomes the character itself in the value: this is where it is found. */
function checkText(value: unknown, path: Finding["path"]): Finding[] {
  if (typeof value === "string") {
    const found = deceptiveIn(value);
    return found ? [wrong("TEXT-DECEPTIVE", path, deceptiveSentence(found.name))] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item, i) => checkText(item, [...path, i]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => checkText(member, [...path, key]));
}

function checkRule(rule: QuorumRule, path: Finding["path"]): Finding[] {
  const found: Finding[] = [];
  if (rule.approve < 2) {
    found.push(wrong("QUORUM-ONE", path, told`A quorum of one is one person deciding alone; at least two must agree.`));
  }
  if (rule.approve > rule.of) {
    const said = told`The quorum asks for ${rule.approve} of ${rule.of} custodians: more than there are.`;
    found.push(wrong("QUORUM-TOO-LARGE", path, said));
  }
  for (const [i, group] of (rule.and ?? []).entries()) {
    if (group.approve > rule.approve) {
      found.push(wrong("QUORUM-TOO-LARGE", [...path, "and", i], told`The group ${group.group} alone would exceed the quorum.`));
    }
  }
  return found;
}

function duplicates(script: Script): Finding[] {
  const seen = new Set<string>();
  const found: Finding[] = [];
  const note = (id: string, path: Finding["path"]) => {
    if (seen.has(id)) found.push(wrong("ID-TWICE", path, told`The id ${id} is used twice; every act and step needs its own.`));
    seen.add(id);
  };
  for (const [a, act] of script.acts.entries()) {
    note(act.act, ["acts", a, "act"]);
    for (const [s, step] of act.steps.entries()) note(step.step, ["acts", a, "steps", s, "step"]);
  }
  return found;
}

function checkStep(script: Script, step: Step, path: Finding["path"], book: OperationBook): Finding[] {
  if (step.kind === "operation") {
    const rule = quorumRuleOf(script, step);
    return [
      ...checkCooling(script, step, path),
      ...(step.quorum ? checkRule(step.quorum, [...path, "quorum"]) : []),
      ...(rule.of !== script.quorum.of
        ? [countsOthers(rule.of, script.quorum.of, [...path, "quorum"])]
        : []),
      ...operationsOf(step).flatMap((request, i) => {
        const rules = book.find(request.operation);
        const at = [...path, "operations", i];
        if (!rules) {
          return [wrong("OPERATION-UNKNOWN", [...at, "operation"], told`There is no operation called ${request.operation}.`)];
        }
        return rules.problems(request).map((said) => wrong("OPERATION-PARAMETERS", at, said));
      }),
    ];
  }
  const found = checkAloud(script, step, path);
  const nobody = step.by.filter((role) => !MAY[step.kind].includes(role));
  if (nobody.length === step.by.length) {
    const said = told`Nobody may perform this step: ${step.kind} is for ${MAY[step.kind].join(", ")}.`;
    found.push(wrong("STEP-NOBODY", [...path, "by"], said));
  } else if (nobody.length > 0) {
    found.push(wrong("STEP-NOBODY", [...path, "by"], told`A step of the kind ${step.kind} is not for ${nobody.join(", ")}.`));
  }
  if (step.kind === "check" && step.physical && !(step.by.includes("operator") && step.by.includes("witness"))) {
    found.push(wrong(
      "READ-ALONE", [...path, "by"],
      told`A physical value is read by two people independently: the operator and a witness.`,
    ));
  }
  return found;
}

const countsOthers = (step: number, script: number, path: Finding["path"]): Finding =>
  wrong("QUORUM-COUNT", path, told`The step counts ${String(step)} custodians, the script ${String(script)}.`);

/** Time passes after something that has happened: an earlier step. */
function checkCooling(script: Script, step: OperationStep, path: Finding["path"]): Finding[] {
  if (!step.cooling) return [];
  const { after } = step.cooling;
  const ids = stepsOf(script).map((one) => one.step);
  const place = ids.indexOf(after);
  if (place >= 0 && place < ids.indexOf(step.step)) return [];
  return [wrong("REFERENCE-UNKNOWN", [...path, "cooling"], told`Unreachable: no step before this one is called ${after}.`)];
}

/** What is read aloud has come of an operation before. */
function checkAloud(script: Script, step: Step, path: Finding["path"]): Finding[] {
  if (step.kind !== "statement" || step.aloud === undefined) return [];
  const earlier = stepsOf(script).slice(0, stepsOf(script).indexOf(step));
  if (earlier.some((one) => one.step === step.aloud && one.kind === "operation")) return [];
  return [wrong("REFERENCE-UNKNOWN", [...path, "aloud"], told`No operation step before this one is called ${step.aloud}.`)];
}

/** Witnesses check everybody's identity, and nobody checks their own: a single witness would stay unchecked for ever. */
function checkAttendance(script: Script): Finding[] {
  const attended = stepsOf(script).some((step) => step.kind === "attendance");
  if (!attended || script.witnesses.least >= 2) return [];
  return [wrong("WITNESS-ALONE", ["witnesses"], told`Attendance needs two witnesses: nobody could check the identity of a single one.`)];
}

/** A step that needs a key nobody made or identified before can never be performed; a label made twice is two keys of one name. */
function checkKeys(script: Script, book: OperationBook): Finding[] {
  const made = new Map<string, string>();
  const found: Finding[] = [];
  for (const [a, act] of script.acts.entries()) {
    for (const [s, step] of act.steps.entries()) {
      for (const [i, request] of operationsOf(step).entries()) {
        const rules = book.find(request.operation);
        if (!rules || rules.problems(request).length > 0) continue;
        const path = ["acts", a, "steps", s, "operations", i];
        for (const key of rules.needs(request)) {
          if (made.get(key.label) === undefined) {
            found.push(wrong("USE-BEFORE-MAKE", path, told`Unreachable: no step before this one makes the key ${key.label}.`));
          } else if (made.get(key.label) !== key.kind) {
            found.push(wrong("USE-BEFORE-MAKE", path, told`Unreachable: ${key.label} is no ${key.kind}.`));
          }
        }
        for (const key of rules.makes(request)) {
          if (made.has(key.label)) found.push(wrong("KEY-MADE-TWICE", path, told`The key label ${key.label} is made twice.`));
          made.set(key.label, key.kind);
        }
        for (const event of rules.world?.(request) ?? []) {
          if (event.event !== "key-identified") continue;
          if (made.has(event.label)) {
            found.push(wrong("KEY-MADE-TWICE", path, told`The key label ${event.label} stands for a key of this script already.`));
          }
          made.set(event.label, event.kind);
        }
      }
    }
  }
  return found;
}

/**
 * What destroys needs a condemnation in an earlier step: the two are agreed to by two quorums, never by one. A token that is made
 * anew may be empty, and then needs none: only one that its own step condemns is found here.
 */
function checkEnds(script: Script, book: OperationBook): Finding[] {
  const condemned = new Set<string>();
  const found: Finding[] = [];
  for (const [a, act] of script.acts.entries()) {
    for (const [s, step] of act.steps.entries()) {
      const here = new Set<string>();
      for (const [i, request] of operationsOf(step).entries()) {
        const rules = book.find(request.operation);
        if (!rules || rules.problems(request).length > 0) continue;
        for (const event of rules.world?.(request) ?? []) {
          const token = "token" in event ? `token ${event.token ?? ""}` : "";
          const what = "label" in event ? `key ${event.label}` : token;
          if (event.event === "key-condemned" || event.event === "token-condemned") here.add(what);
          const destroys = event.event === "key-destroyed" || event.event === "token-zeroised";
          if ((destroys || (event.event === "token-initialised" && here.has(what))) && !condemned.has(what)) {
            const path = ["acts", a, "steps", s, "operations", i];
            const called = "label" in event ? told`the key ${event.label}` : calledToken(event.token);
            found.push(wrong("DESTROY-UNCONDEMNED", path, told`No step before this one condemns ${called}.`));
          }
        }
      }
      for (const what of here) condemned.add(what);
    }
  }
  return found;
}

const calledToken = (name: string | null): Told => (name === null ? told`the token of this ceremony` : told`the token ${name}`);

/** A ceremony ends with everybody's signature: exactly one sign-off, and nothing after it. */
function checkEnd(script: Script): Finding[] {
  const steps = stepsOf(script);
  const first = steps.findIndex((step) => step.kind === "sign-off");
  const lastAct = script.acts.length - 1;
  const end = ["acts", lastAct, "steps", (script.acts[lastAct]?.steps.length ?? 1) - 1];
  if (first < 0) return [wrong("SIGN-OFF-MISSING", end, told`The script has no sign-off: nobody would sign what happened.`)];
  const after = steps[first + 1];
  if (!after) return [];
  return [wrong("AFTER-SIGN-OFF", end, told`Unreachable: step ${after.step} comes after the sign-off, which ends the ceremony.`)];
}
