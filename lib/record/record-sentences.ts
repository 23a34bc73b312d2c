import { sheetNumber, type Break, type Deviated, type Deviation, type EvidenceFile, type NamedFile, type StepState } from "../ceremony/ceremony";
import type { Body, Entry, EntryOf } from "../ceremony/entry";
import { shortPasskey } from "../ceremony/roster";
import { statementHash, type SecretPart } from "../ceremony/statement";
import type { Commitment } from "../log/commitment";
import { never } from "../result";
import type { RecordPerson } from "./record-document";

/** Looks up names and texts; what was taken out of an edition says so. */
export type Say = { readonly text: (commitment: Commitment) => string; readonly person: (person: string) => RecordPerson };

/** What the person did by this entry, after their name: "opened the step". Null where another part of the record says it. */
export function doingOf(entry: Entry, say: Say): string | null {
  switch (entry.kind) {
    case "step-opened":
      return entry.body.deviation === null ? "opened the step" : "opened the step again";
    case "step-acknowledged":
      return "heard and acknowledged";
    case "identity-checked":
      return `compared ${say.person(entry.body.person).name} with ${say.text(entry.body.document)}`;
    case "value-entered":
      return `read ${say.text(entry.body.value)}${entry.body.photo ? `, with the photograph ${say.text(entry.body.photo.name)}` : ""}`;
    case "evidence-noted":
      return `named ${say.text(entry.body.name)}, kept ${say.text(entry.body.kept)}${filesInWords(entry.body.files ?? [])}`;
    case "secrets-invited":
      return `asked for ${entry.body.secrets.map(({ secret }) => secret).join(" and ")} in two parts each, under a key used once`;
    case "secret-part-entered":
      return `entered ${partInWords(entry.body.statement.part)}`;
    case "signed-off":
      return "signed";
    case "step-initialled":
      return "initialled the step";
    case "step-attested": {
      const { remark } = entry.body.statement;
      return `attested with their passkey that it was done so${remark ? `: ${say.text(remark)}` : ""}`;
    }
    case "step-papered":
      return "signed with their passkey that it was done on PAPER";
    case "break-begun":
      return `began a break: ${headCount(entry.body, say)}`;
    case "break-ended":
      return `ended the break: ${headCount(entry.body, say)}`;
    // The approvals and the outcomes of a step stand below, each with its time.
    case "step-approved":
    case "step-refused":
    case "operation-started":
    case "operation-done":
    case "operation-failed":
    case "presence-noted":
    case "person-replaced":
    case "clock-compared":
    case "token-logged-out":
    case "token-logged-in":
    case "ceremony-opened":
    case "recorder-attached":
    case "deviation-noted":
    case "deviation-initialled":
    case "initials-withheld":
    case "deviations-read":
    case "notebook-released":
    case "ceremony-stopped":
    case "resume-approved":
    case "ceremony-resumed":
    case "ceremony-aborted":
    case "worker-noted":
    case "time-stamped":
    case "time-stamp-missed":
    case "ceremony-closed":
      return null;
    default:
      return never(entry);
  }
}

/** "the first half of user-pin (ciphertext 4f2a91c0…)": who entered which part is told, what they typed nobody knows. */
function partInWords(part: SecretPart | undefined): string {
  if (!part) return "a part of a secret";
  return `the ${part.part === 1 ? "first" : "second"} half of ${part.secret} (ciphertext ${part.sha256.slice(0, 8)}…)`;
}

/** "6 people; bag 1 reads A-100": who was counted stands with the breaks. */
export function headCount({ present, seals, ...out }: Body<"break-begun"> | Body<"break-ended">, say: Say): string {
  const counted = present.length === 1 ? "1 person" : `${String(present.length)} people`;
  const why = "unsealed" in out && out.unsealed ? [`no seal, because: ${say.text(out.unsealed)}`] : [];
  return [counted, ...seals.map(({ name, value }) => `${say.text(name)} reads ${say.text(value)}`), ...why].join("; ");
}

const filesInWords = (files: readonly unknown[]): string =>
  files.length === 0 ? "" : `, with ${files.length === 1 ? "one file" : `${String(files.length)} files`}`;

/** A file, so that it can be asked for and compared: that a copy was handed in is the app's word. */
function fileInWords({ name, size, mediaType, sha256, held }: EvidenceFile, say: Say): string {
  const copy = held ? ", a copy handed in" : "";
  return `${say.text(name)}, ${size.toLocaleString("en-GB")} bytes, ${mediaType}${copy}; SHA-256 ${sha256}`;
}

/**
 * A break in the record's words: who counted what out and in, what differed, and whether the worker signed that it was logged out.
 * Head-counts and seals are the word of those who counted; the worker's logging out carries the recorder's signature.
 */
