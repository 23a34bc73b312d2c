import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Role } from "#lib/ceremony/roles";
import { pagePath } from "#lib/conduct/statement-texts";
import { WHO_MAY, WHO_MAY_GRANT, type RoomAct } from "#lib/conduct/who-may.under-test";
import { canonicalText, hashOf, type Json } from "#lib/log/canonical";
import { commit } from "#lib/log/commitment";
import { base64url, sha256Hex } from "#lib/log/digest";
import { ApiGrounds, type Answer } from "./api-grounds.under-test";
import { CAST, SmallCeremony } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

/** Every kind of step that people perform; what the token does, they approve in the other ceremony. */
const PEOPLE_ONLY = `
script: small-people
edition: 1
title: Small, of people
purpose: To try who may do what.
environment: test
minutes: 5
expires: { minutes: 5 }
quorum: { approve: 2, of: 3 }
witnesses: { least: 2 }
prerequisites: []
equipment: []
acts:
  - act: only
    title: Only
    steps:
      - { step: hear, kind: statement, title: Hear, say: We begin., by: [operator, custodian, witness] }
      - { step: come, kind: attendance, title: Come, say: Who is here?, by: [witness] }
      - { step: serial, kind: check, title: Serial, say: Read it., value: Serial, physical: true, by: [operator, witness] }
      - { step: film, kind: evidence, title: Film, say: The camera runs., what: File, by: [operator] }
      - { step: sign, kind: sign-off, title: Sign, say: It is true., by: [operator, custodian, witness] }
`;

/** One of each role tries; the administrator takes part like everybody else. */
const TRYING = CAST.filter(([person]) => !["cleo", "cora"].includes(person));
/** The second witness of this script is late, and nothing waits for them. */
const LATE = "stranger";
const HERE = CAST.map(([person]) => person);

let grounds: ApiGrounds;
let people: SmallCeremony;
let token: SmallCeremony;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
  token = await SmallCeremony.open(grounds);
  people = await token.another(PEOPLE_ONLY, [...CAST, [LATE, "witness"]]);
});
afterAll(() => grounds.close());

const code = (answer: Answer) => (answer.status === 200 ? "done" : answer.body.error?.code);
const does = async (ceremony: SmallCeremony, person: string, act: object) => {
  const answer = await ceremony.act(person, act);
  expect([person, act, code(answer)]).toEqual([person, act, "done"]);
  return answer.body.seq;
};

type Turn = {
  readonly act: RoomAct;
  /** What brings the ceremony to where the act belongs. */
  readonly before?: () => Promise<unknown>;
  /** What somebody sends: in their own name and, where it is signed, with their own passkey over their own statement. */
  readonly sends: (person: string) => object | Promise<object>;
  /** Who then does it, with nothing else than those sent who were refused. */
  readonly by: readonly string[];
  /** What comes of it, where that is not that it is done. */
  readonly comes?: string;
  /** Who has a refusal of their own. */
  readonly own?: Partial<Record<Role, string>>;
};

let noted: number[] = [];
const note = async (ceremony: SmallCeremony) => {
  noted.push(await does(ceremony, "olga", { act: "note-deviation", class: "A", expected: "a.", happened: "b.", decided: "c." }));
};
const open = (ceremony: SmallCeremony, step: string) => does(ceremony, "olga", { act: "open-step", step });
const counted = { present: HERE, seals: [] };

/** A page of the person's own notebook, signed by them: what they are offered to attest, said as a release. */
async function release(person: string): Promise<object> {
  const page = { path: pagePath(person, 1), salt: "0".repeat(32), value: "I saw one." };
  const pages = [{ page: 1, at: new Date().toISOString(), text: commit(page) }];
  const { statement: attested } = await people.offered(person, "act=attest&step=hear");
  const said = { ...(JSON.parse(attested) as Record<string, Json>), act: "release-notebook", pages: hashOf(pages) };
  const statement = canonicalText(said);
  return { act: "sign", statement, openings: [page], pages, assertion: people.assertion(person, statement) };
}

function onPaper(person: string): Promise<object> {
  const now = new Date().toISOString();
  const said = { began: now, ended: now, account: "All were there.", kept: "Safe 1", deviation: String(noted[0]) };
  return people.signed(person, new URLSearchParams({ act: "paper", step: "come", ...said }).toString());
}

async function part(person: string): Promise<object> {
  const encrypted = new Uint8Array(32).fill(7);
  const meant = { invitation: "0".repeat(64), secret: "pin", part: "1", sha256: sha256Hex(encrypted) };
  const signed = await token.signed(person, new URLSearchParams({ act: "enter-part", step: "make", ...meant }).toString());
  return { ...signed, ciphertext: base64url(encrypted) };
}

