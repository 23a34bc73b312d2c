import { performed, tokenSerials, type Ceremony, type Deviated, type Deviation, type Performed, type StepState } from "../ceremony/ceremony";
import { chainCode } from "../ceremony/chain-code";
import { endorsementHash } from "../ceremony/endorsement";
import type { Entry } from "../ceremony/entry";
import type { OperationRules, Outcome } from "../ceremony/operation";
import type { Approval } from "../ceremony/quorum";
import { passkeyOf, personOf, shortPasskey } from "../ceremony/roster";
import { ruleInWords, stepOf, type OperationRequest } from "../ceremony/script";
import { stepTranslations, translationsOf } from "../ceremony/translated";
import { statementHash } from "../ceremony/statement";
import { valuesOf, TAKEN_OUT, type Commitment } from "../log/commitment";
import { fromBase64url, sha256Hex } from "../log/digest";
import { ASSUMPTIONS } from "./assumptions";
import { clauseMap, toldBy } from "./clauses/clause-map";
import { keyReport } from "./key-report";
import type * as Doc from "./record-document";
import { readinessOf } from "./record-readiness";
import { stepNamed } from "./step-named";
import { stampsOf } from "./record-stamps";
import { TRANSCRIPT_FILE, transcriptBytes, type Transcript } from "./transcript";
import { verifyCommandOf } from "./verify-command";
import { breakInWords, doingOf, goingOnInWords, resultsOf, seamOf, type Say } from "./record-sentences";
import { bareSheet, notebooksOf, openingOfSheet, printedOf, readingOf, sheetsAt, signaturesOfSheet, wordsOnStep } from "./record-sheets";

/** What the record asks of an operation beside its rules: how to tell an outcome to people. */
export interface TellingRules extends OperationRules {
  tell(request: OperationRequest, outcome: Outcome): {
    readonly facts: readonly Doc.RecordFact[];
    readonly attributes: readonly { readonly text: string; readonly needless: boolean }[];
    readonly fingerprint: { readonly of: string; readonly value: string } | null;
  };
}
export interface TellingBook {
  find(name: string): TellingRules | null;
}

/**
 * What the record of a closed ceremony says, from its transcript alone. `ceremony` is what `replay` makes of the same
 * entries. Same transcript, same document. Throws when the ceremony is not closed: nothing unfinished is sealed.
 */
export function recordDocument(transcript: Transcript, ceremony: Ceremony, book: TellingBook): Doc.RecordDocument {
  const { recorder, closed } = ceremony;
  if (!recorder || !closed) throw new Error("a record is made of a closed ceremony");
  const say = sayer(transcript, ceremony);
  const opened = transcript.entries[0] as Extract<Entry, { kind: "ceremony-opened" }>;
  const aborted = transcript.entries.find((entry) => entry.kind === "ceremony-aborted");
  const { token, others } = recorder;
  const fingerprint = sha256Hex(fromBase64url(recorder.recorder.certificate));
  const ready = readinessOf(ceremony, say);
  const participants = everybodyIn(ceremony).map((person) => participantOf(transcript, ceremony, say, person));
  const acts = actsOf(transcript, ceremony, say, book);
  const deviations = deviationsOf(ceremony, say);
  const keys = performed(ceremony).flatMap((one) => keysOf(ceremony, one, book));
  const report = keyReport({ told: toldBy(transcript.entries, book), ceremony, participants, acts, keys, say });
  const clauses = clauseMap(transcript.entries, book);
  return {
    organisation: say.text(ceremony.roster.organisation),
    title: ceremony.title,
    mode: ceremony.mode,
    ceremony: ceremony.id,
    place: say.text(opened.body.place),
    script: { id: `${ceremony.script.script}, edition ${String(ceremony.script.edition)}`, title: ceremony.script.title, hash: ceremony.scriptHash },
    endorsement: endorsementOf(ceremony, say),
    ...(ready && { readiness: ready }),
    opened: ceremony.openedAt,
    closed: closed.at,
    ending: aborted ? { kind: "aborted", reason: say.text(aborted.body.reason) } : { kind: "completed" },
    quorum: ruleInWords(ceremony.script.quorum),
    token: [
      { name: "Label", value: token.label, measured: true },
      { name: "Serial", value: token.serial, measured: true },
      { name: "Manufacturer", value: token.manufacturer },
      { name: "Model", value: token.model },
      { name: "Hardware", value: token.hardware, measured: true },
      { name: "Firmware", value: token.firmware, measured: true },
      ...(others ?? []).map(({ name, label, model, serial }) => ({ name: `Other token: ${name}`, value: `${label}, ${model}, serial ${serial}`, measured: true })),
    ],
    recorder: { fingerprint, subject: recorder.software },
    participants,
    acts,
    keys,
    deviations,
    clocks: clocksOf(transcript, say),
    secondScreen: opened.body.secondScreen ?? null,
    readOut: readingOf(ceremony, say),
    printed: printedOf(ceremony, deviations, acts),
    notebooks: notebooksOf(ceremony, say),
    seams: seamsOf(transcript, ceremony, say),
    stamps: stampsOf(transcript, ceremony),
    signatures: signaturesOf(ceremony, say),
    afterwards: afterwardsOf(ceremony),
    report,
    clauses,
    pointed: pointedAt(transcript, ceremony, acts, [report?.items ?? [], clauses.flatMap((source) => source.clauses)].flat()),
    assumptions: [...ASSUMPTIONS],
    verification: {
      command: verifyCommandOf(ceremony.mode),
      qr: `claviger:record:1:${ceremony.id}:${ceremony.head.hash}:${fingerprint}`,
    },
    transcriptHash: ceremony.head.hash,
    entries: transcript.entries.length,
    attachments: [
      {
        name: TRANSCRIPT_FILE,
        mime: "application/json",
        description: "Every entry of the ceremony with every signed statement and assertion, as canonical JSON (RFC 8785)",
        relationship: "Source",
        bytes: transcriptBytes(transcript),
      },
    ],
  };
}

