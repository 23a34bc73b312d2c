import { afterAll, describe, expect, test } from "vitest";
import { entryHash, type Body, type Entry, type EntryKind, type EntryOf } from "#lib/ceremony/entry";
import { scriptToEndorse } from "#lib/ceremony/endorsement";
import { rosterHash } from "#lib/ceremony/roster";
import type { Statement } from "#lib/ceremony/statement";
import { createSoftwarePasskey } from "#cli/demo/software-passkey";
import { endorsementBy } from "#worker/played-cast.under-test";
import { RecordForger, type SignedBend } from "./forged-record.under-test";
import type { Verification } from "./verify-record";

/** Every attack that reaches a record under a good seal, with every entry of the recorder signed by its real key. */
const forger = await RecordForger.open();
afterAll(() => forger.close());

type Forgery = () => readonly Entry[] | Promise<readonly Entry[]>;

const second = () => forger.at("step-approved", 1);
const intent = () => forger.at("operation-started", 1);
const keyMade = () => forger.at("operation-done", 1);
const opening = () => forger.at("ceremony-opened");
const other = "ab".repeat(32);

/** The second approval of the key replaced by a bent one. */
const bent = (bend: SignedBend): Forgery => () => forger.retold(forger.without(second(), forger.signed(second(), bend)));
const signing = (members: Partial<Statement>): Forgery => bent({ bend: members });
const ordered = (when: "bend" | "afterwards", parameters: Record<string, unknown>): Forgery => () => {
  const what = second().body.statement.what.map((request) => ({ ...request, ...parameters })) as Statement["what"];
  return bent({ [when]: { what } })();
};

/** An entry changed, all links right, the recorder's signatures made anew. */
const changed = <T extends Entry>(entry: () => T, change: (entry: T) => Entry): Forgery => () => forger.retold(forger.without(entry(), change(entry())));
/** Members of its body changed. */
const body = <K extends EntryKind>(entry: () => EntryOf<K>, change: (body: Body<K>) => Partial<Body<K>>): Forgery =>
  changed(entry as () => Entry, (one) => ({ ...one, body: { ...one.body, ...change(one.body as Body<K>) } }) as Entry);
const outcome = (change: Record<string, unknown>): Forgery => body(keyMade, (made) => ({ outcome: { ...made.outcome, ...change } as never }));
/** The text of its body changed, once. */
const text = <K extends EntryKind>(entry: () => EntryOf<K>, from: string | RegExp, to: string): Forgery =>
  body(entry, (one) => {
    const before = JSON.stringify(one);
    const after = before.replace(from, to);
    if (after === before) throw new Error("the forgery changed nothing");
    return JSON.parse(after) as Body<K>;
  });
/** Links made right by somebody who cannot sign for the recorder. */
function relinked(entries: readonly Entry[]): Entry[] {
  const told: Entry[] = [];
  for (const entry of entries) told.push({ ...entry, seq: told.length, prev: told.length > 0 ? entryHash(told.at(-1)!) : null });
  return told;
}
const later = (time: string) => new Date(Date.parse(time) + 1).toISOString();

/** The same opening, said to be production: its roster too, so that nothing else is wrong with it. */
function produced({ roster }: Body<"ceremony-opened">): Partial<Body<"ceremony-opened">> {
  const same = { ...roster, mode: "production" as const };
  return { mode: "production", roster: same, rosterHash: rosterHash(same) };
}
/** Endorsements by those people, of a statement that is bent before it is signed, or afterwards. */
const endorsedBy =
  (people: readonly string[], bend: object = {}, afterwards: object = {}) =>
  ({ script, roster }: Body<"ceremony-opened">): Partial<Body<"ceremony-opened">> => ({
    endorsements: people.map((person) => {
      const made = endorsementBy(forger.played.player(person), scriptToEndorse(script), roster, { statement: bend });
      return { ...made, statement: { ...made.statement, ...afterwards } };
    }),
  });

/** Somebody's own key, under the id of the passkey that custodian 2 has in the roster. */
const impostor = () => ({ ...createSoftwarePasskey(), credentialId: forger.played.player("custodian-2").passkeys[0]!.credentialId });

/** A witness presses stop right after the second approval. */
const stop = (): Entry => ({ ...second(), by: "witness-1", kind: "ceremony-stopped", body: { reason: { committed: other } }, signature: null });

function failing({ checks }: Verification): string[] {
  return checks.filter(({ ok, reason }) => !ok && !reason.startsWith("Not decided")).map(({ name }) => name);
}

