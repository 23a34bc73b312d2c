import { initialsOwed, withheldFrom } from "../ceremony/admit-sheets";
import { paperOf } from "../ceremony/admit-paper";
import type { Ceremony, Deviation, Initials, StepState } from "../ceremony/ceremony";
import { shortPasskey } from "../ceremony/roster";
import { statementHash } from "../ceremony/statement";
import type * as Doc from "./record-document";
import type { Say } from "./record-sentences";

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
    deviation: ceremony.deviations.findIndex(({ seq }) => seq === deviation) + 1,
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
  readOut && { at: readOut.at, by: say.person(readOut.by).name, unused: [...readOut.unused] };

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

/** "AL" for Ada Lovelace, "M" for Madonna. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const letters = [words[0] ?? name, ...(words.length > 1 ? words.slice(-1) : [])].map((word) => [...word][0] ?? "");
  return letters.join("").toUpperCase();
}
