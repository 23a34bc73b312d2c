import { expect, test } from "vitest";
import { dutiesToAccept, endorsementFor, endorsementHash, passkeyToTest, type EndorsementStatement } from "#lib/ceremony/endorsement";
import { passkey, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { canonicalText, type Json } from "#lib/log/canonical";
import { wordsIn } from "#lib/words/words";
import { lookAtOwn } from "./look-at-own";

const AT = "2026-11-22T10:00:00.000Z";
const NOW = Date.parse(AT) + 60_000;
const words = wordsIn("en").of("readiness");
const text = (value: unknown) => canonicalText(value as Json);
const duties = dutiesToAccept("I keep my passkey to myself.");
const test1 = passkeyToTest(passkey("carl-1"), "ab".repeat(32));
const statements = {
  duties: endorsementFor(duties, smallRoster, "carl", AT),
  passkey: endorsementFor(test1, smallRoster, "carl", AT),
};
const documents = { duties: { v: "claviger/duties/v1", says: "I keep my passkey to myself." }, passkey: passkey("carl-1") };
const hashes = { duties: duties.hash, passkey: test1.hash };

function look(what: "duties" | "passkey", change: Partial<EndorsementStatement> = {}, now = NOW, document: unknown = documents[what]) {
  const statement = text({ ...statements[what], ...change });
  const proposal = { statement, document: text(document), roster: text(smallRoster), openings: [] };
  return lookAtOwn(proposal, { what, hash: hashes[what], person: "carl" }, now, words);
}
const failing = (...asked: Parameters<typeof look>) => look(...asked)?.checks.filter(({ holds }) => !holds).map(({ sentence }) => sentence);

test("what follows from the bytes is sound, is signed by the passkeys it is about, and hashes to what everybody computes", () => {
  expect(look("duties")).toMatchObject({ sound: true, passkeys: ["carl-1", "carl-2"], hash: endorsementHash(statements.duties) });
  expect(look("passkey")).toMatchObject({ sound: true, passkeys: ["carl-1"], hash: endorsementHash(statements.passkey) });
});

const about = words("checks.about");
const nothingElse = words("checks.nothingElse");
test.each<[string, Parameters<typeof look>, string[]]>([
  ["other duties", ["duties", { hash: "ab".repeat(32) }], [about, nothingElse]],
  ["other words under the same hash", ["duties", { says: "I do as I am told." }], [words("ofTheseWords"), nothingElse]],
  ["a document that is not those words", ["duties", {}, NOW, { v: "claviger/duties/v1", says: "Nothing." }], [words("ofTheseWords")]],
  ["another passkey of mine", ["passkey", { passkey: "carl-2" }], [words("ofThisPasskey"), nothingElse]],
  ["a passkey of nobody's", ["passkey", { passkey: "x-1" }], [words("ofThisPasskey"), nothingElse]],
  ["a date to come", ["passkey", {}, Date.parse(AT) - 6 * 60_000], [words("ofToday")]],
  ["a date long ago", ["duties", {}, Date.parse(AT) + 6 * 60_000], [words("ofToday")]],
  ["another roster", ["duties", { roster: "ab".repeat(32) }], [words("checks.custodian"), nothingElse]],
  ["the other mode", ["duties", { mode: "rehearsal" }], [nothingElse]],
  ["another person", ["passkey", { person: "cleo" }], [nothingElse]],
])("a statement of %s is not signed", (_what, asked, sentences) => {
  expect(failing(...asked)).toEqual(sentences);
});

test("a statement of another kind, and what cannot be read, is nothing to sign", () => {
  const proposal = { statement: text(statements.duties), document: text(documents.duties), roster: text(smallRoster), openings: [] };
  expect(lookAtOwn(proposal, { what: "passkey", hash: hashes.passkey, person: "carl" }, NOW, words)).toBeNull();
  expect(lookAtOwn({ ...proposal, roster: "{}" }, { what: "duties", hash: hashes.duties, person: "carl" }, NOW, words)).toBeNull();
  expect(lookAtOwn({ ...proposal, statement: "{}" }, { what: "duties", hash: hashes.duties, person: "carl" }, NOW, words)).toBeNull();
});