/** The entries that these point at, each once, with the bytes it is known by. */
function pointedAt(
  transcript: Transcript, ceremony: Ceremony, acts: readonly Doc.RecordAct[], pointing: readonly { entries: number[] }[],
): Doc.RecordPointed[] {
  const seqs = new Set(pointing.flatMap(({ entries }) => entries));
  const numbers = acts.flatMap((act) => act.steps.map(({ number }) => number));
  return transcript.entries.flatMap((entry) => {
    if (!seqs.has(entry.seq)) return [];
    const at = ceremony.steps.findIndex(({ step }) => step.step === stepNamed(entry));
    return [{ entry: entry.seq, kind: entry.kind, step: numbers[at] ?? null, hash: hashIn(transcript, ceremony, entry) }];
  });
}

function sayer(transcript: Transcript, ceremony: Ceremony): Say {
  const value = valuesOf(transcript.openings);
  const text = (commitment: Commitment) => value(commitment) ?? TAKEN_OUT;
  const left = ceremony.replaced.map(({ leaves, role }) => [leaves, `${role} until replaced`] as const);
  const roles = new Map<string, string>([...left, ...ceremony.participants.map(({ person, role }) => [person, role] as const)]);
  return {
    text,
    person: (person) => {
      const known = personOf(ceremony.roster, person);
      if (!known) return { person, name: "The worker", role: "recorder" };
      const title = value(known.title);
      const role = roles.get(person) ?? "not in this ceremony";
      return { person, name: value(known.name) ?? `${TAKEN_OUT} ${person}`, role: title ? `${role}, ${title}` : role };
    },
  };
}

/** Who endorsed the script, under which rule. They need not have taken part, so their role is what the roster made them. */
function endorsementOf({ mode, endorsements, roster }: Ceremony, say: Say): Doc.RecordDocument["endorsement"] {
  const needed = roster.quorum.approve;
  const by = endorsements.map(({ statement, assertion }) => ({
    ...say.person(statement.person),
    role: "custodian of the roster",
    at: statement.at,
    passkey: shortPasskey(assertion.credentialId),
    statementHash: endorsementHash(statement),
  }));
  const rule = `roster version ${String(roster.version)} asks for ${String(needed)} of its custodians`;
  if (mode === "rehearsal" && by.length === 0) return { sentence: "Nobody endorsed the script: a rehearsal needs nobody to.", by };
  return { sentence: `Endorsed by ${String(by.length)} with their passkeys before the ceremony was opened; ${rule}.`, by };
}

/** The cast as it was at the end, then those whose places stand-ins took. */
const everybodyIn = ({ participants, replaced }: Ceremony): readonly string[] => [
  ...participants.map(({ person }) => person),
  ...replaced.map(({ leaves }) => leaves),
];

