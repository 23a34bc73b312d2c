import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { createSoftwarePasskey } from "#cli/demo/software-passkey";
import { stateOf } from "#lib/ceremony/ceremony";
import type { Statement } from "#lib/ceremony/statement";
import { AttackGrounds, labelIn, type Bend } from "./attack-grounds.under-test";

/**
 * Attacks on what people sign. Custodian 1 has agreed, as they should; the second approval, with which the key would be made, is
 * bent, and written straight into the table by the owner of the database.
 */
const attack = await AttackGrounds.open();
afterAll(() => attack.close());

const signing = (members: Partial<Statement>): Bend => ({ statement: (statement) => ({ ...statement, ...members }) });
const rewriting = (members: Partial<Statement>): Bend => ({ afterwards: (statement) => ({ ...statement, ...members }) });
const ordered = (parameters: Record<string, unknown>) => (statement: Statement): Statement => ({
  ...statement,
  what: statement.what.map((request) => ({ ...request, ...parameters })),
});
const other = "ab".repeat(32);

test("control: without an attack the same people make exactly one key", async () => {
  const before = await attack.keys();
  const played = await attack.opened();
  await attack.enter(played, "custodian-1");
  await attack.enter(played, "custodian-2");
  await played.stepDone("key");
  expect(await attack.keys()).toEqual([...before, `private-key ${labelIn(played.script)}`, `public-key ${labelIn(played.script)}`].sort());
});

test("M−1 approvals: the worker waits for QUORUM-REACHED", async () => {
  const before = await attack.keys();
  const played = await attack.opened();
  await attack.enter(played, "custodian-1");
  await attack.refuses(played, "QUORUM-REACHED", before);
});

const custodian = (number: number) => attack.cast.find(({ person }) => person === `custodian-${String(number)}`)?.passkeys ?? [];
const impostor = { ...createSoftwarePasskey(), credentialId: custodian(2)[0]!.credentialId };
const turned: Bend = { act: "refuse", kind: "step-approved", ...rewriting({ act: "approve", remark: null }) };

describe.each<[string, string, string, Bend]>([
  ["the same person twice with one passkey", "QUORUM-DISTINCT", "custodian-1", {}],
  ["the same person twice with two passkeys", "QUORUM-DISTINCT", "custodian-1", { passkey: custodian(1)[1]! }],
  ["a passkey of nobody in the roster", "PASSKEY-ROSTER", "custodian-2", { passkey: createSoftwarePasskey() }],
  ["a stranger's key under the id of a known passkey", "ASSERTION-SIGNATURE", "custodian-2", { passkey: impostor }],
  ["one custodian's passkey in the name of another", "PASSKEY-OWNER", "custodian-1", { ...signing({ person: "custodian-2" }), by: "custodian-2" }],
  ["the statement of another person", "STATEMENT-PERSON", "custodian-2", signing({ person: "custodian-3" })],
  ["the user-verified flag off", "ASSERTION-USER-VERIFIED", "custodian-2", { flags: 0x01 }],
  ["the user-present flag off", "ASSERTION-USER-VERIFIED", "custodian-2", { flags: 0x04 }],
  ["another origin", "ASSERTION-ORIGIN", "custodian-2", { origin: "http://localhost.evil.example:3000" }],
  ["another port of the same host", "ASSERTION-ORIGIN", "custodian-2", { origin: "http://localhost:3001" }],
  ["another RP id", "ASSERTION-RP", "custodian-2", { rpId: "evil.example" }],
  ["a statement for another step", "STATEMENT-STEP", "custodian-2", signing({ step: "signatures" })],
  ["a statement for another ceremony", "STATEMENT-CEREMONY", "custodian-2", signing({ ceremony: "c-other" })],
  ["a statement for another script", "STATEMENT-SCRIPT", "custodian-2", signing({ scriptHash: other })],
  ["a statement for another token", "STATEMENT-TOKEN", "custodian-2", signing({ token: { serial: "0123456789abcdef" } })],
  ["a statement for another opening of the step", "STATEMENT-HEAD", "custodian-2", signing({ head: other })],
  ["a statement with a nonce of its own", "STATEMENT-NONCE", "custodian-2", signing({ nonce: other })],
  ["a statement that holds longer than the opening", "STATEMENT-HEAD", "custodian-2", signing({ expires: "2099-01-01T00:00:00.000Z" })],
  ["a statement of a rehearsal in its mode only, used in production", "STATEMENT-MODE", "custodian-2", signing({ mode: "rehearsal" })],
  ["an approval in a role the person does not have", "STATEMENT-PERSON", "custodian-2", signing({ role: "operator" })],
  ["other bits approved than the script orders", "STATEMENT-WHAT", "custodian-2", { statement: ordered({ algorithm: "EC-P384" }) }],
  ["another label approved than the script orders", "STATEMENT-WHAT", "custodian-2", { statement: ordered({ label: "other" }) }],
  ["an exportable key approved where the script orders none", "STATEMENT-WHAT", "custodian-2", { statement: ordered({ extractable: true }) }],
  ["bits changed after approval", "ASSERTION-CHALLENGE", "custodian-2", { afterwards: ordered({ algorithm: "EC-P384" }) }],
  ["the label changed after approval", "ASSERTION-CHALLENGE", "custodian-2", { afterwards: ordered({ label: "other" }) }],
  ["exportable changed after approval", "ASSERTION-CHALLENGE", "custodian-2", { afterwards: ordered({ extractable: true }) }],
  ["a refusal entered as an approval", "STATEMENT-ACT", "custodian-2", { act: "refuse", kind: "step-approved" }],
  ["a refusal whose text was turned into an approval", "ASSERTION-CHALLENGE", "custodian-2", turned],
  ["the requester among the approvers", "REQUESTER-APPROVES", "operator-1", {}],
  ["a witness among the approvers", "ROLE-MAY", "witness-1", {}],
])("%s", (_attack, code, person, bend) => {
  test(`is refused by ${code}, and no key is made`, async () => {
    const before = await attack.keys();
    const mode = code === "STATEMENT-MODE" ? "production" : "rehearsal";
    if (mode === "production") await attack.restart({ mode });
    const played = await attack.opened({ mode });
    await attack.enter(played, "custodian-1");
    await attack.enter(played, person, bend);
    await attack.refuses(played, code, before);
    if (mode === "production") await attack.restart();
  });
});

