import { createHash } from "node:crypto";
import { canonicalText, type Json } from "#lib/log/canonical";
import { Seat } from "./room";
import { expect, openCeremony, test } from "./test";
import type { Person, Who } from "./person";

const ROOM = [
  "operator",
  "custodianOne",
  "custodianTwo",
  "witnessOne",
  "auditor",
  "administrator",
] as const satisfies readonly Who[];
type Here = (typeof ROOM)[number];

/**
 * Every act of the interface but stopping, which anybody may, and signing; and who may do it while the first statement is
 * open.
 */
const ACTS: readonly { readonly act: Record<string, unknown>; readonly may: readonly Here[] }[] = [
  { act: { act: "acknowledge", step: "policy" }, may: ["operator", "custodianOne", "custodianTwo", "witnessOne"] },
  { act: { act: "open-step", step: "attendance" }, may: [] },
  { act: { act: "check-identity", step: "attendance", person: "somebody", document: "Passport" }, may: [] },
  { act: { act: "enter-value", step: "serial", value: "1" }, may: [] },
  { act: { act: "note-evidence", step: "film", name: "a", kept: "b" }, may: [] },
  {
    act: { act: "note-deviation", class: "A", expected: "a", happened: "b", decided: "c" },
    may: ["operator", "custodianOne", "custodianTwo", "witnessOne"],
  },
  { act: { act: "initial-deviation", deviation: 1 }, may: [] },
  { act: { act: "read-out", deviations: [], unused: [] }, may: [] },
  { act: { act: "initial-step", step: "policy" }, may: [] },
  { act: { act: "resume", deviation: 1 }, may: [] },
  { act: { act: "abort", reason: "a" }, may: ["operator"] },
];

const code = (answer: { body: { error?: { code: string } } }) => answer.body.error?.code ?? null;

test("every role is refused, by name, every act of a room that is not its own, by bare HTTP and from inside the page", async ({
  people,
  house,
}) => {
  const persons = await people.all(...ROOM);
  const id = await openCeremony(people, "every-kind", 3, "Roles");
  const acts = `/api/ceremonies/${id}/acts`;
  expect((await persons.operator.http("POST", acts, { act: "open-step", step: "policy" })).status).toBe(200);
  const before = await house.query<{ count: string }>(`SELECT count(*) FROM "Entry" WHERE ceremony = $1 AND kind <> 'clock-compared'`, [id]);

  const table: Record<string, Record<string, string | null>> = {};
  for (const { act, may } of ACTS) {
    const row: Record<string, string | null> = {};
    for (const who of ROOM) if (!may.includes(who)) row[who] = code(await persons[who].http("POST", acts, act));
    table[act["act"] as string] = row;
  }
  const all = (name: string) => Object.fromEntries(ROOM.map((who) => [who, name]));
  expect(table).toEqual({
    acknowledge: { auditor: "ROLE-MAY", administrator: "ROLE-MAY" },
    "open-step": { ...all("ROLE-MAY"), operator: "STEP-ORDER" },
    "check-identity": all("STEP-OPEN"),
    "enter-value": all("STEP-OPEN"),
    "note-evidence": all("STEP-OPEN"),
    "note-deviation": { auditor: "ROLE-MAY", administrator: "ROLE-MAY" },
    "initial-deviation": { ...all("DEVIATION-KNOWN"), auditor: "ROLE-MAY", administrator: "ROLE-MAY" },
    "read-out": { ...all("ROLE-MAY"), operator: "DEVIATIONS-READ" },
    "initial-step": { ...all("ROLE-MAY"), witnessOne: "STEP-DONE" },
    resume: all("PHASE-STOPPED"),
    abort: {
      custodianOne: "ROLE-MAY",
      custodianTwo: "ROLE-MAY",
      witnessOne: "ROLE-MAY",
      auditor: "ROLE-MAY",
      administrator: "ROLE-MAY",
    },
  });

  // The page's own scripts can do no more than anybody else.
  for (const who of ["auditor", "custodianOne"] as const) {
    persons[who].provokes(/409/);
    await new Seat(persons[who], id).enter();
    expect(await persons[who].fetchInPage("POST", acts, { act: "abort", reason: "Because I can." })).toEqual({
      status: 409,
      code: "ROLE-MAY",
    });
  }
  const after = await house.query<{ count: string }>(`SELECT count(*) FROM "Entry" WHERE ceremony = $1 AND kind <> 'clock-compared'`, [id]);
  expect(after).toEqual(before);
});

