import type { Fact } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { isReserved } from "#lib/ceremony/signing-time";
import type { SecretPart, Statement, StatementAct } from "#lib/ceremony/statement";
import { wordsHere } from "#components/words";
import { Statement as StatementSchema } from "#lib/ceremony/statement.schema";
import type { NotebookPage } from "#lib/conduct/notebook";
import type { PaperSaid } from "#lib/conduct/propose-statement";
import type { RoomView } from "#lib/conduct/room";
import type { NotebookPages } from "#lib/conduct/statement-texts";
import { canonicalText, hashOf, parseCanonical, type Json } from "#lib/log/canonical";
import { commit, type Commitment, type Opening } from "#lib/log/commitment";
import { hex, utf8 } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { factsIn } from "#lib/words/fact-name";
import { translatedSentence } from "#lib/conduct/translated-sentence";
import { stepNumbered } from "./step-find";

/** What the server proposes to sign: the canonical text, and what its commitments stand for. */
export type Proposal = {
  readonly statement: string;
  readonly openings: readonly Opening[];
  /** Of a notebook only: the pages as the entry will have them. */
  readonly pages?: NotebookPages;
};

/** What the person decided on this screen; the proposal must say exactly this. */
export type Intended = {
  readonly act: StatementAct;
  readonly step: string;
  readonly verdict: Statement["verdict"];
  readonly remark: string;
  readonly part?: SecretPart;
  /** Paper only: what is said to have been done, in plain text. */
  readonly paper?: PaperSaid;
  /** Release-notebook only: the pages as their writer sees them. */
  readonly pages?: readonly NotebookPage[];
  /** Approve-resume only: the entry of the exception sheet that is shown. */
  readonly deviation?: number;
};

export type Checked = { readonly sentence: string; readonly holds: boolean };
export type ReadStatement = {
  readonly statement: Statement;
  readonly text: string;
  /** SHA-256 of the text, computed here. */
  readonly hash: string;
  /** What is to be done; the translation is made of the same bytes, for a reader of another language. */
  readonly sentences: readonly {
    readonly sentence: string;
    readonly translation: string | null;
    readonly facts: readonly Fact[];
  }[];
  readonly checks: readonly Checked[];
  readonly sound: boolean;
};

/**
 * Reads the very bytes that will be signed: their hash is computed here, the sentences come from them and from nothing the
 * server says beside them, and each member is compared with what this person sees and decided. `now` is this device's own clock,
 * in milliseconds. Null when it is no statement.
 */
export async function readStatement(
  proposal: Proposal,
  intended: Intended,
  view: RoomView,
  now = Date.now(),
): Promise<ReadStatement | null> {
  const bytes = utf8(proposal.statement);
  const statement = statementIn(bytes);
  if (!statement) return null;
  const here = wordsHere();
  const words = here.of("signing");
  const hash = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))));
  const sentences = statement.what.map((request) => {
    const asked = request as OperationRequest;
    const rules = book.find(asked.operation);
    return {
      sentence: rules?.sentence(asked, statement.token) ?? words("unknownOperation", { name: asked.operation }),
      translation: translatedSentence(rules, asked, statement.token, here.language),
      facts: factsIn(rules?.facts(asked) ?? [], here, rules?.rowsIn),
    };
  });
  const known = statement.what.every((request) => book.find(request.operation) !== null);
  const checks: Checked[] = [
    { sentence: words("check.canonical"), holds: true },
    {
      sentence: words("check.decision"),
      holds:
        statement.act === intended.act && statement.verdict === intended.verdict && remarkHolds(statement, proposal, intended),
    },
    {
      sentence: words("check.ceremony"),
      holds: statement.ceremony === view.id && statement.mode === view.mode && statement.scriptHash === view.script.hash,
    },
    { sentence: words("check.step"), holds: isStepSeen(statement, intended, view) },
    {
      sentence: words("check.operations"),
      holds: known && hashOf(statement.what as unknown as Json) === statement.whatHash,
    },
    { sentence: words("check.token"), holds: namesTokens(statement, view) },
    ...(intended.part
      ? [{ sentence: words("check.part"), holds: samePart(statement.part, intended.part) }]
      : []),
    ...(intended.paper
      ? [{ sentence: words("check.paper"), holds: paperHolds(statement, proposal, intended.paper) }]
      : []),
    ...(intended.pages
      ? [{ sentence: words("check.pages"), holds: pagesHold(statement, proposal, intended.pages) }]
      : []),
    ...(intended.act === "approve-resume" ? [{ sentence: words("check.goingOn"), holds: goesOnAsSeen(statement, intended, view) }] : []),
    { sentence: words("check.now"), holds: !isReserved(statement, now, view.script.signWithin) },
    { sentence: words("check.yours"), holds: statement.person === view.me?.person && statement.role === view.me.role },
  ];
  return { statement, text: proposal.statement, hash, sentences, checks, sound: checks.every(({ holds }) => holds) };
}