const OF_PEOPLE: readonly Turn[] = [
  { act: "note-presence", sends: () => ({ person: LATE, present: false }), by: ["olga"] },
  {
    act: "note-deviation",
    before: () => note(people),
    sends: () => ({ class: "A", expected: "a.", happened: "b.", decided: "c." }),
    by: [],
  },
  { act: "compare-clock", sends: () => ({ device: "device-1", name: "A clock", milliseconds: 1 }), by: ["olga"] },
  { act: "open-step", sends: () => ({ step: "hear" }), by: ["olga"] },
  { act: "acknowledge", sends: () => ({ step: "hear" }), by: ["olga", "carl", "cleo", "cora", "will"] },
  {
    act: "check-identity",
    before: () => open(people, "come"),
    sends: () => ({ step: "come", person: "cora", document: "Passport" }),
    by: ["will"],
  },
  { act: "paper", sends: onPaper, by: ["olga", "will"] },
  { act: "initial-step", sends: () => ({ step: "hear" }), by: ["will"] },
  { act: "attest", sends: (person) => people.signed(person, "act=attest&step=hear"), by: ["will"] },
  { act: "release-notebook", sends: release, by: ["will"] },
  {
    act: "enter-value",
    before: () => open(people, "serial"),
    sends: () => ({ step: "serial", value: "1" }),
    by: ["olga", "will"],
  },
  {
    act: "note-evidence",
    before: () => open(people, "film"),
    sends: () => ({ step: "film", name: "camera-1.mkv", kept: "Safe 1" }),
    by: ["olga"],
  },
  { act: "begin-break", sends: () => ({ ...counted, unsealed: "Nothing stays behind." }), by: ["olga"] },
  // The worker has not said that it was logged out: that they are back stops the room.
  { act: "end-break", sends: () => counted, by: ["will"] },
  {
    act: "approve-resume",
    before: () => note(people),
    sends: (person) => people.signed(person, `act=approve-resume&step=sign&deviation=${String(noted.at(-1))}`),
    by: ["carl", "cleo"],
  },
  { act: "resume", sends: () => ({ deviation: noted.at(-1) }), by: ["olga"] },
  { act: "initial-deviations", sends: () => ({ deviations: noted }), by: ["adam", "carl", "cleo", "cora"] },
  {
    act: "withhold-initials",
    sends: () => ({ deviations: noted, person: "will", reason: "I was outside." }),
    by: ["olga"],
  },
  { act: "read-out", sends: () => ({ deviations: noted, unused: [] }), by: ["olga"] },
  {
    act: "sign-off",
    before: () => open(people, "sign"),
    sends: (person) => people.signed(person, "act=sign-off&step=sign&verdict=agree"),
    by: ["carl"],
  },
  { act: "abort", sends: () => ({ reason: "It was only tried." }), by: ["adam"] },
];

const OF_THE_TOKEN: readonly Turn[] = [
  {
    act: "approve",
    before: async () => {
      await open(token, "hear");
      await does(token, "olga", { act: "acknowledge", step: "hear" });
      await open(token, "make");
    },
    sends: (person) => token.signed(person, "act=approve&step=make"),
    by: ["carl"],
    own: { operator: "REQUESTER-APPROVES" },
  },
  // No secret was called for: that is what is said to whose part it would be.
  { act: "enter-part", sends: part, by: ["carl"], comes: "SECRET-NEWEST" },
  {
    act: "refuse",
    sends: (person) => token.signed(person, "act=refuse&step=make&remark=Another+name."),
    by: ["cleo"],
  },
  {
    act: "replace-person",
    before: () => note(token),
    sends: () => ({ leaves: "will", arrives: LATE, role: "witness", deviation: noted.at(-1) }),
    by: ["olga"],
  },
  { act: "stop", sends: () => ({ reason: "Smoke." }), by: ["axel"] },
];

it("every act of a room is tried", () => {
  expect([...OF_PEOPLE, ...OF_THE_TOKEN].map(({ act }) => act).sort()).toEqual(Object.keys(WHO_MAY).sort());
});

describe.each([
  ["that is of people", () => people, OF_PEOPLE],
  ["whose token makes a key", () => token, OF_THE_TOKEN],
] as const)("in a ceremony %s, where the act could be done,", (_, of, turns) => {
  beforeAll(() => {
    noted = [];
  });

  it.each(turns)("$act is refused to every role whose it is not, for the role and not for the moment", async (turn) => {
    const { act, before, sends, by, comes = "done", own = {} } = turn;
    const ceremony = of();
    await before?.();
    const send = async (person: string) => ceremony.act(person, { act, ...(await sends(person)) });
    const count = () => grounds.db.entry.count({ where: { ceremony: ceremony.id } });
    const entries = await count();
    const others = TRYING.filter(([, role]) => !(WHO_MAY[act] as readonly Role[]).includes(role));
    const refused: (readonly [string, string | undefined])[] = [];
    for (const [person, role] of others) refused.push([role, code(await send(person))]);
    expect(refused).toEqual(others.map(([, role]) => [role, own[role] ?? "ROLE-MAY"]));
    expect(await count()).toBe(entries);
    for (const person of by) expect([person, code(await send(person))]).toEqual([person, comes]);
  });
});