function participantOf(transcript: Transcript, ceremony: Ceremony, say: Say, person: string): Doc.RecordParticipant {
  const check = transcript.entries.findLast((entry) => entry.kind === "identity-checked" && entry.body.person === person);
  return {
    ...say.person(person),
    passkeys: (personOf(ceremony.roster, person)?.passkeys ?? []).map(({ id, aaguid, synced, attestation }) => ({
      id: shortPasskey(id),
      authenticator: `${aaguid}${synced ? ", can be synced" : ""}${attestation ? `, attestation ${attestation.format}: ${attestation.proof}` : ""}`,
    })),
    identity: check?.kind === "identity-checked" ? { how: say.text(check.body.document), by: say.person(check.by).name, at: check.at } : null,
  };
}

function actsOf(transcript: Transcript, ceremony: Ceremony, say: Say, book: TellingBook): Doc.RecordAct[] {
  let at = 0;
  return ceremony.script.acts.map((act, a) => ({
    number: String(a + 1),
    title: act.title,
    translations: [...translationsOf(act.in)],
    steps: ceremony.steps
      .slice(at, (at += act.steps.length))
      .map((state, s) => stepOfRecord(transcript, ceremony, state, `${String(a + 1)}.${String(s + 1)}`, say, book)),
  }));
}

function stepOfRecord(transcript: Transcript, ceremony: Ceremony, state: StepState, number: string, say: Say, book: TellingBook): Doc.RecordStep {
  const { step } = state;
  const mine = transcript.entries.filter((entry) => stepNamed(entry) === step.step);
  const reached = state.opening !== null;
  return {
    number,
    title: step.title,
    kind: step.kind,
    state: state.status === "done" ? "done" : reached ? "not-done" : "not-reached",
    spoken: step.say,
    translations: [...stepTranslations(step)],
    ...(reached && mine[0] ? { opened: mine.find((entry) => entry.kind === "step-opened")?.at ?? mine[0].at } : {}),
    ...(state.doneAt ? { finished: state.doneAt } : {}),
    ...(step.minutes === undefined ? {} : { plannedMinutes: step.minutes }),
    codes: mine.flatMap((entry) => (entry.kind === "step-opened" ? [chainCode(hashIn(transcript, ceremony, entry))] : [])),
    doings: mine.flatMap((entry) => {
      const did = doingOf(entry, say);
      return did ? [{ ...say.person(entry.by), at: entry.at, did }] : [];
    }),
    results: resultsOf(state, ceremony.files, say),
    approvals: mine.flatMap((entry) => approvalOf(ceremony, entry, say)),
    outcomes: [...state.outcomes.map((one) => outcomeOf(ceremony, one, book)), ...failuresOf(mine, ceremony, book)],
    deviations: sheetsAt(ceremony, step.step),
    ...wordsOnStep(ceremony, state, say),
  };
}

/** The hash of an entry is what the next one says of it, or the head. */
const hashIn = ({ entries }: Transcript, { head }: Ceremony, { seq }: Entry): string => entries[seq + 1]?.prev ?? head.hash;

function approvalOf(ceremony: Ceremony, entry: Entry, say: Say): Doc.RecordApproval[] {
  if (entry.kind !== "step-approved" && entry.kind !== "step-refused") return [];
  const { statement, assertion } = entry.body;
  return [
    {
      ...say.person(entry.by),
      decision: entry.kind === "step-approved" ? "approve" : "refuse",
      ...(statement.remark ? { reason: say.text(statement.remark) } : {}),
      at: entry.at,
      passkey: shortPasskey(assertion.credentialId),
      aaguid: passkeyOf(ceremony.roster, assertion.credentialId)?.passkey.aaguid ?? "",
      statementHash: statementHash(statement),
      nonce: statement.nonce.slice(0, 12),
    },
  ];
}

function outcomeOf(ceremony: Ceremony, one: Performed, book: TellingBook): Doc.RecordOutcome {
  const rules = book.find(one.request.operation);
  const told = rules?.tell(one.request, one.outcome);
  return {
    operation: one.request.operation,
    sentence: rules?.sentence(one.request, tokenSerials(ceremony) ?? { serial: "" }) ?? one.request.operation,
    result: "done",
    at: one.at,
    durationMs: one.milliseconds,
    recovered: one.recovered,
    facts: [...(told?.facts ?? [])],
    attributes: [...(told?.attributes ?? [])],
    ...(told?.fingerprint ? { fingerprint: told.fingerprint } : {}),
  };
}

