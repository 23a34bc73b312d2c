import { INVARIANTS, type InvariantName } from "#lib/ceremony/refusal";
import { fields, type FieldName } from "#lib/words/en/fields";
import { wordsIn, type Words } from "#lib/words/words";
import type { Objection, ObjectionName } from "./objection";
import { refusalSentence, type Said } from "./refusal-sentence";

/** Status codes as in RFC 9110 and RFC 6585. The sentences stand in lib/words, area "objections". */
const STATUS: { readonly [name in ObjectionName]: number } = {
  FORM: 400,
  "TEXT-MISSING": 422,
  "CRYPTOPERIOD-MISSING": 422,
  "CRYPTOPERIOD-OVER": 422,
  "TEXT-LONG": 422,
  "TEXT-CHARACTERS": 422,
  "TEXT-UNDRAWABLE": 422,
  "STATEMENT-UNREADABLE": 400,
  "STATEMENT-NONE": 409,
  "REMARK-OPENING": 400,
  "PART-CIPHERTEXT": 400,
  "SCRIPT-FINDINGS": 422,
  "BODY-LARGE": 413,
  "FILE-EMPTY": 422,
  "FILE-LARGE": 413,
  "FILES-MANY": 413,
  "FILE-NOT-YOURS": 403,
  "HAND-UNKNOWN": 403,
  "HAND-REFUSED": 403,
  "HAND-SPENT": 409,
  "SHARE-NOT-YOURS": 403,
  "NOT-SIGNED-IN": 401,
  "SIGN-IN-REFUSED": 401,
  "LOOK-ONLY": 403,
  "ADMINISTRATOR-ONLY": 403,
  "OTHER-ORIGIN": 403,
  "TOO-OFTEN": 429,
  "LINES-MANY": 429,
  "NOT-FOUND": 404,
  "FILE-NOT-AS-NAMED": 409,
  "RECORD-NOT-SEALED": 404,
  "PERSON-UNKNOWN": 404,
  "SCRIPT-UNKNOWN": 404,
  "ROSTER-UNKNOWN": 404,
  "FILE-TOO-LATE": 409,
  "SHEET-COMPLETED": 409,
  "SHEET-OPEN": 409,
  "LINK-SPENT": 410,
  "CHALLENGE-SPENT": 409,
  "PASSKEY-TAKEN": 409,
  "PASSKEY-UNFIT": 422,
  "EMAIL-TAKEN": 409,
  "SCRIPT-TAKEN": 409,
  "ROSTER-OVERTAKEN": 409,
  "REHEARSAL-MISSING": 409,
  "EMERGENCY-ALONE": 409,
  "EMERGENCY-NOT-STRICTER": 409,
  "ROSTER-AWAITED": 409,
  "NOTHING-TO-ENDORSE": 409,
  "ROSTER-EMPTY": 409,
  "LAST-ADMINISTRATOR": 409,
  "ORGANISER-ONLY": 403,
  "PLAN-PAST": 422,
  "PLAN-CAST": 422,
  "PLAN-OVERTAKEN": 409,
  "PLAN-DRAFT": 409,
  "DUTY-SETTLED": 409,
  "MAIL-ADDRESS": 409,
  "AUDITOR-ONLY": 403,
  "DESK-ONLY": 403,
  "MATTER-OVERTAKEN": 409,
  "SECOND-PERSON": 409,
  "POPULATION-EMPTY": 422,
  "POPULATION-LARGE": 422,
  "SAMPLE-SIZE": 422,
  "SAMPLE-WORDS": 422,
  "CHECKPOINT-AWAITED": 409,
  "CHECKPOINT-OTHER": 409,
  "LOG-NONE": 409,
  "DUE-PAST": 422,
  "RETENTION-RUNS": 409,
  "RECORD-HELD": 409,
  "RECORD-BESIDE": 409,
  "RECORD-DESTROYED": 410,
  "RENEWAL-OTHER": 422,
  "AUDIT-FILE-EMPTY": 422,
  "AUDIT-FILE-LARGE": 422,
  "CLIENT-PRIVATE": 422,
  "CLIENT-UNREADABLE": 422,
  "CLIENT-NONE": 422,
  "GRANT-OVERTAKEN": 409,
  "GRANT-SAME": 409,
  "GRANT-NONE": 409,
  "GRANT-COUNTS": 409,
  "GRANT-NAMES": 422,
  "GRANT-TOKENS": 422,
  "GRANT-LONG": 422,
  "GRANT-MIXED": 409,
  BUSY: 503,
  "TIME-AHEAD": 409,
  "DATABASE-GONE": 503,
  "TRANSCRIPT-BROKEN": 500,
  FAULT: 500,
};

const isInvariant = (code: string): code is InvariantName => (INVARIANTS as readonly string[]).includes(code);

/** What a person is told, and the HTTP status that goes with it: 409 for every refusal by a rule. */
export function objectionSentence({ code, facts }: Objection, words: Words = wordsIn("en")): Said & { readonly status: number } {
  if (isInvariant(code)) return { status: 409, ...refusalSentence(code, words) };
  const status = STATUS[code];
  const say = words.of("objections");
  const sentence = say(`${code}.sentence`);
  const remedy = say(`${code}.remedy`);
  const { findings, looser } = facts;
  if (Array.isArray(looser)) {
    const less = looser.map((name) => say(`looser.${name}` as "looser.usual"));
    return { status, sentence: `${sentence.replace(/\.$/, "")}: ${less.join(", ")}.`, remedy };
  }
  if (Array.isArray(findings)) return { status, sentence: `${sentence.replace(/\.$/, "")}: ${findings.join(" ")}`, remedy };
  const field = fieldIn(facts);
  if (field === null) return { status, sentence, remedy };
  return { status, sentence: sentence.replace(/\.$/, ` (${words.of("fields")(field)}).`), remedy };
}

/** What is objected to, where people have a word for it: the field itself, or the end of the path to it in what was sent. */
function fieldIn({ field, where }: Objection["facts"]): FieldName | null {
  const named = typeof field === "string" ? field : typeof where === "string" ? (where.split("/").findLast((part) => !/^\d+$/.test(part)) ?? "") : "";
  return Object.hasOwn(fields, named) ? (named as FieldName) : null;
}
