import type { Assertion } from "#lib/ceremony/entry";
import type { Statement } from "#lib/ceremony/statement";
import { Statement as StatementSchema } from "#lib/ceremony/statement.schema";
import { parseCanonical } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";
import { fromBase64url, sha256Hex, utf8 } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import { SIGNED_KIND } from "./propose-statement";
import { openTexts, type NotebookPages } from "./statement-texts";

export type SignStatement = {
  /** The canonical text whose SHA-256 was signed. */
  readonly statement: string;
  /** What the statement's remark says; none when it has no remark. */
  readonly openings: readonly Opening[];
  readonly assertion: Assertion;
  /** Enter-part only: the encrypted part whose hash the statement names, base64url. */
  readonly ciphertext?: string | undefined;
  /** Release-notebook only: the pages whose hash the statement names. */
  readonly pages?: NotebookPages | undefined;
};

/** Whatever a person signs: which act it is stands inside the signed statement, and nowhere else. */
export async function signStatement(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: SignStatement,
): Promise<Result<Appended, Objection>> {
  const statement = readStatement(form.statement);
  if (!statement) return object("STATEMENT-UNREADABLE");
  const pages = statement.act === "release-notebook" ? form.pages : [];
  if (!pages) return object("FORM", { where: "pages", problem: "the pages of the notebook are missing" });
  const openings = openTexts(room.world, statement, pages, form.openings);
  if (!openings.ok) return openings;
  const ciphertext = readCiphertext(statement, form.ciphertext);
  if (!ciphertext.ok) return ciphertext;
  const { assertion } = form;
  return appendEntry(room, actor, ceremony, () =>
    ok({ ...draftOf(statement, assertion, pages), openings: openings.value, ...ciphertext.value }),
  );
}

function draftOf({ act, ...said }: Statement, assertion: Assertion, pages: NotebookPages) {
  const statement = { act, ...said };
  if (act === "release-notebook") return { kind: SIGNED_KIND[act], body: { statement, assertion, pages: [...pages] } };
  return { kind: SIGNED_KIND[act], body: { statement, assertion } };
}

function readStatement(text: string): Statement | null {
  try {
    const parsed = StatementSchema.safeParse(parseCanonical(utf8(text)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * A part goes with its ciphertext, and nothing else has one; a hash without the bytes behind it would keep the worker from
 * ever beginning.
 */
function readCiphertext({ part }: Statement, given: string | undefined): Result<{ readonly ciphertext?: Uint8Array }, Objection> {
  if (!part) return given === undefined ? ok({}) : object("PART-CIPHERTEXT");
  try {
    const ciphertext = fromBase64url(given ?? "");
    return sha256Hex(ciphertext) === part.sha256 ? ok({ ciphertext }) : object("PART-CIPHERTEXT");
  } catch {
    return object("PART-CIPHERTEXT");
  }
}