describe("what applications may do", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const edition = (number: number, client: object) => ({
    ...{ application: "billing", edition: number, keys: [], random: true, perMinute: 60 },
    ...{ until: new Date(Date.now() + 86_400_000).toISOString(), clients: [JSON.stringify(client)], reason: "It draws random bytes." },
  });
  const post = async (handler: Parameters<ApiGrounds["ask"]>[0], person: string, body: object, params = {}) =>
    grounds.ask<{ hash: string }>(handler, { method: "POST", params, body, cookie: token.cookie(person) });
  const propose = async (person: string, number: number, client: object = publicKey.export({ format: "jwk" })) =>
    post((await import("./keys/grants/route")).POST, person, edition(number, client));
  const withdraw = async (person: string, hash: string) => post((await import("./keys/withdrawals/route")).POST, person, { hash });
  const takeBack = async (person: string, number: number) =>
    post((await import("./keys/grants/[account]/taking-back/route")).POST, person, { edition: number, reason: "It is over." }, { account: "billing" });
  const uses = async (person: string) =>
    grounds.ask((await import("./keys/uses/route")).GET, { path: "/?account=billing&day=2026-11-23", cookie: token.cookie(person) });
  const endorse = async (person: string, hash: string) => {
    const { GET } = await import("./endorsements/[what]/[hash]/route");
    const offered = await grounds.ask<{ statement: string }>(GET, { params: { what: "grant", hash }, cookie: token.cookie(person) });
    if (offered.status !== 200) return offered;
    const { statement } = offered.body;
    return post((await import("./endorsements/route")).POST, person, { statement, assertion: token.assertion(person, statement) });
  };
  /** Everybody tries whose it is not; what each is told. */
  const othersAreTold = async (act: keyof typeof WHO_MAY_GRANT, does: (person: string) => Promise<Answer>, refusal: string) => {
    const others = TRYING.filter(([, role]) => !(WHO_MAY_GRANT[act] as readonly Role[]).includes(role));
    for (const [person] of others) expect([act, person, code(await does(person))]).toEqual([act, person, refusal]);
  };

  it("is proposed by administrators, signed by custodians, withdrawn and taken back by administrators, and an event each time", async () => {
    await othersAreTold("propose-grant", (person) => propose(person, 1), "ADMINISTRATOR-ONLY");
    expect(code(await propose("adam", 1, privateKey.export({ format: "jwk" })))).toBe("CLIENT-PRIVATE");
    const first = (await propose("adam", 1)).body.hash;
    await othersAreTold("withdraw-grant", (person) => withdraw(person, first), "ADMINISTRATOR-ONLY");
    expect(code(await withdraw("adam", first))).toBe("done");
    expect(code(await endorse("carl", first))).toBe("NOTHING-TO-ENDORSE");

    const second = (await propose("adam", 2)).body.hash;
    await othersAreTold("endorse-grant", (person) => endorse(person, second), "ENDORSEMENT-CUSTODIAN");
    expect(code(await takeBack("adam", 3))).toBe("GRANT-NONE");
    for (const person of ["carl", "cleo"]) expect(code(await endorse(person, second))).toBe("done");
    expect(code(await withdraw("adam", second))).toBe("GRANT-COUNTS");
    await othersAreTold("take-grant-back", (person) => takeBack(person, 3), "ADMINISTRATOR-ONLY");
    const third = (await takeBack("adam", 3)).body.hash;
    for (const person of ["carl", "cleo"]) expect(code(await endorse(person, third))).toBe("done");
    expect(code(await takeBack("adam", 4))).toBe("GRANT-NONE");

    await othersAreTold("take-uses", uses, "NOT-FOUND");
    for (const person of ["adam", "olga", "carl", "axel"]) {
      const { status, body } = await uses(person);
      expect([status, body]).toEqual([200, expect.stringMatching(/^"time \(UTC\)","application",.*\r\n$/)]);
    }
    const events = await grounds.db.auditEvent.findMany({ orderBy: { id: "asc" }, select: { kind: true } });
    const kinds = events.map(({ kind }) => kind).filter((kind) => /^(?:grant|endorsement|uses)-/.test(kind));
    const signed = ["endorsement-signed", "endorsement-signed"];
    expect(kinds).toEqual([
      ...["grant-proposed", "grant-withdrawn", "grant-proposed", ...signed, "grant-proposed", ...signed],
      ...Array<string>(4).fill("uses-downloaded"),
    ]);
    const kept = await grounds.db.$queryRaw<object[]>`SELECT "bytes"::text, "openings"::text FROM "RegisterPaper"`;
    expect(JSON.stringify(kept)).not.toContain(privateKey.export({ format: "jwk" }).d);
  });
});