export function breakInWords(begun: EntryOf<"break-begun">, found: Break | null, say: Say, entries: readonly Entry[]): string {
  const out = `${say.person(begun.by).name} counted out ${headCount(begun.body, say)}.`;
  const left = entries.find((entry) => entry.kind === "token-logged-out" && entry.body.break === begun.seq);
  const token = left ? `The recorder signed at ${left.at} that it logs out of the token.` : "The recorder did not sign that it was logged out.";
  if (!found?.ended) return [out, token, "It was not ended."].join(" ");
  const { ended, differs } = found;
  const back = `${say.person(ended.by).name} counted in ${headCount(ended, say)}.`;
  const otherwise = differs.people.length > 0 || differs.seals.length > 0;
  return [out, token, back, otherwise ? "What was found was not what had been left." : "Everything was found as it had been left."].join(" ");
}

/**
 * How a stop ended: as which exception sheet the ceremony went on, who agreed to that with which passkey over which statement, and
 * who resumed it. Null where it was not resumed.
 */
export function goingOnInWords(stop: number, { entries, deviations }: GoingOn, say: Say): { readonly at: string; readonly what: string } | null {
  const resumed = entries.find((entry): entry is EntryOf<"ceremony-resumed"> => entry.seq > stop && entry.kind === "ceremony-resumed");
  if (!resumed) return null;
  const { deviation } = resumed.body;
  const sheet = sheetNumber({ deviations }, deviation);
  const agreed = entries.flatMap((entry) => {
    if (entry.kind !== "resume-approved" || entry.seq > resumed.seq || entry.body.statement.deviation !== deviation) return [];
    const { statement, assertion } = entry.body;
    const signed = `passkey ${shortPasskey(assertion.credentialId)}, statement ${statementHash(statement).slice(0, 16)}…`;
    return [`${say.person(entry.by).name} (${signed})`];
  });
  const what = `Agreed to going on as exception sheet ${String(sheet)} says: ${agreed.join(", ")}. ${say.person(resumed.by).name} resumed it.`;
  return { at: resumed.at, what };
}

type GoingOn = { readonly entries: readonly Entry[]; readonly deviations: readonly Deviation[] };

/** What came of a step that is not an operation, one line each. */
export function resultsOf(state: StepState, files: readonly NamedFile[], say: Say): string[] {
  const values = state.deeds.flatMap((deed) => (deed.kind === "value-entered" ? [deed.body.value] : []));
  const named = files.filter(({ step }) => step === state.step.step).map((file) => fileInWords(file, say));
  const hashes = state.deeds.flatMap((deed) => (deed.kind === "evidence-noted" && deed.body.sha256 ? [deed.body.sha256] : []));
  return [...readings(state, values.map(say.text)), ...hashes.map((hash) => `SHA-256 of the file: ${hash}`), ...named];
}

function readings(state: StepState, values: string[]): string[] {
  const { step } = state;
  if (step.kind !== "check" || values.length === 0) return [];
  const expected = step.expected === undefined ? "" : values.every((value) => value === step.expected) ? ", as expected" : `; expected was ${step.expected}`;
  if (!step.physical) return [`${step.value}: ${values.join()}${expected}.`];
  const agree = state.status === "done" ? "read alike by two people" : "read differently by two people";
  return [`${step.value}: ${[...new Set(values)].join(" and ")}, ${agree}${expected}.`];
}

/** A seam in words: what the worker saw of itself, the token or the database. */
export function seamOf(body: Extract<Deviated, Body<"worker-noted">>): string {
  const fact = (name: string) => String(body.facts[name] ?? "");
  switch (body.code) {
    case "worker-restarted":
      return "The worker had stopped and was started again; it checked the whole transcript anew and looked at the token.";
    case "half-key-destroyed":
      return `Half a key, left by an interrupted call, was found on the token and destroyed. ${fact("label")}`.trim();
    case "device-given-up":
      return `The token ${fact("name")} did not come back, and was given up at the worker's console: what was done on it is not known.`;
    case "token-gone":
      return "The token did not answer and came back.";
    case "database-gone":
      return "The database did not answer and came back.";
    case "inventory-differs":
      return differenceOf(body.facts);
    default:
      return never(body.code);
  }
}

/** What a listing found too many, too few and otherwise, with their names. */
function differenceOf({ token, unexpected, missing, changed, appeared, vanished, altered }: Body<"worker-noted">["facts"]): string {
  const where = typeof token === "string" ? `token ${token}` : "the token";
  const named = (count: unknown, names: unknown) => (typeof names === "string" ? `${String(count)} (${names})` : "none");
  return `Not accounted for on ${where}: ${named(unexpected, appeared)}. Missing on it: ${named(missing, vanished)}. Changed on it: ${named(changed, altered)}.`;
}
