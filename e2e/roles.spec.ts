import { createHash } from "node:crypto";
import type { Role } from "#lib/ceremony/roles";
import { SIGNED_ACTS, WHO_MAY, type RoomAct } from "#lib/conduct/who-may.under-test";
import { pagePath } from "#lib/conduct/statement-texts";
import { canonicalText, type Json } from "#lib/log/canonical";
import { commit } from "#lib/log/commitment";
import { Seat } from "./room";
import { expect, need, openCeremony, rosterInForce, test } from "./test";
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
type Unsigned = Exclude<RoomAct, (typeof SIGNED_ACTS)[number]>;

/**
 * Whose part is which; the administrator takes none in these ceremonies. What is tried here goes from the browser to the last rule, at
 * one moment of a ceremony. That every act is refused for the role alone, where the ceremony has come to it and whoever's it is does the
 * same in the next moment, also to an administrator who takes part, stands in app/api/roles.integration.test.ts.
 */
const ROLES: Readonly<Record<Here, Role | null>> = {
  operator: "operator",
  custodianOne: "custodian",
  custodianTwo: "custodian",
  witnessOne: "witness",
  auditor: "auditor",
  administrator: null,
};
const may = (act: RoomAct, who: Here): boolean => (WHO_MAY[act] as readonly (Role | null)[]).includes(ROLES[who]);

type Offered = { readonly turn: { readonly act: RoomAct } | null; readonly mine: readonly { readonly act: RoomAct }[] };
type Attempt = {
  readonly form: Record<string, unknown>;
  readonly theirs?: Partial<Record<Here, string>>;
  readonly others?: string;
};

/**
 * Every act of the interface, as anybody can send it while the first statement is open: by whom it is refused although it is
 * theirs at another time, and by what name it is refused to the others, where the step that is named speaks before the role.
 */
const ACTS: { readonly [A in Unsigned]: Attempt } = {
  "open-step": { form: { step: "attendance" }, theirs: { operator: "STEP-ORDER" } },
  acknowledge: { form: { step: "policy" } },
  "check-identity": {
    form: { step: "attendance", person: "somebody", document: "Passport" },
    theirs: { witnessOne: "STEP-OPEN" },
    others: "STEP-OPEN",
  },
  "enter-value": {
    form: { step: "serial", value: "1" },
    theirs: { operator: "STEP-OPEN", witnessOne: "STEP-OPEN" },
    others: "STEP-OPEN",
  },
  "note-evidence": { form: { step: "film", name: "a", kept: "b" }, theirs: { operator: "STEP-OPEN" }, others: "STEP-OPEN" },
  "note-deviation": { form: { class: "A", expected: "a", happened: "b", decided: "c" } },
  "initial-deviations": {
    form: { deviations: [1] },
    theirs: { operator: "DEVIATION-KNOWN", custodianOne: "DEVIATION-KNOWN", witnessOne: "DEVIATION-KNOWN" },
  },
  "withhold-initials": {
    form: { deviations: [1], person: "somebody", reason: "a" },
    theirs: { operator: "ROLE-MAY", custodianOne: "ROLE-MAY", witnessOne: "ROLE-MAY" },
  },
  "initial-step": { form: { step: "policy" }, theirs: { witnessOne: "STEP-DONE" } },
  "read-out": { form: { deviations: [], unused: [] }, theirs: { operator: "DEVIATIONS-READ" } },
  "note-presence": { form: { person: "somebody", present: false }, theirs: { operator: "ROLE-MAY", witnessOne: "ROLE-MAY" } },
  "replace-person": {
    form: { leaves: "somebody", arrives: "nobody", role: "custodian", deviation: 1 },
    theirs: { operator: "STAND-IN", witnessOne: "STAND-IN" },
  },
  "begin-break": { form: { present: [], seals: [] }, theirs: { operator: "BREAK-COUNT", witnessOne: "BREAK-COUNT" } },
  "end-break": {
    form: { present: [], seals: [] },
    theirs: { operator: "PHASE-BREAK", witnessOne: "PHASE-BREAK" },
    others: "PHASE-BREAK",
  },
  "compare-clock": { form: { device: "device-1", name: "A clock", milliseconds: 1 } },
  stop: { form: { reason: "a" } },
  resume: { form: { deviation: 1 }, theirs: { operator: "PHASE-STOPPED" }, others: "PHASE-STOPPED" },
  abort: { form: { reason: "a" } },
};