test("an approval replayed from a rehearsal into production is refused by STATEMENT-CEREMONY", async () => {
  const before = await attack.keys();
  const rehearsal = await attack.opened();
  const approved = await attack.enter(rehearsal, "custodian-2");
  await attack.restart({ mode: "production" });
  const production = await attack.opened({ mode: "production", script: rehearsal.script });
  await attack.enter(production, "custodian-1");
  await attack.owner.insert(production.draft(await production.state(), "custodian-2", "step-approved", approved.body as never));
  await attack.refuses(production, "STATEMENT-CEREMONY", before);
  await attack.restart();
});

test("an approval of an opening that was refused, replayed into the next, is refused by STATEMENT-NONCE", async () => {
  const before = await attack.keys();
  const played = await attack.opened();
  const approved = await attack.enter(played, "custodian-2");
  await attack.enter(played, "custodian-3", { act: "refuse" });
  await played.openStep("key", { deviation: await played.deviate("key") });
  await attack.enter(played, "custodian-1");
  await attack.owner.insert(played.draft(await played.state(), "custodian-2", "step-approved", approved.body as never));
  await attack.refuses(played, "STATEMENT-NONCE", before);
});

test("a nonce used before, so that old approvals would fit again, is refused by NONCE-ONCE", async () => {
  const before = await attack.keys();
  const played = await attack.opened();
  const nonce = stateOf(await played.state(), "key")?.opening?.nonce ?? "";
  await attack.enter(played, "custodian-3", { act: "refuse" });
  const deviation = await played.deviate("key");
  const expires = new Date(Date.now() + 60_000).toISOString();
  await attack.owner.insert(played.draft(await played.state(), "operator-1", "step-opened", { step: "key", nonce, expires, deviation }));
  await attack.refuses(played, "NONCE-ONCE", before);
});

describe("an expired statement", () => {
  /** The key's step, open for a second and a half, agreed to at once by one custodian, and over; however long it takes to write that down. */
  const expired = async () => {
    const played = await attack.ceremony().open();
    await attack.attached(played);
    const at = new Date().toISOString();
    const expires = new Date(Date.parse(at) + 1_500).toISOString();
    await played.act("operator-1", "step-opened", { step: "key", nonce: "cd".repeat(32), expires, deviation: null }, [], at);
    await attack.enter(played, "custodian-1", { at });
    await sleep(Math.max(0, Date.parse(expires) - Date.now()) + 5);
    return { played, expires };
  };

  test("signed too late is refused by STATEMENT-EXPIRED", async () => {
    const before = await attack.keys();
    const { played } = await expired();
    await attack.enter(played, "custodian-2");
    await attack.refuses(played, "STATEMENT-EXPIRED", before);
  });

  test("signed too late and dated back by the app is refused by the worker's own clock", async () => {
    const before = await attack.keys();
    const { played, expires } = await expired();
    await attack.enter(played, "custodian-2", { at: new Date(Date.parse(expires) - 1).toISOString() });
    await attack.refuses(played, "STATEMENT-EXPIRED", before);
  });

  test("made to hold for years by who opens the step is refused by EXPIRY-SANE", async () => {
    const before = await attack.keys();
    const played = await attack.ceremony().open();
    await attack.attached(played);
    const body = { step: "key", nonce: other, expires: "2036-01-01T00:00:00.000Z", deviation: null };
    await attack.owner.insert(played.draft(await played.state(), "operator-1", "step-opened", body));
    await attack.refuses(played, "EXPIRY-SANE", before);
  });
});