test("an approval by anybody but a custodian, or by one for another, is refused by name, and no passkey helps", async ({
  people,
  house,
}) => {
  const persons = await people.all(...ROOM);
  const id = await openCeremony(people, "one-key", 7, "Who approves");
  expect(
    (await persons.operator.http("POST", `/api/ceremonies/${id}/acts`, { act: "open-step", step: "signing-key" })).status,
  ).toBe(200);
  const proposal = await persons.custodianOne.http("GET", `/api/ceremonies/${id}/statement?act=approve&step=signing-key`);
  const text = proposal.body["statement"] as string;
  const codes: Record<string, string | null> = {};
  for (const who of ["operator", "witnessOne", "auditor", "administrator", "custodianTwo"] as const) {
    const person = persons[who];
    // The custodian's own text, and the same with the signer's name in it: both signed with the signer's real passkey.
    const own = canonicalText({ ...(JSON.parse(text) as Record<string, Json>), person: person.person });
    codes[`${who}, the custodian's text`] = code(
      await person.http("POST", `/api/ceremonies/${id}/acts`, await signed(person, text)),
    );
    if (who !== "custodianTwo")
      codes[`${who}, own name`] = code(await person.http("POST", `/api/ceremonies/${id}/acts`, await signed(person, own)));
  }
  // Somebody else's assertion, sent from one's own session.
  codes["custodianTwo, with the other's passkey"] = code(
    await persons.custodianTwo.http("POST", `/api/ceremonies/${id}/acts`, await signed(persons.custodianOne, text)),
  );
  expect(codes).toEqual({
    "operator, the custodian's text": "REQUESTER-APPROVES",
    "operator, own name": "REQUESTER-APPROVES",
    "witnessOne, the custodian's text": "ROLE-MAY",
    "witnessOne, own name": "ROLE-MAY",
    "auditor, the custodian's text": "ROLE-MAY",
    "auditor, own name": "ROLE-MAY",
    "administrator, the custodian's text": "ROLE-MAY",
    "administrator, own name": "ROLE-MAY",
    "custodianTwo, the custodian's text": "STATEMENT-PERSON",
    "custodianTwo, with the other's passkey": "PASSKEY-OWNER",
  });
  expect(await house.query(`SELECT 1 FROM "Entry" WHERE ceremony = $1 AND kind = 'step-approved'`, [id])).toEqual([]);
});

/** The act that carries a statement, signed by a person's passkey in their own page. */
async function signed(person: Person, text: string): Promise<Record<string, unknown>> {
  if (!person.page.url().startsWith(person.house.origin)) await person.page.goto("/");
  const assertion = await person.page.evaluate(async (challenge) => {
    const { rawId, response } = (await navigator.credentials.get({
      publicKey: { challenge: Uint8Array.from(challenge), rpId: "localhost", userVerification: "required" },
    })) as PublicKeyCredential;
    const { authenticatorData, clientDataJSON, signature } = response as AuthenticatorAssertionResponse;
    const spell = (bytes: ArrayBuffer) =>
      btoa(String.fromCharCode(...new Uint8Array(bytes)))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");
    return {
      credentialId: spell(rawId),
      authenticatorData: spell(authenticatorData),
      clientDataJSON: spell(clientDataJSON),
      signature: spell(signature),
    };
  }, [...createHash("sha256").update(text, "utf8").digest()]);
  return { act: "sign", statement: text, openings: [], assertion };
}