const code = (answer: { body: { error?: { code: string } } }) => answer.body.error?.code ?? null;

test("every role is refused, by name, every act of a room that is not its own, by bare HTTP and from inside the page", async ({
  people,
  house,
}) => {
  const persons = await people.all(...ROOM);
  const id = await openCeremony(people, "every-kind", 3, "Roles");
  const acts = `/api/ceremonies/${id}/acts`;
  expect((await persons.operator.http("POST", acts, { act: "open-step", step: "policy" })).status).toBe(200);
  const entries = () =>
    house.query<{ count: string }>(`SELECT count(*) FROM "Entry" WHERE ceremony = $1 AND kind <> 'clock-compared'`, [id]);
  const before = await entries();

  const found: Record<string, Record<string, string | null>> = {};
  const wanted: typeof found = {};
  const tried = Object.entries(ACTS) as [Unsigned, (typeof ACTS)[Unsigned]][];
  for (const [act, { form, theirs = {}, others = "ROLE-MAY" }] of tried) {
    const row = ROOM.flatMap((who) => {
      const name = may(act, who) ? theirs[who] : others;
      return name === undefined ? [] : [[who, name] as const];
    });
    wanted[act] = Object.fromEntries(row);
    const answers: Record<string, string | null> = {};
    for (const [who] of row) answers[who] = code(await persons[who].http("POST", acts, { act, ...form }));
    found[act] = answers;
  }
  expect(found).toEqual(wanted);

  // The page offers nobody what is not theirs, and its own scripts can do no more than anybody else.
  for (const who of ROOM) {
    if (who === "administrator") continue;
    const { turn, mine } = (await persons[who].http("GET", `/api/ceremonies/${id}`)).body as unknown as Offered;
    const offered = [...mine, ...(turn ? [turn] : [])].map(({ act }) => act);
    expect([who, offered.filter((act) => !may(act, who))]).toEqual([who, []]);
    persons[who].provokes(/409/);
    await new Seat(persons[who], id).enter();
    for (const [act, { form, others = "ROLE-MAY" }] of tried.filter(([act]) => !may(act, who)))
      expect([who, act, await persons[who].fetchInPage("POST", acts, { act, ...form })]).toEqual([
        ...[who, act],
        { status: 409, code: others },
      ]);
  }
  expect(await entries()).toEqual(before);
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
  const words: Partial<Record<RoomAct, Record<string, string | null>>> = {};
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
  // Every other word that can be signed, by everybody whose word it is not, in their own name and with their own passkey.
  for (const act of SIGNED_ACTS) {
    for (const who of ["operator", "witnessOne", "auditor", "administrator", "custodianTwo"] as const) {
      if (act === "approve" || may(act, who)) continue;
      const word = canonicalText({ ...(JSON.parse(text) as Record<string, Json>), act, person: persons[who].person });
      const page = { path: pagePath(persons[who].person, 1), salt: "0".repeat(32), value: "A page." };
      const notebook = { pages: [{ page: 1, at: new Date().toISOString(), text: commit(page) }], openings: [page] };
      const sent = { ...(await signed(persons[who], word)), ...(act === "release-notebook" && notebook) };
      const answer = code(await persons[who].http("POST", `/api/ceremonies/${id}/acts`, sent));
      words[act] = { ...words[act], [who]: answer };
    }
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
  // Of the first, the role is asked here; of the others the step speaks first, to whoever sends them.
  const four = (name: string) => ({ operator: name, custodianTwo: name, auditor: name, administrator: name });
  const onlookers = (name: string) => ({ auditor: name, administrator: name });
  expect(words).toEqual({
    refuse: { ...onlookers("ROLE-MAY"), operator: "ROLE-MAY", witnessOne: "ROLE-MAY" },
    "enter-part": { ...onlookers("ROLE-MAY"), operator: "ROLE-MAY", witnessOne: "ROLE-MAY" },
    "sign-off": onlookers("STEP-KIND"),
    attest: four("STEP-DONE"),
    paper: onlookers("STEP-KIND"),
    "release-notebook": four("STEP-DONE"),
    "approve-resume": { ...onlookers("PHASE-STOPPED"), operator: "PHASE-STOPPED", witnessOne: "PHASE-STOPPED" },
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
    `/api/ceremonies/${id}/pack`,
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

test("plans, their duties, the go / no-go and a browser for all hands are refused by name to everybody whose they are not", async ({
  people,
  house,
}) => {
  const persons = await people.all(...ROOM);
  const { administrator, operator, custodianOne } = persons;
  const [known] = await house.query<{ id: string }>(`SELECT id FROM "Ceremony" WHERE phase = 'running' ORDER BY "openedAt" LIMIT 1`);
  const id = known?.id ?? (await openCeremony(people, "one-key", 12, "In nobody else's hands"));
  const { scripts } = need(await administrator.http("GET", "/api/scripts")) as { scripts: readonly { hash: string }[] };
  const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const cast = [{ person: custodianOne.person, role: "custodian" }];
  const times = { startsAt: later(30), minutes: 60, zone: "UTC", standbyAt: null };
  const form = { title: "Planned by those who lead", room: "Vault room", cast, ...times };
  const scriptHash = scripts[0]?.hash;
  const { plan } = need(await operator.http("POST", "/api/plans", { ...form, scriptHash })) as { plan: string };
  const due = { owner: operator.person, dueAt: later(31) };
  const made = await operator.http("POST", `/api/plans/${plan}/duties`, { ...due, list: "after", text: "Send the film." });
  const { duty } = need(made) as { duty: string };
  const standing = async () => need(await operator.http("GET", `/api/plans/${plan}`));
  const before = await standing();

  const looked = { present: true, room: true, recording: true, backupOn: null, hsm: null };
  const lists = `/api/plans/${plan}/duties`;
  const tried: readonly (readonly [string, string, unknown])[] = [
    ["POST", "/api/plans", { ...form, scriptHash }],
    ["PUT", `/api/plans/${plan}`, { ...form, seen: 0, reason: "Mine now." }],
    ["POST", `/api/plans/${plan}/cancellation`, { seen: 0, reason: "Mine now." }],
    ["POST", `/api/plans/${plan}/invitations/${custodianOne.person}/mail`, {}],
    ["POST", lists, { ...due, list: "day", text: "Mine now." }],
    ["PUT", `${lists}/${duty}`, due],
    ["POST", `${lists}/${duty}/settlement`, { notDoneBecause: null }],
    ["POST", "/api/go-no-go", { scriptHash, rosterHash: (await rosterInForce(administrator)).hash, participants: [], looked }],
  ];
  for (const who of ["custodianOne", "custodianTwo", "witnessOne", "auditor"] as const) {
    for (const [method, place, body] of tried) {
      const answer = await persons[who].http(method, place, body);
      expect([who, method, place, answer.status, code(answer)]).toEqual([who, method, place, 403, "ORGANISER-ONLY"]);
    }
    const shared = await persons[who].http("POST", `/api/ceremonies/${id}/shared`, {});
    expect([who, shared.status, code(shared)]).toEqual([who, 403, "SHARE-NOT-YOURS"]);
  }
  for (const who of ROOM) {
    // Nobody acts by hand from a browser that is their own, and nobody answers for somebody else.
    const byHand = await persons[who].http("POST", `/api/ceremonies/${id}/hand`, {});
    expect([who, byHand.status, code(byHand)]).toEqual([who, 404, "NOT-FOUND"]);
    if (who === "custodianOne") continue;
    const answer = { seen: 0, answer: "declined", proposedAt: null, remark: "" };
    const answered = await persons[who].http("POST", `/api/plans/${plan}/answer`, answer);
    expect([who, answered.status, code(answered)]).toEqual([who, 404, "NOT-FOUND"]);
    if (who === "administrator") continue;
    const mail = await persons[who].http("POST", "/api/mails/none/try", {});
    expect([who, mail.status, code(mail)]).toEqual([who, 403, "ADMINISTRATOR-ONLY"]);
  }
  expect(await standing()).toEqual(before);
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
