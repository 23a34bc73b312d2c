import { currentStep, performed, type Ceremony, type StepState } from "#lib/ceremony/ceremony";
import { needsQuorum } from "#lib/ceremony/admit-worker";
import { chainCode } from "#lib/ceremony/chain-code";
import type { Entry } from "#lib/ceremony/entry";
import { personOf } from "#lib/ceremony/roster";
import { translationsOf } from "#lib/ceremony/translated";
import { fromBase64url, sha256Hex } from "#lib/log/digest";
import { fingerprintIn } from "#lib/words/fact-name";
import { quorumIn } from "#lib/words/quorum-in";
import { wordsIn, type Words } from "#lib/words/words";
import { openingOf, type Opening } from "#lib/log/commitment";
import type { KeyView, OwnView, Participant, RoomBook, RoomView, SharedView } from "./room";
import type { Asked } from "./asked";
import type { HealthSaid } from "./health-sentence";
import { actsOf, awaitedOf } from "./room-acts";
import { deviationViews, notebookViews, openSheetView, readOutView, type DeviationTexts } from "./room-deviations";
import { seamTexts } from "./room-halts";
import { initialsOf, lastOf, namesOf, type Names } from "./room-names";
import { signingView } from "./room-seals";
import { breakView, clockViews, replacedViews, shortageSentences, standInViews, whyBreakStopped } from "./room-people";
import { rehearsedView } from "./room-rehearsal";
import { secretsView } from "./room-secrets";
import { stampViews } from "./room-stamps";
import { goingOnView, signingToGoOn } from "./room-stop";
import { sharedReader } from "./shared-reader";
import { stepView } from "./room-steps";
import { workerView } from "./room-worker";

export type { RoomBook, RoomView } from "./room";
export type { HealthSaid } from "./health-sentence";

export type RoomSource = {
  readonly ceremony: Ceremony;
  /** The entries the ceremony was made from, in order. */
  readonly entries: readonly Entry[];
  /** The openings of all entries, and those of the roster. */
  readonly openings: readonly Opening[];
  readonly book: RoomBook;
  /** The sealed record, once there is one. */
  readonly record: { readonly sha256: string; readonly sealedAt: string } | null;
  /** The latest health of the worker on this ceremony's token (or of any, before one joined); null when none ever reported. */
  readonly health: HealthSaid | null;
  readonly now: string;
};

/**
 * Everything the room shows: a pure function of the transcript, so that two people see the same thing, and what the page says
 * is what the rules say. What everybody is shown is made once, however many look.
 */
export function roomFor(source: RoomSource, words: Words): { readonly shared: SharedView; readonly own: (person: string) => OwnView } {
  const { ceremony, openings, book, now } = source;
  const names = namesOf(ceremony, openings, words);
  const asked: Asked = { ceremony, book, names, now, words };
  return {
    shared: sharedView(source, asked),
    own: (person) => (person === sharedReader(ceremony.id) ? nobodys(asked) : ownOf(asked, person)),
  };
}

const ownOf = (asked: Asked, person: string): OwnView => ({
  me: meView(asked.ceremony, asked.names, person),
  ...actsOf(asked, person),
  hands: null,
});

/** On a shared browser: nothing is anybody's until they say who they are, and then what that person would see. */
const nobodys = (asked: Asked): OwnView => ({
  me: null,
  turn: null,
  mine: [],
  hands: asked.ceremony.participants.map(({ person }) => ownOf(asked, person)),
});

/** The room as one person sees it, in English where nothing else is said. Total: a person outside the ceremony gets a view with nothing to do. */
export function roomView({ me, ...source }: RoomSource & { readonly me: string }, words = wordsIn("en")): RoomView {
  const { shared, own } = roomFor(source, words);
  return { ...shared, ...own(me) };
}