test("people, rosters and scripts are for administrators, and nothing is for strangers", async ({ people }) => {
  const persons = await people.all(...ROOM);
  const someone = persons.administrator.person;
  const requests: readonly (readonly [string, string, unknown?])[] = [
    ["GET", "/api/people"],
    ["POST", "/api/people", { people: [{ name: "A", title: "B", roles: ["administrator"] }] }],
    ["POST", `/api/people/${someone}/link`, {}],
    ["PUT", `/api/people/${someone}`, { name: "A", title: "B", roles: ["administrator"] }],
    ["DELETE", `/api/people/${someone}/passkeys/AAAA`],
    ["DELETE", `/api/people/${someone}/sessions/AAAA`],
    ["POST", "/api/roster", { organisation: "Mine" }],
    ["POST", "/api/scripts", { yaml: "script: mine" }],
  ];
  for (const who of ["operator", "custodianOne", "witnessOne", "auditor"] as const) {
    for (const [method, place, body] of requests) {
      const answer = await persons[who].http(method, place, body);
      expect([who, method, place, answer.status, code(answer)]).toEqual([who, method, place, 403, "ADMINISTRATOR-ONLY"]);
    }
  }
  const stranger = await people.stranger("stranger", "Somebody Else");
  for (const [method, place, body] of [
    ...requests,
    ["GET", "/api/ceremonies"],
    ["GET", "/api/session"],
    ["GET", "/api/roster"],
    ["GET", "/api/scripts"],
  ] as const) {
    const answer = await stranger.http(method, place, body);
    expect([method, place, answer.status, code(answer)]).toEqual([method, place, 401, "NOT-SIGNED-IN"]);
  }
  // Whoever takes no part in a ceremony does not learn that it exists.
  const id = await openCeremony(people, "one-key", 8, "Behind a door");
  for (const place of [
    `/api/ceremonies/${id}`,
    `/api/ceremonies/${id}/record`,
    `/api/ceremonies/${id}/live`,
    `/api/ceremonies/${id}/trust-anchor`,
  ]) {
    expect([place, (await stranger.http("GET", place)).status]).toEqual([place, 401]);
  }
  for (const place of ["/", "/people", "/hsm", `/ceremonies/${id}`]) {
    const answer = await stranger.http("GET", place);
    const next = place === "/" ? "" : `?next=${encodeURIComponent(place)}`;
    expect([place, answer.status, new URL(answer.headers["location"] ?? "", stranger.house.origin).href]).toEqual([
      place,
      307,
      `${stranger.house.origin}/sign-in${next}`,
    ]);
  }
  persons.operator.provokes(/404/);
  await persons.operator.page.goto("/people");
  await expect(persons.operator.page.getByRole("heading", { level: 1 })).not.toHaveText("People");
});

test("a request from another origin, without one, or in the form of a form changes nothing", async ({ people, house }) => {
  const administrator = await people.enter("administrator");
  const ask = { people: [{ name: "Mallory", title: "Nobody", roles: ["custodian"] }] };
  for (const origin of ["https://elsewhere.example", "null", "", `${house.origin}.elsewhere.example`]) {
    const answer = await administrator.http("POST", "/api/people", ask, { origin });
    expect([origin, answer.status, code(answer)]).toEqual([origin, 403, "OTHER-ORIGIN"]);
  }
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
    const answer = await administrator.http("POST", "/api/people", JSON.stringify(ask), { "content-type": type });
    expect([type, answer.status, code(answer)]).toEqual([type, 400, "FORM"]);
  }
  const tooMuch = await administrator.http("POST", "/api/people", { people: [{ ...ask.people[0], password: "x" }] });
  expect([tooMuch.status, code(tooMuch)]).toEqual([400, "FORM"]);
  expect(await house.query(`SELECT 1 FROM "Person" WHERE name = 'Mallory'`)).toEqual([]);
});
