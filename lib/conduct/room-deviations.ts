import { hasInitialled, initialsOwed, NOTING, unreadDeviations, WITHHOLDING, withheldFrom } from "#lib/ceremony/admit-sheets";
import { canBePapered } from "#lib/ceremony/admit-paper";
import {
  currentStep, peopleIn, sheetNumber, sheetsInOrder, stateOf, type Ceremony, type Deviation, type Initials, type StepState,
} from "#lib/ceremony/ceremony";
import { RECORDER } from "#lib/ceremony/entry";
import type { Role } from "#lib/ceremony/roles";
import type { PaperClaim } from "#lib/ceremony/statement";
import { shortPasskey } from "#lib/ceremony/roster";
import { statementHash } from "#lib/ceremony/statement";
import { listed } from "#lib/words/list";
import type { Words } from "#lib/words/words";
import type { BarePerson, MyAct } from "./my-act";
import type { RoomView } from "./room";
import type { DeviationView, InitialsView, NotebookView, OpenSheetView, PaperView } from "./sheet-view";
import type { StepView } from "./step-view";
import { initialsOf, type Names } from "./room-names";

/** What sheets and witnesses need to know of a room. */
export type SheetsAsked = { readonly ceremony: Ceremony; readonly names: Names; readonly words: Words };

/** Every exception sheet under its number, with those whose initials it has and whose it lacks. */
export const deviationViews = (
  { ceremony, names }: SheetsAsked,
  textsOf: (deviation: Deviation) => DeviationTexts,
): readonly DeviationView[] =>
  sheetsInOrder(ceremony).map((deviation) => {
    const { number, opened, seq, at, by, body, initials } = deviation;
    return {
      number,
      openedAt: opened?.at ?? null,
      seq,
      class: body.class,
      at,
      name: names.name(by),
      step: body.step,
      ...textsOf(deviation),
      decidedBy: "decidedBy" in body ? (body.decidedBy ?? []).map(names.name) : [],
      initials: initials.map((one) => initialled(one, names)),
      missing: initialsOwed(ceremony, deviation).map(names.name),
      withheld: withheldFrom(deviation).map((one) => ({ name: names.name(one.person), by: names.name(one.by), reason: names.text(one.reason) })),
      read: ceremony.readOut !== null && seq < ceremony.readOut.seq,
    };
  });

function initialled({ person, at }: Initials, names: Names): InitialsView {
  const name = names.name(person);
  return { name, initials: initialsOf(name), at };
}

export type DeviationTexts = Pick<DeviationView, "expected" | "happened" | "decided">;

/** When the sheets were read aloud, and which printed ones were closed unused; null before. */
export const readOutView = ({ ceremony, names }: SheetsAsked): RoomView["readOut"] =>
  ceremony.readOut && { at: ceremony.readOut.at, name: names.name(ceremony.readOut.by), unused: ceremony.readOut.unused };

/** What witnesses have released of their notebooks. */
export const notebookViews = ({ ceremony, names }: SheetsAsked): readonly NotebookView[] =>
  ceremony.notebooks.map(({ signed, pages }) => ({
    name: names.name(signed.person),
    at: signed.at,
    statementHash: statementHash(signed.statement),
    pages: pages.map(({ page, at, text }) => ({ page, at, text: names.text(text) })),
  }));

/** What is said of a step beside its own acts: witnesses' initials and signed words, and that it was done on paper. */
export function saidOfStep(ceremony: Ceremony, state: StepState, names: Names): Pick<StepView, "initials" | "attested" | "paper"> {
  const first = state.papers[0]?.statement.paper;
  return {
    initials: state.initials.map((one) => initialled(one, names)),
    attested: state.attestations.map(({ person, at, statement, assertion }) => ({
      name: names.name(person),
      at,
      remark: statement.remark ? names.text(statement.remark) : null,
      passkey: shortPasskey(assertion.credentialId),
      statementHash: statementHash(statement),
    })),
    paper: first ? paperView(ceremony, state, first, names) : null,
  };
}

function paperView(ceremony: Ceremony, state: StepState, claim: PaperClaim, names: Names): PaperView {
  const { began, ended, account, kept, deviation } = claim;
  return {
    began,
    ended,
    account: names.text(account),
    kept: names.text(kept),
    deviation: sheetNumber(ceremony, deviation),
    by: state.papers.map(({ person }) => names.name(person)),
    complete: state.papers.length > 1,
  };
}

