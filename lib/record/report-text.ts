import { printedSheetsInWords } from "./printed-sheets";
import type { RecordApproval, RecordDocument, RecordFact, RecordStep } from "./record-document";

/**
 * What a record says, as text of plain lines: for whoever will not take a PDF, and for the day on which nothing opens one. Nothing is
 * left out but the translations; same document, same text.
 */
export function reportText(record: RecordDocument): string {
  return [
    ...heading(record),
    ...part("Participants", record.participants.flatMap(({ name, person, role, identity, passkeys }) => [
      `${name} (${person}), ${role}`,
      identity ? `  identity: ${identity.how}, by ${identity.by}, ${identity.at}` : "  identity: not checked",
      ...passkeys.map(({ id, authenticator }) => `  passkey ${id}${authenticator === undefined ? "" : `, ${authenticator}`}`),
    ])),
    ...part("Approval of the script", [record.endorsement.sentence, ...record.endorsement.by.map(({ name, at, passkey, statementHash }) =>
      `  ${name}, ${at}, passkey ${passkey}, statement ${statementHash}`)]),
    ...part("Token", record.token.map(fact)),
    ...record.acts.flatMap(({ number, title, steps }) => part(`Act ${number}: ${title}`, steps.flatMap(stepLines))),
    ...part("Keys", record.keys.flatMap(({ label, algorithm, id, fingerprint, attributes, made, destroyed }) => [
      `${label}, ${algorithm}, CKA_ID ${id}, made ${made.at} in ${made.step}`,
      ...(fingerprint ? [`  ${fingerprint.of}: ${fingerprint.value}`] : []),
      ...attributes.map(({ text, needless }) => `  ${text}${needless ? " (NOT NEEDED)" : ""}`),
      ...(destroyed ? [`  DESTROYED ${destroyed.at} in ${destroyed.step}`] : []),
    ])),
    ...part("Deviations", record.deviations.length === 0 ? ["None was noted."] : record.deviations.flatMap((one) => [
      `Exception sheet ${String(one.number)}, class ${one.class ?? "not said"}, ${one.at}, noted by ${one.by}${one.step === undefined ? "" : `, ${one.step}`}`,
      `  expected: ${one.expected}`, `  happened: ${one.happened}`, `  decided: ${one.decided}`,
      `  decided by: ${one.decidedBy.join(", ") || "not said"}; initials of: ${one.initials.map(({ name }) => name).join(", ") || "nobody"}`,
    ])),
    ...part("Reading of the exception sheets", [
      record.readOut ? `Before the signatures, by ${record.readOut.by}, ${record.readOut.at}` : "Nobody said that they were read aloud.",
      ...printedSheetsInWords(record),
    ]),
    ...part("Interruptions", record.seams.map(({ from, to, what }) => `${from} to ${to ?? "not ended"}: ${what}`)),
    ...part("Notebooks", record.notebooks.flatMap(({ name, pages }) => [name, ...pages.map(({ number, at, text }) => `  ${String(number)}, ${at}: ${text}`)])),
    ...part("Signatures", record.signatures.flatMap(({ name, role, signed }) =>
      signed
        ? [`${name}, ${role}: ${signed.agrees ? signed.sentence : `DOES NOT AGREE: ${signed.reason}`}`, `  ${signed.at}, passkey ${signed.passkey}, statement ${signed.statementHash}`]
        : [`${name}, ${role}: DID NOT SIGN`])),
    ...part("Report on the making of keys (ETSI EN 319 411-1, 6.5.1-13A)", (record.report?.items ?? []).flatMap(({ name, says, entries }) => [
      `${name}: ${entries.length === 0 ? "not evidenced" : `entries ${entries.join(", ")}`}`, ...says.flatMap((text) => text.split("\n").map((line) => `  ${line}`)),
    ])),
    ...record.clauses.flatMap(({ source, clauses }) => part(`Clauses: ${source}`, clauses.map(({ id, asks, entries }) =>
      `${id}: ${asks} ${entries.length === 0 ? "Not evidenced." : `Entries ${entries.join(", ")}.`}`))),
    ...part("What this record relies on", record.assumptions.map(({ id, sentence }) => `${id}. ${sentence}`)),
    ...part("How to verify", [record.verification.command, ...(record.verification.notes ?? [])]),
  ].join("\n");
}

const part = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ["", title, "-".repeat(title.length), ...lines]);
const fact = ({ name, value }: RecordFact): string => `${name}: ${value}`;

function heading({ title, edition, mode, organisation, ceremony, place, opened, closed, ending, script, quorum, transcriptHash, recorder, entries }: RecordDocument): string[] {
  const what = `${edition ? "REDACTED EDITION OF THE " : ""}RECORD OF A KEY CEREMONY${mode === "rehearsal" ? ": A REHEARSAL, NO EVIDENCE OF PRODUCTION" : ""}`;
  return [
    what,
    title,
    "",
    ...(organisation === undefined ? [] : [`Organisation: ${organisation}`]),
    `Ceremony: ${ceremony}`,
    ...(place === undefined ? [] : [`Place: ${place}`]),
    `Opened: ${opened}`,
    `Closed: ${closed}`,
    ending.kind === "aborted" ? `Ended before its last step: ${ending.reason}` : "Every step was done.",
    `Script: ${script.title} (${script.id}), SHA-256 ${script.hash}`,
    `Approval: ${quorum}`,
    `Transcript: ${String(entries)} entries, the last one's hash ${transcriptHash}`,
    `Recorder: ${recorder.subject}, SHA-256 of its certificate ${recorder.fingerprint}`,
    ...(edition?.withheld ?? []).map(({ what: kind, count }) => `Withheld: ${kind} (${String(count)})`),
  ];
}

function stepLines({ number, title, state, spoken, doings, results, approvals, outcomes, paper }: RecordStep): string[] {
  return [
    `${number} ${title}${state === "done" ? "" : state === "not-done" ? " (NOT DONE)" : " (not reached)"}`,
    ...(spoken === undefined ? [] : [`  said: ${spoken}`]),
    ...doings.map(({ name, at, did }) => `  ${at} ${name} ${did}`),
    ...approvals.map(approvalLine),
    ...results.map((result) => `  ${result}`),
    ...outcomes.flatMap(({ sentence, result, at, facts, fingerprint }) => [
      `  ${at} ${result === "done" ? "done" : "FAILED"}: ${sentence}`,
      ...facts.map((one) => `    ${fact(one)}`),
      ...(fingerprint ? [`    ${fingerprint.of}: ${fingerprint.value}`] : []),
    ]),
    ...(paper ? [`  DONE ON PAPER ${paper.began} to ${paper.ended}: ${paper.account}; kept ${paper.kept}`] : []),
  ];
}

const approvalLine = ({ name, decision, at, reason, passkey, statementHash }: RecordApproval): string =>
  `  ${at} ${name} ${decision === "approve" ? "approved" : `REFUSED${reason === undefined ? "" : `: ${reason}`}`}, passkey ${passkey}, statement ${statementHash}`;
