import type { Assertion } from "#lib/ceremony/entry";
import type { Statement } from "#lib/ceremony/statement";
import { Statement as StatementSchema } from "#lib/ceremony/statement.schema";
import { parseCanonical } from "#lib/log/canonical";
import { openingOf, type Opening } from "#lib/log/commitment";
import { fromBase64url, sha256Hex, utf8 } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";
import { SIGNED_KIND } from "./propose-statement";
import { readableText } from "./readable-text";

export type SignStatement = {
  /** The canonical text whose SHA-256 was signed. */
  readonly statement: string;
  /** What the statement's remark says; none when it has no remark. */
  readonly openings: readonly Opening[];
  readonly assertion: Assertion;
  /** Enter-part only: the encrypted part whose hash the statement names, base64url. */
  readonly ciphertext?: string | undefined;
};

/** Approves, refuses, enters a part of a secret or signs off: which of them is inside the signed statement, and nowhere else. */
export async function signStatement(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: SignStatement,
): Promise<Result<Appended, Objection>> {
  const statement = readStatement(form.statement);
  if (!statement) return object("STATEMENT-UNREADABLE");
  const openings = openRemark(room, statement, form.openings);
  if (!openings.ok) return openings;
  const ciphertext = readCiphertext(statement, form.ciphertext);
  if (!ciphertext.ok) return ciphertext;
  const { assertion } = form;
  return appendEntry(room, actor, ceremony, () =>
    ok({ kind: SIGNED_KIND[statement.act], body: { statement, assertion }, openings: openings.value, ...ciphertext.value }),
  );
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

/** A remark that nobody could ever read would be a signature over nothing: it must be opened, and readable, when it is signed. */
function openRemark(room: Room, statement: Statement, openings: readonly Opening[]): Result<readonly Opening[], Objection> {
  if (!statement.remark) return openings.length === 0 ? ok([]) : object("REMARK-OPENING");
  const opening = openingOf(statement.remark, openings);
  if (!opening || openings.length !== 1) return object("REMARK-OPENING");
  if (opening.path !== `${SIGNED_KIND[statement.act]}/${statement.step}/remark` || !/^[0-9a-f]{32}$/.test(opening.salt))
    return object("REMARK-OPENING");
  const text = readableText(room.world, "remark", opening.value, "passage");
  if (!text.ok) return text;
  return text.value === opening.value ? ok([opening]) : object("REMARK-OPENING");
}
