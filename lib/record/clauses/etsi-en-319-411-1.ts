import { personOf } from "../../ceremony/roster";
import { stepsOf, type Script } from "../../ceremony/script";
import type { Role } from "../../ceremony/roles";
import type { ClauseSource, Finder } from "./clause";
import { all, any, completed, done, doneWith, nothing, ofKind, opening } from "./find-evidence";
import { agreedOff, signedBy } from "./find-people";

/** Whether the script says what somebody in this role does: at a step of theirs, or as a post with its duty. */
const hasFunction = (script: Script, role: Role): boolean =>
  stepsOf(script).some((step) => (step.kind === "operation" ? role === "operator" || role === "custodian" : step.by.includes(role))) ||
  (script.posts ?? []).some((post) => post.role === role);

const DURING = opening(({ script }) => script.posts !== undefined || script.duties !== undefined);
const AFTER = opening(({ script }) => script.afterwards !== undefined);

/** What the report of 6.5.1-13A holds, each with the entries that it is taken from. */
export const REPORT = {
  roles: opening(({ participants }) => participants.length > 0),
  functions: opening(({ script, participants }) => participants.every(({ role }) => hasFunction(script, role))),
  responsibilities: any(DURING, AFTER),
  evidence: any(ofKind("evidence-noted"), ofKind("value-entered"), ofKind("identity-checked")),
  date: all(opening(), ofKind("ceremony-closed")),
  keys: doneWith("creates"),
  device: ofKind("recorder-attached"),
  settings: all(doneWith("creates"), done("token-health")),
} as const satisfies Record<string, Finder>;

export const ETSI_EN_319_411_1: ClauseSource = {
  source: "ETSI EN 319 411-1, clause 6.5.1",
  clauses: [
    { id: "6.5.1-11", asks: "There is a documented procedure by which the authority’s keys are made.", evidence: opening() },
    { id: "6.5.1-12", asks: "It says which roles take part.", evidence: REPORT.roles },
    { id: "6.5.1-12", asks: "It says which of them come from inside, and which from outside.", evidence: nothing },
    { id: "6.5.1-12", asks: "It says what each role does, and in which phase.", evidence: REPORT.functions },
    { id: "6.5.1-12", asks: "It says who answers for what while the keys are made.", evidence: DURING },
    { id: "6.5.1-12", asks: "It says what is owed afterwards.", evidence: AFTER },
    {
      id: "6.5.1-12", asks: "It says which evidence has to be collected.",
      evidence: opening(({ script }) => stepsOf(script).some(({ kind }) => kind === "evidence")),
    },
    {
      id: "6.5.1-13", asks: "A report shows that the procedure was followed.",
      evidence: all(agreedOff, completed),
    },
    { id: "6.5.1-13A", asks: "The report holds the roles of those who took part.", evidence: REPORT.roles },
    { id: "6.5.1-13A", asks: "The report holds the functions of each role.", evidence: REPORT.functions },
    { id: "6.5.1-13A", asks: "The report holds the responsibilities.", evidence: REPORT.responsibilities },
    { id: "6.5.1-13A", asks: "The report holds the evidence that was collected.", evidence: REPORT.evidence },
    { id: "6.5.1-13A", asks: "The report holds the date.", evidence: REPORT.date },
    {
      id: "6.5.1-13A", asks: "The report lists the keys: identifier, algorithm, size, and a fingerprint of the public key.",
      evidence: REPORT.keys,
    },
    { id: "6.5.1-13A", asks: "The report names the device and its model.", evidence: REPORT.device },
    { id: "6.5.1-13A", asks: "The report holds the algorithm and the settings of the device.", evidence: REPORT.settings },
    {
      id: "6.5.1-13B", asks: "A key that was made in advance is marked as such, and checked again before it is used.",
      evidence: nothing,
    },
    {
      id: "6.5.1-14", asks: "A security officer has signed the report.",
      evidence: signedBy((person, _role, { opened }) => (opened && personOf(opened.body.roster, person)?.groups)?.includes("security-officer") ?? false),
    },
    {
      id: "6.5.1-14", asks: "For a root, somebody independent of management, such as an auditor, has signed it too.",
      evidence: signedBy((_person, role) => role === "auditor"),
    },
  ],
};
