import { performed, type Ceremony } from "../ceremony/ceremony";
import type { Entry } from "../ceremony/entry";
import { ROLES } from "../ceremony/roles";
import type { Step } from "../ceremony/script";
import { OutcomeReader } from "../operations/outcome-reader";
import type { Told } from "./clauses/clause";
import { REPORT } from "./clauses/etsi-en-319-411-1";
import type { RecordAct, RecordKey, RecordParticipant, RecordReport } from "./record-document";
import { doingOf, type Say } from "./record-sentences";
import { stepNamed } from "./step-named";

/** What a report is put together from: parts of the document that it stands in, and the entries they were made of. */
export interface ReportedParts {
  readonly told: Told;
  readonly ceremony: Ceremony;
  readonly participants: readonly RecordParticipant[];
  readonly acts: readonly RecordAct[];
  readonly keys: readonly RecordKey[];
  readonly say: Say;
}

/** The report on the making of keys (ETSI EN 319 411-1, 6.5.1-13A), item by item; null for a ceremony that made none. */
export function keyReport(parts: ReportedParts): RecordReport | null {
  const { told, keys } = parts;
  if (keys.length === 0) return null;
  const item = (name: string, finder: keyof typeof REPORT, says: (parts: ReportedParts) => string[]) => {
    const entries = [...REPORT[finder](told)];
    return { name, says: entries.length > 0 ? says(parts) : [], entries };
  };
  return {
    items: [
      item("Roles", "roles", rolesIn),
      item("Functions", "functions", functionsIn),
      item("Responsibilities", "responsibilities", responsibilitiesIn),
      item("Evidence collected", "evidence", collectedIn),
      item("Date", "date", dateIn),
      item("Keys", "keys", keysIn),
      item("Device", "device", devicesIn),
      item("Algorithm and device settings", "settings", settingsIn),
    ],
  };
}

const dateIn = ({ ceremony: { openedAt, closed } }: ReportedParts): string[] => [
  `Opened ${minute(openedAt)}, closed ${minute(closed?.at ?? "")}.`,
];

/** "2026-11-22 14:03 UTC". */
const minute = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

const rolesIn = ({ participants, ceremony }: ReportedParts): string[] =>
  ROLES.flatMap((role) => {
    const those = ceremony.participants.filter((one) => one.role === role);
    const people = those.map(({ person }) => participants.find((one) => one.person === person)?.name ?? person);
    return people.length > 0 ? [`${role}: ${people.join(", ")}`] : [];
  });

function functionsIn({ ceremony: { script, steps }, acts }: ReportedParts): string[] {
  const numbers = acts.flatMap((act) => act.steps.map(({ number }) => number));
  const byRole = ROLES.flatMap((role) => {
    const mine = steps.flatMap(({ step }, i) => (rolesAt(step).includes(role) ? [numbers[i] ?? ""] : []));
    return mine.length > 0 ? [`${role}: steps ${mine.join(", ")}`] : [];
  });
  return [...byRole, ...(script.posts ?? []).map(({ title, role }) => `${title}: as ${role}`)];
}

/** Whoever the script names; an operation is opened by the operator and agreed to by custodians. */
const rolesAt = (step: Step): readonly string[] =>
  step.kind === "operation" ? ["operator", "custodian"] : step.by;

function responsibilitiesIn({ ceremony: { script, readiness } }: ReportedParts): string[] {
  const accepted = readiness?.duties.length ?? 0;
  return [
    ...(script.posts ?? []).map(({ title, duty }) => `${title}: ${duty}`),
    ...(script.duties
      ? [`Custodians, ${accepted > 0 ? String(accepted) : "none"} of whom accepted it with their passkeys: ${script.duties.says}`]
      : []),
    ...(script.afterwards ?? []).map((text) => `Afterwards: ${text}`),
  ];
}

function collectedIn({ told, acts, ceremony, say }: ReportedParts): string[] {
  const steps = acts.flatMap((act) => act.steps);
  const numbers = new Map(ceremony.steps.map(({ step }, i) => [step.step, steps[i]?.number ?? ""]));
  const at = (entry: Entry) => numbers.get(stepNamed(entry) ?? "") ?? "";
  const entries = told.entries.filter(({ seq }) => REPORT.evidence(told).includes(seq));
  const checked = entries.filter(({ kind }) => kind === "identity-checked").length;
  return [
    ...(checked > 0 ? [`${String(checked)} ${checked === 1 ? "person was" : "people were"} compared with a document; see Participants.`] : []),
    ...entries.flatMap((entry) =>
      entry.kind === "identity-checked" ? [] : [`${at(entry)} ${say.person(entry.by).name} ${doingOf(entry, say) ?? ""}`],
    ),
  ];
}

const keysIn = ({ keys }: ReportedParts): string[] =>
  keys.map(({ label, algorithm, id, fingerprint }) =>
    [
      `${label}, ${algorithm}, identifier (CKA_ID)`, inFours(id),
      ...(fingerprint ? [fingerprint.of, inFours(fingerprint.value)] : ["A secret key, which has no public half."]),
    ].join("\n"));

const inFours = (hex: string): string => hex.match(/.{1,4}/g)?.join(" ") ?? "";

function devicesIn({ ceremony: { recorder } }: ReportedParts): string[] {
  if (!recorder) return [];
  const { manufacturer, model, serial, hardware, firmware } = recorder.token;
  return [
    `${`${manufacturer} ${model}`.trim()}, serial number ${serial}, hardware ${hardware}, firmware ${firmware}`,
    ...(recorder.others ?? []).map((other) => `${other.model}, serial number ${other.serial} (${other.name})`),
  ];
}

function settingsIn({ ceremony, keys }: ReportedParts): string[] {
  const health = performed(ceremony).filter(({ request }) => request.operation === "token-health");
  const tokens = health.map(({ outcome }) => {
    const token = new OutcomeReader(outcome).member("token");
    return { serial: token.text("serial"), profile: token.text("profile"), flags: token.texts("flags") };
  });
  return [
    `Algorithms: ${[...new Set(keys.map(({ algorithm }) => algorithm))].join(", ")}.`,
    ...tokens.map(({ serial, profile, flags }) =>
      `Token ${serial}: judged by the profile ${profile}; its flags ${flags.join(", ")}.`),
    ...(tokens.some(({ flags }) => flags.includes("RNG"))
      ? ["The token says that it has a random number generator of its own (RNG)."]
      : []),
    "Whether the device was in an approved mode, such as FIPS 140: not evidenced. PKCS #11 does not tell it.",
  ];
}