/** Ends of an operation by which nobody can say whether the token had done it. */
const UNKNOWN: readonly string[] = ["INTERRUPTED", "OUTCOME-UNKNOWN"];

function failuresOf(entries: readonly Entry[], ceremony: Ceremony, book: TellingBook): Doc.RecordOutcome[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== "operation-failed") return [];
    const step = stepOf(ceremony.script, entry.body.step);
    const request = step?.kind === "operation" ? (step.operations[entry.body.index] as OperationRequest | undefined) : undefined;
    const sentence = request && book.find(request.operation)?.sentence(request, tokenSerials(ceremony) ?? { serial: "" });
    return [
      {
        operation: request?.operation ?? "",
        sentence: sentence ?? "",
        result: "failed" as const,
        at: entry.at,
        durationMs: 0,
        recovered: false,
        facts: [
          { name: "The token answered", value: `${entry.body.fault.name} to ${entry.body.fault.call}`, measured: true },
          ...(UNKNOWN.includes(entry.body.fault.name) ? [{ name: "Whether it was done", value: "not known: look at the token" }] : []),
        ],
        attributes: [],
      },
    ];
  });
}

function keysOf(ceremony: Ceremony, one: Performed, book: TellingBook): Doc.RecordKey[] {
  const rules = book.find(one.request.operation);
  if (!rules) return [];
  const told = rules.tell(one.request, one.outcome);
  const state = ceremony.steps.find((candidate) => candidate.outcomes.includes(one));
  const destroyed = destructionOf(ceremony, one.ckaId, book);
  return rules.makes(one.request).map(({ label }) => ({
    label,
    algorithm: typeof one.request["algorithm"] === "string" ? one.request["algorithm"] : "",
    id: one.ckaId,
    ...(told.fingerprint ? { fingerprint: told.fingerprint } : {}),
    attributes: [...told.attributes],
    made: { step: state?.step.title ?? "", at: one.at },
    ...(destroyed ? { destroyed } : {}),
  }));
}

/** When and in which step the ceremony itself destroyed the key with that CKA_ID; null when it did not. */
function destructionOf(ceremony: Ceremony, ckaId: string, book: TellingBook): NonNullable<Doc.RecordKey["destroyed"]> | null {
  for (const { step, outcomes } of ceremony.steps) {
    const found = outcomes.find(({ request, outcome }) => book.find(request.operation)?.effect === "destroys" && outcome["ckaId"] === ckaId);
    if (found) return { step: step.title, at: found.at };
  }
  return null;
}

/** Every exception sheet in the order of their numbers; one that a difference opened is there, also where nobody has completed it. */
function deviationsOf(ceremony: Ceremony, say: Say): Doc.RecordDeviation[] {
  const written = ceremony.deviations.map((deviation) => ({ ...deviationOf(deviation, ceremony, say), ...signaturesOfSheet(ceremony, deviation, say) }));
  const open = ceremony.openSheet ? [bareSheet(ceremony.openSheet, ceremony, say)] : [];
  return [...written, ...open].sort((a, b) => a.number - b.number);
}

function deviationOf({ number, opened, at, by, body }: Deviation, ceremony: Ceremony, say: Say) {
  return {
    number,
    ...(opened && { opened: openingOfSheet(opened, ceremony, say) }),
    class: body.class,
    at,
    ...(body.step === null ? {} : { step: titleOf(ceremony, body.step) }),
    by: say.person(by).name,
    ...sheet(body, say),
  };
}

/** The title of the step, or its id where the script has none such. */
const titleOf = ({ script }: Ceremony, step: string): string => stepOf(script, step)?.title ?? step;

function sheet(body: Deviated, say: Say): Pick<Doc.RecordDeviation, "expected" | "happened" | "decided"> {
  if ("expected" in body) return { expected: say.text(body.expected), happened: say.text(body.happened), decided: say.text(body.decided) };
  if (body.code === "inventory-differs") {
    const expected =
      "Everything on the token was there at the first look or comes from an outcome of this ceremony, nothing else is gone, " +
      "and every object reads as it did. Handles are not compared: they belong to a session.";
    return { expected, happened: seamOf(body), decided: "The recorder noted it before anything else was begun." };
  }
  return { expected: "The worker and the token go on without interruption.", happened: seamOf(body), decided: "The worker looked at the token before it did anything." };
}