function sharedView({ ceremony, entries, openings, book, record, health, now }: RoomSource, asked: Asked): SharedView {
  const { names } = asked;
  const current = currentStep(ceremony);
  const opened = lastOf(entries, "ceremony-opened");
  let at = 0;
  return {
    id: ceremony.id,
    title: ceremony.title,
    organisation: names.text(ceremony.roster.organisation),
    place: (opened && openingOf(opened.body.place, openings)?.value) ?? null,
    mode: ceremony.mode,
    phase: ceremony.phase,
    openedAt: ceremony.openedAt,
    closed: ceremony.closed,
    stopped: stoppedView(entries, asked),
    aborted:
      ceremony.phase === "aborted" || ceremony.closed?.result === "aborted"
        ? interruption(entries, "ceremony-aborted", names)
        : null,
    onBreak: breakView(asked),
    shortages: shortageSentences(asked),
    standIns: standInViews(asked),
    replaced: replacedViews(asked),
    clocks: clockViews(asked),
    stamps: stampViews(ceremony),
    chain: {
      hash: ceremony.head.hash,
      code: chainCode(ceremony.head.hash),
      entries: ceremony.head.seq + 1,
      at: ceremony.head.at,
    },
    script: scriptLine(ceremony, asked.words),
    rehearsed: rehearsedView(ceremony, names),
    roster: { version: ceremony.roster.version, hash: ceremony.rosterHash },
    rp: { id: ceremony.roster.rp.id },
    recorder: recorderView(ceremony),
    people: ceremony.participants.map(({ person }) => participantView(ceremony, entries, names, person)),
    acts: ceremony.script.acts.map(({ act, title, in: others, steps }) => ({
      act,
      title,
      translations: translationsOf(others),
      steps: ceremony.steps
        .slice(at, (at += steps.length))
        .map((state) => stepView(ceremony, state, state === current, names, book, now)),
    })),
    current: current?.step.step ?? null,
    ...awaitedOf(asked),
    secrets: current && secretsView(ceremony, current, entries, names, book),
    signing: signingToGoOn(asked) ?? signingOf(asked, current),
    worker: workerView(ceremony, book, health, record, now, asked.words),
    keys: keysOf(ceremony, book, asked.words),
    deviations: deviationViews(asked, (deviation) => textsOf(deviation, names)),
    openSheet: openSheetView(asked),
    readOut: readOutView(asked),
    notebooks: notebookViews(asked),
    record,
  };
}

function stoppedView(entries: readonly Entry[], asked: Asked): RoomView["stopped"] {
  if (asked.ceremony.phase !== "stopped") return null;
  const who = whyBreakStopped(asked) ?? interruption(entries, "ceremony-stopped", asked.names);
  return who && { ...who, goingOn: goingOnView(asked) };
}

function signingOf({ ceremony, names, book }: Asked, current: StepState | null): RoomView["signing"] {
  return ceremony.phase === "running" && current ? signingView(ceremony, current, names, needsQuorum(current, book)) : null;
}

function interruption(
  entries: readonly Entry[],
  kind: "ceremony-stopped" | "ceremony-aborted",
  names: Names,
): RoomView["aborted"] {
  const entry = lastOf(entries, kind);
  return entry && { at: entry.at, name: names.name(entry.by), reason: names.text(entry.body.reason) };
}

function scriptLine({ script, scriptHash }: Ceremony, words: Words): RoomView["script"] {
  const { script: id, edition, title, purpose, minutes, emergency, afterwards = [] } = script;
  const quorum = quorumIn(words, script.quorum);
  return {
    ...{ id, edition, title, purpose, hash: scriptHash, quorum, minutes, signWithin: script.expires.minutes, afterwards },
    emergency: emergency ? { rule: quorum, usual: quorumIn(words, emergency.usual), days: emergency.review.days } : null,
  };
}

function recorderView({ recorder }: Ceremony): RoomView["recorder"] {
  if (!recorder) return null;
  const { label, model, serial, firmware } = recorder.token;
  const fingerprint = sha256Hex(fromBase64url(recorder.recorder.certificate));
  return {
    at: recorder.at,
    fingerprint,
    token: { label, model, serial, firmware },
    others: recorder.others ?? [],
    software: recorder.software,
  };
}

function meView(ceremony: Ceremony, names: Names, me: string): RoomView["me"] {
  if (!ceremony.participants.some(({ person }) => person === me)) return null;
  const passkeys = personOf(ceremony.roster, me)?.passkeys ?? [];
  return { ...names.person(me), passkeys: passkeys.map(({ id }) => id) };
}

function participantView(ceremony: Ceremony, entries: readonly Entry[], names: Names, person: string): Participant {
  const known = names.person(person);
  const deed = entries.findLast((one) => one.kind === "identity-checked" && one.body.person === person);
  const checked =
    deed?.kind === "identity-checked" ? { at: deed.at, by: names.name(deed.by), document: names.text(deed.body.document) } : null;
  const [away, late] = [ceremony.away.includes(person), ceremony.unchecked.includes(person)];
  return { ...known, initials: initialsOf(known.name), checked, away, late };
}

function keysOf(ceremony: Ceremony, book: RoomBook, words: Words): readonly KeyView[] {
  return performed(ceremony).flatMap((done) => {
    const rules = book.find(done.request.operation);
    const step = ceremony.steps.find((state) => state.outcomes.includes(done))?.number ?? 0;
    const algorithm = typeof done.request["algorithm"] === "string" ? done.request["algorithm"] : "";
    const fingerprint = fingerprintIn(rules?.tell(done.request, done.outcome).fingerprint ?? null, words, rules?.rowsIn);
    return (rules?.makes(done.request) ?? []).map(({ label, kind }) => ({
      label,
      kind,
      algorithm,
      at: done.at,
      step,
      fingerprint,
    }));
  });
}

function textsOf({ body }: Ceremony["deviations"][number], names: Names): DeviationTexts {
  if ("code" in body) return seamTexts(body, names.words);
  return {
    expected: names.text(body.expected),
    happened: names.text(body.happened),
    decided: names.text(body.decided),
  };
}