/** What may always be done about sheets and steps, when it is nobody's turn for it: initials, and a witness's signed word. */
export function initialActs({ ceremony }: SheetsAsked, person: string, role: Role): MyAct[] {
  if (!NOTING.includes(role) || ceremony.away.includes(person)) return [];
  const bare = ceremony.deviations.filter((deviation) => !hasInitialled(deviation, person)).map(({ seq }) => seq);
  const sheets: MyAct[] = bare.length > 0 ? [{ act: "initial-deviations", deviations: bare }] : [];
  if (role !== "witness" || ceremony.phase === "aborted") return sheets;
  const steps = ceremony.steps.flatMap(({ status, step, initials, attestations }): MyAct[] => {
    if (status !== "done") return [];
    const lacks = (list: readonly { readonly person: string }[]) => !list.some((one) => one.person === person);
    return [
      ...(lacks(initials) ? [{ act: "initial-step", step: step.step } as const] : []),
      ...(lacks(attestations) ? [{ act: "attest", step: step.step } as const] : []),
    ];
  });
  return [...sheets, ...steps];
}

/** Before the signatures, once the sheets were read: everybody who is there initials what lacks their name, or it is said why not. */
export function initialling(asked: SheetsAsked, person: string, role: Role): { readonly turn: MyAct[]; readonly mine: MyAct[] } {
  const { ceremony } = asked;
  const state = currentStep(ceremony);
  const waits = state?.step.kind === "sign-off" && state.status !== "open" && unreadDeviations(ceremony).length === 0;
  if (!waits || !NOTING.includes(role)) return { turn: [], mine: [] };
  const bare = barePeople(asked);
  const own = bare.find((one) => one.person === person);
  const people = WITHHOLDING.includes(role) ? bare : own ? [own] : [];
  return {
    turn: own ? [{ act: "initial-deviations", deviations: own.deviations }] : [],
    mine: people.length > 0 ? [{ act: "withhold-initials", people }] : [],
  };
}

/** Whose initials the sign-off still waits for. */
export const barePeople = ({ ceremony, names }: SheetsAsked): readonly BarePerson[] =>
  ceremony.participants.flatMap(({ person }): BarePerson[] => {
    const deviations = ceremony.deviations.filter((sheet) => initialsOwed(ceremony, sheet).includes(person)).map(({ seq }) => seq);
    return deviations.length > 0 ? [{ person, name: names.name(person), deviations }] : [];
  });

/** Before the signatures the sheets are read aloud: asked of whoever opens steps, as soon as there is one that nobody has heard. */
export function readingOut({ ceremony }: SheetsAsked, role: Role): { readonly turn: MyAct[]; readonly mine: MyAct[] } {
  const state = currentStep(ceremony);
  const leads = role === "operator" || role === "administrator";
  if (state?.step.kind !== "sign-off" || !ceremony.recorder || !leads) return { turn: [], mine: [] };
  const act: MyAct = { act: "read-out", deviations: ceremony.deviations.map(({ seq }) => seq) };
  const waits = unreadDeviations(ceremony).length > 0;
  if (waits && role === "operator") return { turn: [act], mine: [] };
  return { turn: [], mine: waits || ceremony.readOut === null ? [act] : [] };
}

/** That an open step was done on paper: what the first person may say, and what the second is then asked to. */
export function paperActs({ ceremony }: SheetsAsked, state: StepState, role: Role): { readonly turn: MyAct[]; readonly mine: MyAct[] } {
  if (state.status !== "open" || !canBePapered(state.step) || !NOTING.includes(role)) return { turn: [], mine: [] };
  const { step } = state.step;
  const first = state.papers[0];
  const deviations = ceremony.deviations.flatMap(({ seq, by, body }) =>
    by !== RECORDER && (body.step === null || body.step === step) ? [seq] : [],
  );
  const otherRole = first !== undefined && !peopleIn(ceremony, [role]).includes(first.person);
  if (first) return { turn: otherRole ? [{ act: "paper", step, deviations, second: true }] : [], mine: [] };
  return { turn: [], mine: deviations.length > 0 ? [{ act: "paper", step, deviations, second: false }] : [] };
}

/**
 * The sheet that two readings which differ have opened, as it lies on the table: its number, what was expected, and whose readings
 * they were. Not the values: it stays in sight while both read again, each for themselves. Null while there is none.
 */
export function openSheetView({ ceremony, names, words }: SheetsAsked): OpenSheetView | null {
  const { openSheet } = ceremony;
  const found = openSheet && stateOf(ceremony, openSheet.step)?.step;
  if (!openSheet || found?.kind !== "check") return null;
  const { number, step, at, readings } = openSheet;
  const say = words.of("sheets");
  const readers = listed(readings.map(({ by }) => names.name(by)), words.language);
  const entries = listed(readings.map(({ seq }) => String(seq + 1)), words.language);
  return {
    ...{ number, step, at, class: "B" },
    expected: say("mismatchExpected", { value: found.value }),
    happened: say("mismatchHappened", { value: found.value, readers, entries }),
  };
}
