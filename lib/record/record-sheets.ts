import { initialsOwed, withheldFrom } from "../ceremony/admit-sheets";
import { paperOf } from "../ceremony/admit-paper";
import { sheetNumber, sheetsInOrder, stateOf, type Ceremony, type Deviation, type Initials, type OpenSheet, type StepState } from "../ceremony/ceremony";
import { shortPasskey } from "../ceremony/roster";
import { statementHash } from "../ceremony/statement";
import { TAKEN_OUT } from "../log/commitment";
import { printedSheetsBy } from "./printed-sheets";
import type * as Doc from "./record-document";
import type { Say } from "./record-sentences";

/** The numbers of the sheets that belong to a step. */
export function sheetsAt(ceremony: Ceremony, step: string): number[] {
  const { openSheet } = ceremony;
  const written = sheetsInOrder(ceremony).flatMap(({ number, body }) => (body.step === step ? [number] : []));
  return openSheet?.step === step ? [...written, openSheet.number] : written;
}

/** What opened a sheet by itself, from the entries alone: who read what. Not in the words of whoever completed it. */
export function openingOfSheet({ step, at, readings }: OpenSheet, ceremony: Ceremony, say: Say): NonNullable<Doc.RecordDeviation["opened"]> {
  const read = readings.map(({ seq, by, value }) => `${say.person(by).name} read “${say.text(value)}” (entry ${String(seq + 1)})`);
  return { at, what: `${valueRead(ceremony, step)}: ${read.join(", ")}.` };
}

const valueRead = (ceremony: Ceremony, step: string): string => {
  const found = stateOf(ceremony, step)?.step;
  return found?.kind === "check" ? found.value : step;
};

/** A sheet that a difference opened and nobody completed before the ceremony ended. */
export function bareSheet(open: OpenSheet, ceremony: Ceremony, say: Say): Doc.RecordDeviation {
  return {
    number: open.number,
    class: null,
    opened: openingOfSheet(open, ceremony, say),
    at: open.at,
    step: stateOf(ceremony, open.step)?.step.title ?? open.step,
    by: "nobody",
    expected: `${valueRead(ceremony, open.step)}: the same reading by two people.`,
    happened: "The two readings differ.",
    decided: "Nothing: the ceremony ended before anybody completed this sheet.",
    ...{ decidedBy: [], initials: [], missing: [], withheld: [] },
  };
}

/** Under an exception sheet: who decided, whose initials it has, who gave none and why, and who took part to the end without either. */
export function signaturesOfSheet(ceremony: Ceremony, sheet: Deviation, say: Say): Pick<Doc.RecordDeviation, "decidedBy" | "initials" | "missing" | "withheld"> {
  const nameOf = (person: string) => say.person(person).name;
  const decided = "decidedBy" in sheet.body ? (sheet.body.decidedBy ?? []) : [];
  return {
    decidedBy: decided.map(nameOf),
    initials: sheet.initials.map((one) => initialled(one, say)),
    missing: initialsOwed(ceremony, sheet).map(nameOf),
    withheld: withheldFrom(sheet).map(({ person, by, at, reason }) => ({ name: nameOf(person), by: nameOf(by), at, reason: say.text(reason) })),
  };
}

/** What witnesses put to a step that was done, and what two people signed where it was done on paper. */
export function wordsOnStep(ceremony: Ceremony, state: StepState, say: Say): Pick<Doc.RecordStep, "initials" | "paper"> {
  const initials = state.initials.map((one) => initialled(one, say));
  const claim = paperOf(state);
  if (!claim) return { initials };
  const { began, ended, account, kept, deviation } = claim;
  const paper = {
    began,
    ended,
    account: say.text(account),
    kept: say.text(kept),
    deviation: sheetNumber(ceremony, deviation),
    by: state.papers.map(({ person, at, statement, assertion }) => ({
      ...say.person(person),
      at,
      passkey: shortPasskey(assertion.credentialId),
      statementHash: statementHash(statement),
    })),
  };
  return { initials, paper };
}

/** When the sheets were read aloud; null where nothing had to be and nobody did. */
export const readingOf = ({ readOut }: Ceremony, say: Say): Doc.RecordDocument["readOut"] =>
  readOut && { at: readOut.at, by: say.person(readOut.by).name };

/** Which printed sheets were closed unused, which an exception sheet or the account of a step on paper names, and which neither. */
export const printedOf = ({ readOut }: Ceremony, deviations: readonly Doc.RecordDeviation[], acts: readonly Doc.RecordAct[]): Doc.RecordPrinted =>
  printedSheetsBy(readOut?.unused ?? [], [
    ...deviations.flatMap(({ expected, happened, decided }) => [expected, happened, decided]),
    ...acts.flatMap(({ steps }) => steps.flatMap(({ paper }) => (paper ? [paper.account, paper.kept] : []))),
  ]);

/** What witnesses released of their notebooks, each page with the time at which it was written. */
export const notebooksOf = ({ notebooks }: Ceremony, say: Say): Doc.RecordNotebook[] =>
  notebooks.map(({ pages, signed }) => ({
    ...say.person(signed.person),
    released: signed.at,
    passkey: shortPasskey(signed.assertion.credentialId),
    statementHash: statementHash(signed.statement),
    pages: pages.map(({ page, at, text }) => ({ number: page, at, text: say.text(text) })),
  }));

function initialled({ person, at }: Initials, say: Say): Doc.RecordInitials {
  const { name } = say.person(person);
  return { name, initials: initialsOf(name), at };
}

/** "AL" for Ada Lovelace, "M" for Madonna; none of a name that is withheld. */
function initialsOf(name: string): string {
  if (name.startsWith(TAKEN_OUT)) return "–";
  const words = name.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const letters = [words[0] ?? name, ...(words.length > 1 ? words.slice(-1) : [])].map((word) => [...word][0] ?? "");
  return letters.join("").toUpperCase();
}
