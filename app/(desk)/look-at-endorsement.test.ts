import { expect, test } from "vitest";
import {
  endorsementFor,
  endorsementHash,
  rosterToEndorse,
  scriptToEndorse,
  type EndorsementStatement,
} from "#lib/ceremony/endorsement";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { passkey, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import type { ProposedEndorsement } from "#lib/conduct/propose-endorsement";
import { canonicalText, type Json } from "#lib/log/canonical";
import { commit } from "#lib/log/commitment";
import { lookAtEndorsement, type IntendedEndorsement } from "./look-at-endorsement";

const AT = "2026-11-22T10:00:00.000Z";
const text = (value: unknown) => canonicalText(value as Json);
const named = { path: "roster/nina/name", salt: "00".repeat(16), value: "Nina Nowak" };
const newcomer = {
  person: "nina",
  name: commit(named),
  title: commit(named),
  roles: ["custodian" as const],
  groups: [],
  passkeys: [passkey("nina-1")],
};
const next: Roster = { ...smallRoster, version: 2, prev: rosterHash(smallRoster), people: [...smallRoster.people, newcomer] };

const script = {
  statement: endorsementFor(scriptToEndorse(smallScript), smallRoster, "carl", AT),
  intended: { what: "script", hash: scriptToEndorse(smallScript).hash, person: "carl" },
  document: smallScript as unknown,
};
const roster = {
  statement: endorsementFor(rosterToEndorse(next), smallRoster, "carl", AT),
  intended: { what: "roster", hash: rosterHash(next), person: "carl" },
  document: next as unknown,
};

const proposed = ({ statement, document }: { statement: unknown; document: unknown }): ProposedEndorsement => ({
  statement: text(statement),
  document: text(document),
  roster: text(smallRoster),
  openings: [named],
});
const looked = (of: typeof script, change: Partial<ProposedEndorsement> = {}) =>
  lookAtEndorsement({ ...proposed(of), ...change }, of.intended as IntendedEndorsement);
const failing = async (...asked: Parameters<typeof looked>) =>
  (await looked(...asked))?.checks.filter(({ holds }) => !holds).map(({ sentence }) => sentence);

test("what follows from the bytes is sound, and its hash is the one that app, worker and verifier compute", async () => {
  for (const one of [script, roster]) {
    const seen = await looked(one);
    expect(seen).toMatchObject({
      sound: true,
      hash: endorsementHash(one.statement),
      needed: 2,
      rpId: "example.org",
      passkeys: ["carl-1", "carl-2"],
    });
  }
});

test("what a new roster changes is read from its own bytes, by names that open their commitments", async () => {
  const isNew = (name: string) => [{ change: "person-new", name, roles: ["custodian"], passkeys: 1 }];
  expect((await looked(roster))?.changes).toEqual(isNew("Nina Nowak"));
  const lied = { ...proposed(roster), openings: [{ ...named, value: "Carl" }] };
  expect((await lookAtEndorsement(lied, roster.intended as IntendedEndorsement))?.changes).toEqual(isNew("nina"));
});

const ABOUT = "It is about what you see on the page.";
const HASHED = "Every byte of the script was hashed here, and has the hash that you sign.";
const ROSTER = "It asks the custodians of the roster in force, whose bytes were hashed here too.";
const MEMBERS = "Name, number and mode in it are the document's own, and nothing else is in it.";
test.each<[string, Partial<EndorsementStatement>, string[]]>([
  ["another document", { hash: "ab".repeat(32) }, [ABOUT, HASHED, MEMBERS]],
  ["another title", { title: "Something harmless" }, [MEMBERS]],
  ["another roster", { roster: "ab".repeat(32) }, [ROSTER, MEMBERS]],
  ["the other mode", { mode: "rehearsal" }, [MEMBERS]],
  ["another person", { person: "cleo" }, [MEMBERS]],
])("a statement of %s is not signed", async (_what, change, sentences) =>
  expect(await failing({ ...script, statement: { ...script.statement, ...change } as EndorsementStatement })).toEqual(sentences),
);

test("a document that is not the one behind the hash is seen, though it has its title", async () => {
  expect(await failing(script, { document: text({ ...smallScript, purpose: "To slip something in." }) })).toEqual([
    HASHED,
    MEMBERS,
  ]);
});

test("a roster that does not follow, and a person who is not asked, are seen", async () => {
  const stray = { ...next, prev: "ab".repeat(32) };
  const intended = { what: "roster", hash: rosterHash(stray), person: "carl" };
  const statement = endorsementFor(rosterToEndorse(stray), smallRoster, "carl", AT);
  expect(await failing({ statement, intended, document: stray })).toEqual(["The new roster comes after the one in force."]);
  const olga = {
    ...script,
    statement: endorsementFor(scriptToEndorse(smallScript), smallRoster, "olga", AT),
    intended: { ...script.intended, person: "olga" },
  };
  expect(await failing(olga)).toEqual(["You are one of them."]);
});

test("what cannot be read at all is nothing to sign", async () => {
  for (const change of [
    { statement: "{}" },
    { document: "{}" },
    { roster: "not JSON" },
    { statement: ` ${text(script.statement)}` },
  ]) {
    expect(await looked(script, change)).toBeNull();
  }
});