/** The statement that these bytes are, or null: not canonical, of another kind, or with members missing. */
function statementIn(bytes: Uint8Array): Statement | null {
  try {
    const parsed = StatementSchema.safeParse(parseCanonical(bytes));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The ceremony's own token and, name by name, every other one: an approval must not travel to another device. */
function namesTokens({ token }: Statement, { recorder }: RoomView): boolean {
  const others = Object.fromEntries((recorder?.others ?? []).map(({ name, serial }) => [name, serial]));
  return token.serial === (recorder?.token.serial ?? "") && canonicalText(token.others ?? {}) === canonicalText(others);
}

/** A word about a step that is done names that step; everything else is about the one that everybody is at. */
function isStepSeen({ act, step }: Statement, intended: Intended, view: RoomView): boolean {
  if (act === "release-notebook") return stepNumbered(view, step)?.status === "done";
  if (act === "attest") return step === intended.step && stepNumbered(view, step)?.status === "done";
  if (act === "approve-resume") return step === intended.step && step === view.stopped?.goingOn?.step;
  return step === intended.step && step === view.current;
}

/** The sheet and the stop that are shown here, by their entries and by the hashes of these: everything up to them is signed. */
function goesOnAsSeen({ deviation, head, nonce }: Statement, intended: Intended, { stopped }: RoomView): boolean {
  const seen = stopped?.goingOn;
  if (!seen || deviation !== intended.deviation) return false;
  return deviation === seen.deviation && head === seen.head && nonce === seen.stop;
}

const opens = ({ openings }: Proposal, commitment: Commitment | undefined, text: string): boolean =>
  openings.some((one) => one.value === text && commit(one).committed === commitment?.committed);

function paperHolds({ paper }: Statement, proposal: Proposal, said: PaperSaid): boolean {
  const same = paper?.began === said.began && paper.ended === said.ended && paper.deviation === said.deviation;
  return same && opens(proposal, paper.account, said.account) && opens(proposal, paper.kept, said.kept);
}

function pagesHold(statement: Statement, proposal: Proposal, seen: readonly NotebookPage[]): boolean {
  const pages = proposal.pages ?? [];
  const alike = seen.length === pages.length && seen.every(({ page, at, text }, i) => {
    const one = pages[i];
    return one?.page === page && one.at === at && opens(proposal, one.text, text);
  });
  return alike && statement.pages === hashOf(pages);
}

const samePart = (said: SecretPart | undefined, meant: SecretPart): boolean =>
  said !== undefined && canonicalText(said) === canonicalText(meant);

function remarkHolds(statement: Statement, proposal: Proposal, intended: Intended): boolean {
  if (intended.remark === "") return statement.remark === null;
  const opening = proposal.openings.find((one) => one.value === intended.remark);
  return opening !== undefined && commit(opening).committed === statement.remark?.committed;
}
