import { statementFor } from "#lib/ceremony/statement-for";
import { stateOf } from "#lib/ceremony/ceremony";
import type { PaperClaim, SecretPart, Statement, StatementAct } from "#lib/ceremony/statement";
import { canonicalText, type Json } from "#lib/log/canonical";
import { openingOf, type Opening } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import type { Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import type { Transcript } from "./transcript";

export type ProposeStatement = {
  readonly act: StatementAct;
  readonly step: string;
  readonly verdict?: Statement["verdict"] | undefined;
  readonly remark?: string | undefined;
  /** Enter-part only: which part, for which call, and the hash of what was encrypted in the browser. */
  readonly part?: SecretPart | undefined;
  /** Paper only: what the first of two people says was done. The second signs what the first one did. */
  readonly paper?: PaperSaid | undefined;
  /** Approve-resume only: as which deviation says the ceremony goes on. */
  readonly deviation?: number | undefined;
};

export type PaperSaid = {
  readonly began: string;
  readonly ended: string;
  readonly account: string;
  readonly kept: string;
  readonly deviation: number;
};

/** The entry that a statement's remark ends up in, and so the first part of its commitment's path. */
export const SIGNED_KIND = {
  approve: "step-approved",
  refuse: "step-refused",
  "enter-part": "secret-part-entered",
  "sign-off": "signed-off",
  attest: "step-attested",
  paper: "step-papered",
  "release-notebook": "notebook-released",
  "approve-resume": "resume-approved",
} as const;

/**
 * The statement this person can sign now for this decision, as canonical text, with what opens its remark. A proposal
 * only: the browser makes its own from the transcript, and whatever is signed is judged again.
 */
export async function proposeStatement(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: ProposeStatement,
): Promise<Result<{ readonly statement: string; readonly openings: readonly Opening[] }, Objection>> {
  const transcript = await room.transcripts.read(ceremony);
  if (!transcript) return object("NOT-FOUND");
  const text = form.remark?.trim() ?? "";
  const remark =
    text === "" && form.act !== "refuse"
      ? ok({ commitments: { remark: null }, openings: [] })
      : commitTexts(room.world, `${SIGNED_KIND[form.act]}/${form.step}`, { remark: { text, length: "passage" } });
  if (!remark.ok) return remark;
  const paper = form.act === "paper" ? paperFor(room, transcript, form) : ok(null);
  if (!paper.ok) return paper;
  const decision = {
    act: form.act,
    step: form.step,
    verdict: form.verdict ?? null,
    part: form.part,
    ...(paper.value && { paper: paper.value.claim }),
    ...(form.act === "approve-resume" && { deviation: form.deviation }),
    ...remark.value.commitments,
  };
  const statement = statementFor(transcript.ceremony, actor.person, decision);
  if (!statement) return object("STATEMENT-NONE", { step: form.step });
  return ok({ statement: canonicalText(statement as unknown as Json), openings: [...remark.value.openings, ...(paper.value?.openings ?? [])] });
}

type Claimed = { readonly claim: PaperClaim; readonly openings: readonly Opening[] };

/** What the first person signed, for the second to sign too; else what this one says, behind commitments. */
function paperFor(room: Room, { ceremony, openings }: Transcript, { step, paper }: ProposeStatement): Result<Claimed, Objection> {
  const first = stateOf(ceremony, step)?.papers[0]?.statement.paper;
  if (first) {
    const opened = [first.account, first.kept].flatMap((commitment) => openingOf(commitment, openings) ?? []);
    return ok({ claim: first, openings: opened });
  }
  if (!paper) return object("STATEMENT-NONE", { step });
  const { began, ended, deviation, account, kept } = paper;
  const texts = commitTexts(room.world, `${SIGNED_KIND.paper}/${step}`, {
    account: { text: account, length: "passage" },
    kept: { text: kept, length: "line" },
  });
  if (!texts.ok) return texts;
  return ok({ claim: { began, ended, deviation, ...texts.value.commitments }, openings: texts.value.openings });
}