function afterwardsOf({ script: { afterwards = [], emergency } }: Ceremony): string[] {
  if (!emergency) return [...afterwards];
  const { usual, review } = emergency;
  const rule = `an emergency, whose rule is stricter than the usual ${String(usual.approve)} of ${String(usual.of)}`;
  return [...afterwards, `Review this ceremony within ${String(review.days)} days: it was ${rule}.`];
}

/** Every comparison, in order: the newest of a device says how it is now, the others how it moved. */
const clocksOf = ({ entries }: Transcript, say: Say): Doc.RecordClock[] =>
  entries.flatMap((entry) => {
    if (entry.kind !== "clock-compared") return [];
    const { name, milliseconds } = entry.body;
    return [{ ...say.person(entry.by), device: say.text(name), at: entry.at, milliseconds }];
  });

/** Every time the ceremony could not go on: stops until they were resumed, and what the worker saw of itself and the token. */
function seamsOf(transcript: Transcript, ceremony: Ceremony, say: Say): Doc.RecordSeam[] {
  return transcript.entries.flatMap((entry, i): Doc.RecordSeam[] => {
    if (entry.kind === "worker-noted" && entry.body.code === "inventory-differs") return [];
    if (entry.kind === "worker-noted") return [{ from: transcript.entries[i - 1]?.at ?? entry.at, to: entry.at, what: seamOf(entry.body) }];
    if (entry.kind !== "ceremony-stopped") return comingsAndGoings(transcript, ceremony, entry, say);
    const goesOn = goingOnInWords(entry.seq, { entries: transcript.entries, deviations: ceremony.deviations }, say);
    const what = `${say.person(entry.by).name} stopped the ceremony: ${say.text(entry.body.reason)}`;
    return [{ from: entry.at, ...(goesOn ? { to: goesOn.at } : {}), what: [what, goesOn?.what ?? []].flat().join(" ") }];
  });
}

/** Breaks with what was counted, who was away from when to when, and who took whose place. */
function comingsAndGoings({ entries }: Transcript, ceremony: Ceremony, entry: Entry, say: Say): Doc.RecordSeam[] {
  const name = (person: string) => say.person(person).name;
  if (entry.kind === "break-begun") {
    const found = ceremony.breaks.find(({ begun }) => begun.seq === entry.seq);
    const ended = found?.ended ?? null;
    const differs = found && (found.differs.token || found.differs.people.length > 0 || found.differs.seals.length > 0);
    const goesOn = ended && differs ? goingOnInWords(ended.seq, { entries, deviations: ceremony.deviations }, say) : null;
    const what = [`Break. ${breakInWords(entry, found ?? null, say, entries)}`, goesOn?.what ?? []].flat().join(" ");
    return [{ from: entry.at, ...(ended ? { to: ended.at } : {}), what }];
  }
  if (entry.kind === "person-replaced") {
    const { leaves, arrives, role } = entry.body;
    return [{ from: entry.at, to: entry.at, what: `${name(entry.by)} noted that ${name(arrives)} took the place of ${name(leaves)} as ${role}.` }];
  }
  if (entry.kind !== "presence-noted" || entry.body.present) return [];
  const { person } = entry.body;
  const back = entries.find(({ seq, kind, body }) => seq > entry.seq && kind === "presence-noted" && "person" in body && body.person === person);
  return [{ from: entry.at, ...(back ? { to: back.at } : {}), what: `${name(entry.by)} noted that ${name(person)} was not in the room.` }];
}

function signaturesOf(ceremony: Ceremony, say: Say): Doc.RecordSignature[] {
  const last = ceremony.steps.at(-1);
  const signOff = last?.step.kind === "sign-off" ? last.step : null;
  const sentence = signOff?.say ?? "";
  const asked = ceremony.participants.filter(({ role }) => signOff?.by.includes(role));
  return asked.map(({ person }) => {
    const signature = last?.signatures.find((candidate) => candidate.person === person);
    return { ...say.person(person), signed: signature ? signed(signature, sentence, say) : null };
  });
}

function signed({ statement, at, assertion }: Approval, sentence: string, say: Say): NonNullable<Doc.RecordSignature["signed"]> {
  const common = { at, passkey: shortPasskey(assertion.credentialId), statementHash: statementHash(statement) };
  const remark = statement.remark ? say.text(statement.remark) : "no reason given";
  if (statement.verdict === "do-not-agree") return { agrees: false, sentence: "I do not agree", reason: remark, ...common };
  const full = statement.verdict === "agree-except-noted" ? `${sentence} Except as noted: ${remark}` : sentence;
  return { agrees: true, sentence: full, ...common };
}