test("control: the honest record is good, with a deviation inside and texts in the database that nobody committed to", async () => {
  const verification = await forger.verify(forger.sealed);
  expect(verification.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verification).toMatchObject({ v: "claviger/verification/v1", verdict: "good", about: { ceremony: forger.played.id, result: "completed", mode: "rehearsal" } });
  expect((await forger.verify(await forger.record({ entries: await forger.retold(forger.honest.entries) }))).verdict).toBe("good");
});

describe.each<[string, string, string, Forgery]>([
  // What people signed.
  ["M−1 approvals", "quorum", "QUORUM-REACHED", () => forger.retold(forger.without(second()))],
  ["the same person twice with two passkeys", "quorum", "QUORUM-DISTINCT", bent({ by: "custodian-1", passkey: 1 })],
  ["the same person twice with one passkey", "quorum", "QUORUM-DISTINCT", bent({ by: "custodian-1" })],
  ["the requester among the approvers", "quorum", "REQUESTER-APPROVES", bent({ by: "operator-1", bend: { role: "operator" } })],
  ["a production ceremony by a script that nobody endorsed", "script-approval", "SCRIPT-ENDORSED", body(opening, produced)],
  ["a script endorsed by its operator", "script-approval", "ENDORSEMENT-CUSTODIAN", body(opening, endorsedBy(["operator-1"]))],
  ["a script endorsed twice by one person", "script-approval", "ENDORSEMENT-DISTINCT", body(opening, endorsedBy(["custodian-1", "custodian-1"]))],
  ["endorsements of another edition", "script-approval", "ENDORSEMENT-DOCUMENT", body(opening, endorsedBy(["custodian-1"], { edition: 2 }))],
  ["endorsements that were given for production", "script-approval", "ENDORSEMENT-MODE", body(opening, endorsedBy(["custodian-1"], { mode: "production" }))],
  ["an endorsement under another's signature", "assertions", "ASSERTION-CHALLENGE", body(opening, endorsedBy(["custodian-1"], {}, { edition: 2 }))],
  ["a passkey of nobody in the roster", "assertions", "PASSKEY-ROSTER", bent({ stranger: createSoftwarePasskey() })],
  ["a stranger's key under the id of a known passkey", "assertions", "ASSERTION-SIGNATURE", () => bent({ stranger: impostor() })()],
  ["one custodian's approval in the name of another", "assertions", "PASSKEY-OWNER", changed(second, (entry) => ({ ...entry, by: "custodian-3" }))],
  ["the user-verified flag off", "assertions", "ASSERTION-USER-VERIFIED", bent({ flags: 0x01 })],
  ["another origin", "assertions", "ASSERTION-ORIGIN", bent({ origin: "https://evil.example" })],
  ["another RP id", "assertions", "ASSERTION-RP", bent({ rpId: "evil.example" })],
  ["a statement for another step", "assertions", "STATEMENT-STEP", signing({ step: "test" })],
  ["a statement for another ceremony", "assertions", "STATEMENT-CEREMONY", signing({ ceremony: "c-other" })],
  ["a statement for another script", "assertions", "STATEMENT-SCRIPT", signing({ scriptHash: other })],
  ["a statement for another token", "assertions", "STATEMENT-TOKEN", signing({ token: { serial: "0123456789abcdef" } })],
  ["a statement of the other mode", "assertions", "STATEMENT-MODE", signing({ mode: "production" })],
  ["a statement for another opening", "assertions", "STATEMENT-HEAD", signing({ head: other })],
  ["a nonce of its own", "assertions", "STATEMENT-NONCE", signing({ nonce: other })],
  ["other bits approved", "assertions", "STATEMENT-WHAT", ordered("bend", { algorithm: "EC-P384" })],
  ["another label approved", "assertions", "STATEMENT-WHAT", ordered("bend", { label: "other" })],
  ["an exportable key approved", "assertions", "STATEMENT-WHAT", ordered("bend", { extractable: true })],
  ["bits changed after approval", "assertions", "ASSERTION-CHALLENGE", ordered("afterwards", { algorithm: "EC-P384" })],
  ["the label changed after approval", "assertions", "ASSERTION-CHALLENGE", ordered("afterwards", { label: "other" })],
  ["exportable changed after approval", "assertions", "ASSERTION-CHALLENGE", ordered("afterwards", { extractable: true })],
  ["a refusal entered as an approval", "assertions", "STATEMENT-ACT", signing({ act: "refuse", remark: { committed: other } })],
  ["a refusal turned into an approval", "assertions", "ASSERTION-CHALLENGE", bent({ bend: { act: "refuse" }, afterwards: { act: "approve" } })],
  ["an approval after the expiry", "assertions", "STATEMENT-EXPIRED", changed(second, (entry) => ({ ...entry, at: later(entry.body.statement.expires) }))],
  ["an operation after the expiry", "assertions", "STATEMENT-EXPIRED", changed(intent, (entry) => ({ ...entry, at: later(second().body.statement.expires) }))],
  ["an approval replayed in the next step", "assertions", "STATEMENT-STEP", () => forger.retold(forger.without(forger.at("step-approved", 2), second()))],
  ["a nonce used before", "rules", "NONCE-ONCE", body(() => forger.at("step-opened", 2), () => ({ nonce: second().body.statement.nonce }))],

  // What was kept.
  ["the mode changed", "rules", "ROSTER-MODE", body(opening, () => ({ mode: "production" as const }))],
  ["the script changed", "rules", "SCRIPT-HASH", text(opening, '"extractable":false', '"extractable":true')],
  ["the roster changed", "rules", "ROSTER-HASH", body(opening, ({ roster }) => ({ roster: { ...roster, version: 2 } }))],
  ["an entry removed", "entry-chain", "CHAIN-SEQ", () => forger.without(second())],
  ["an entry removed, numbers made right", "entry-chain", "CHAIN-PREV", () => forger.without(forger.at("step-approved")).map((entry, seq) => ({ ...entry, seq }))],
  ["an entry removed, links made right, the recorder not asked", "outcomes", "RECORDER-SIGNED", () => relinked(forger.without(forger.at("step-approved")))],
  ["a deviation removed, links made right, people not asked", "assertions", "STATEMENT-HEAD", () => relinked(forger.without(forger.at("deviation-noted")))],
  ["entries reordered", "entry-chain", "CHAIN-SEQ", () => forger.honest.entries.map(({ seq }, _i, all) => all[seq === second().seq ? seq + 1 : seq === second().seq + 1 ? seq - 1 : seq]!)],
  ["an entry edited", "entry-chain", "CHAIN-PREV", () => forger.without(second(), { ...second(), at: later(second().at) })],
  ["an entry inserted", "entry-chain", "CHAIN-SEQ", () => forger.without(second(), second(), forger.at("deviation-noted"))],
  ["an entry of another ceremony", "entry-chain", "CHAIN-CEREMONY", changed(second, (entry) => ({ ...entry, ceremony: "c-other" }))],
  ["time running backwards", "entry-chain", "TIME-ORDER", () => forger.without(second(), { ...second(), at: "2020-01-01T00:00:00.000Z" })],

  // What the worker did.
  ["an intent the recorder did not sign", "outcomes", "RECORDER-SIGNED", () => forger.without(intent(), { ...intent(), body: { ...intent().body, ckaId: other } })],
  ["an outcome the recorder did not sign", "outcomes", "RECORDER-SIGNED", () => forger.without(keyMade(), { ...keyMade(), body: { ...keyMade().body, milliseconds: 0 } })],
  ["another id than the quorum's", "outcomes", "OPERATION-ID", body(intent, () => ({ ckaId: other }))],
  ["other parameters than the script's", "assertions", "STATEMENT-WHAT", body(intent, ({ request }) => ({ request: { ...request, extractable: true } }))],
  ["approvals that are not the quorum's", "outcomes", "OPERATION-QUORUM", body(intent, () => ({ approvals: [0, 1] }))],
  ["an outcome without an intent", "outcomes", "OPERATION-ORDER", () => forger.retold(forger.without(intent()))],
  ["an outcome of another key", "outcomes", "OUTCOME-MATCHES", outcome({ label: "other" })],
  ["another fingerprint than the key's", "outcomes", "OUTCOME-MATCHES", outcome({ spkiSha256: other })],
  ["a private key that can be taken out", "outcomes", "OUTCOME-MATCHES", text(keyMade, '"EXTRACTABLE":false', '"EXTRACTABLE":true')],
  ["an outcome of another token", "outcomes", "OUTCOME-MATCHES", text(keyMade, '"serial":"', '"serial":"0')],
  ["an inventory that is not what the listing gives", "outcomes", "OUTCOME-MATCHES", text(() => forger.at("operation-done", 3), '"unexpected":[]', '"unexpected":["x"]')],
  ["an operation after a stop", "rules", "PHASE-STOPPED", () => forger.retold(forger.without(second(), second(), stop()))],
  ["a second recorder", "outcomes", "RECORDER-FIRST", () => forger.retold(forger.without(second(), forger.at("recorder-attached"), second()))],
])("%s", (_forgery, check, invariant, forge) => {
  test(`fails ${check} by ${invariant}, under a good seal`, async () => {
    const entries = await forge();
    expect(JSON.stringify(entries)).not.toBe(JSON.stringify(forger.honest.entries));
    const verification = await forger.verify(await forger.record({ entries }));
    expect(verification.verdict).toBe("bad");
    expect(failing(verification)).toEqual([check]);
    expect(verification.checks.find(({ name }) => name === check)?.reason).toContain(`refused by ${invariant}`);
  });
});
