import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { PersonLine, RosterLine } from "#lib/conduct/desk";
import { listAudit } from "#lib/store/audit-events";
import { ApiGrounds, type Answer } from "./api-grounds.under-test";
import { BAD_INPUT } from "#lib/script-source/bad-input.under-test";
import { SCRIPT } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

let grounds: ApiGrounds;
let administrator: string;
let witness: string;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
  administrator = (await grounds.signIn(await grounds.enrol("adam", ["administrator"]))).cookie;
  witness = (await grounds.signIn(await grounds.enrol("will", ["witness"]))).cookie;
});
afterAll(() => grounds.close());

const code = ({ status, body }: Answer) => (status === 200 ? "done" : body.error?.code);
const routes = {
  people: () => import("./people/route"),
  person: () => import("./people/[person]/route"),
  link: () => import("./people/[person]/link/route"),
  passkey: () => import("./people/[person]/passkeys/[passkey]/route"),
  session: () => import("./people/[person]/sessions/[session]/route"),
  roster: () => import("./roster/route"),
  scripts: () => import("./scripts/route"),
};
const fields = { name: "Paula Ñandú", title: "Platform Lead", roles: ["custodian"] };
const invite = async (people: object[], cookie = administrator) =>
  grounds.ask<{ people: { person: string; enrolmentUrl: string; expiresAt: string }[] }>((await routes.people()).POST, {
    method: "POST",
    body: { people },
    cookie,
  });
const people = async () =>
  (await grounds.ask<{ people: PersonLine[] }>((await routes.people()).GET, { cookie: administrator })).body.people;
const change = async (person: string, body: object) =>
  grounds.ask((await routes.person()).PUT, { method: "PUT", params: { person }, body, cookie: administrator });

describe("what is for administrators", () => {
  const asks: readonly (readonly [string, (cookie?: string) => Promise<Answer>])[] = [
    ["seeing people", async (cookie) => grounds.ask((await routes.people()).GET, cookie ? { cookie } : {})],
    ["inviting", async (cookie) => invite([fields], cookie ?? "")],
    [
      "changing a person",
      async (cookie) =>
        grounds.ask((await routes.person()).PUT, {
          method: "PUT",
          params: { person: "adam" },
          body: fields,
          cookie: cookie ?? "",
        }),
    ],
    [
      "making a link",
      async (cookie) =>
        grounds.ask((await routes.link()).POST, { method: "POST", params: { person: "adam" }, body: {}, cookie: cookie ?? "" }),
    ],
    [
      "removing a passkey",
      async (cookie) =>
        grounds.ask((await routes.passkey()).DELETE, {
          method: "DELETE",
          params: { person: "adam", passkey: "x" },
          cookie: cookie ?? "",
        }),
    ],
    [
      "ending somebody's session",
      async (cookie) =>
        grounds.ask((await routes.session()).DELETE, {
          method: "DELETE",
          params: { person: "adam", session: "x" },
          cookie: cookie ?? "",
        }),
    ],
    [
      "publishing a roster",
      async (cookie) =>
        grounds.ask((await routes.roster()).POST, { method: "POST", body: { organisation: "X" }, cookie: cookie ?? "" }),
    ],
    [
      "publishing a script",
      async (cookie) =>
        grounds.ask((await routes.scripts()).POST, { method: "POST", body: { yaml: SCRIPT }, cookie: cookie ?? "" }),
    ],
  ];
  it.each(asks)("%s is refused to others, and to nobody in particular", async (_, ask) => {
    expect(code(await ask(witness))).toBe("ADMINISTRATOR-ONLY");
    expect(code(await ask())).toBe("NOT-SIGNED-IN");
  });
});

describe("people", () => {
  it("are invited with a link that is told once; only its hash is kept", async () => {
    const { body } = await invite([fields]);
    const [invited] = body.people;
    expect(invited?.enrolmentUrl).toMatch(/^http:\/\/localhost:3000\/enrol\/[\w-]{43}$/);
    const token = invited?.enrolmentUrl.split("/").at(-1) ?? "";
    expect(JSON.stringify(await grounds.db.enrolmentLink.findMany())).not.toContain(token);
    expect((await people()).find(({ person }) => person === invited?.person)).toMatchObject({
      ...fields,
      passkeys: [],
      links: [{ usedAt: null }],
    });
  });

  it.each([
    ["a name nobody can print", { ...fields, name: "Paula \u{12000}" }, "TEXT-UNDRAWABLE"],
    ["a name that turns the reading direction", { ...fields, name: "Paula\u202E" }, "TEXT-CHARACTERS"],
    ["no name", { ...fields, name: " " }, "TEXT-MISSING"],
    ["an unknown role", { ...fields, roles: ["god"] }, "FORM"],
    ["no role", { ...fields, roles: [] }, "FORM"],
    ["an id with capitals", { ...fields, person: "Paula" }, "FORM"],
  ])("are not invited with %s", async (_, person, refusal) => {
    expect(code(await invite([person]))).toBe(refusal);
  });

  it("have an e-mail address of their own, in lower case, or none", async () => {
    await invite([{ ...fields, person: "eva", email: "Eva@Example.org" }]);
    expect((await grounds.db.person.findUnique({ where: { id: "eva" } }))?.email).toBe("eva@example.org");
    expect(code(await invite([{ ...fields, email: "eva@example.org" }]))).toBe("EMAIL-TAKEN");
    expect(code(await change("will", { ...fields, email: "EVA@example.org" }))).toBe("EMAIL-TAKEN");
  });

  it("who are known get another link under the same id, and keep their name", async () => {
    await invite([{ ...fields, person: "rita" }]);
    expect((await invite([{ ...fields, name: "Somebody else", person: "rita" }])).status).toBe(200);
    expect((await people()).filter(({ person }) => person === "rita").map(({ name }) => name)).toEqual(["Paula Ñandú"]);
    const link = await grounds.ask((await routes.link()).POST, {
      method: "POST",
      params: { person: "nobody" },
      body: {},
      cookie: administrator,
    });
    expect(code(link)).toBe("PERSON-UNKNOWN");
  });

  it("lose their sessions when they are disabled, and get no link", async () => {
    const { cookie } = await grounds.signIn(await grounds.enrol("sam", ["witness"]));
    expect(code(await change("sam", { ...fields, roles: ["witness"], disabled: true }))).toBe("done");
    expect(code(await grounds.ask((await import("./session/route")).GET, { cookie }))).toBe("NOT-SIGNED-IN");
    expect(code(await invite([{ ...fields, person: "sam" }]))).toBe("PERSON-UNKNOWN");
  });

  it("always include an administrator who can sign in", async () => {
    const [passkey] = (await people()).find(({ person }) => person === "adam")?.passkeys ?? [];
    const remove = async () =>
      grounds.ask((await routes.passkey()).DELETE, {
        method: "DELETE",
        params: { person: "adam", passkey: passkey?.id ?? "" },
        cookie: administrator,
      });
    expect(code(await remove())).toBe("LAST-ADMINISTRATOR");
    expect(code(await change("adam", fields))).toBe("LAST-ADMINISTRATOR");
    expect(code(await change("adam", { ...fields, roles: ["administrator"], disabled: true }))).toBe("LAST-ADMINISTRATOR");
    await grounds.enrol("anne", ["administrator"]);
    expect(code(await change("adam", { ...fields, roles: ["administrator"] }))).toBe("done");
  });

  it("lose a passkey for signing in and for the next roster; what was done is noted", async () => {
    const passkey = await grounds.enrol("tom", ["witness"]);
    const remove = async () =>
      grounds.ask((await routes.passkey()).DELETE, {
        method: "DELETE",
        params: { person: "tom", passkey: passkey.credentialId },
        cookie: administrator,
      });
    expect(code(await remove())).toBe("done");
    expect(code(await remove())).toBe("NOT-FOUND");
    expect((await people()).find(({ person }) => person === "tom")?.passkeys).toEqual([]);
    await expect(grounds.signIn(passkey)).rejects.toThrow("SIGN-IN-REFUSED");
    expect((await listAudit(grounds.db, 5)).find(({ kind }) => kind === "passkey-removed")).toMatchObject({
      by: "adam",
      facts: { person: "tom" },
    });
  });
});

const publish = async (approve?: number) => {
  const body = { organisation: "Example", approve };
  return grounds.ask<{ hash: string; version: number; words: string[] }>((await routes.roster()).POST, {
    method: "POST",
    body,
    cookie: administrator,
  });
};

describe("rosters", () => {
  it("are not published before two custodians could decide what comes after", async () => {
    expect(code(await publish())).toBe("ROSTER-QUORUM");
    for (const person of ["carl", "cleo"]) await grounds.enrol(person, ["custodian"]);
    expect(code(await publish(3))).toBe("ROSTER-QUORUM");
    expect(code(await publish(1))).toBe("FORM");
  });

  it("are a chain: each names the one before, and carries names only as commitments", async () => {
    const [first, second] = [(await publish()).body, (await publish()).body];
    expect([second.version - first.version, first.words.length]).toEqual([1, 32]);
    const { rosters } = (await grounds.ask<{ rosters: RosterLine[] }>((await routes.roster()).GET, { cookie: witness })).body;
    expect(rosters[0]).toMatchObject({ hash: second.hash, prev: first.hash, mode: "rehearsal", organisation: "Example" });
    expect(rosters[0]?.people.find(({ person }) => person === "will")).toMatchObject({ name: "Name of will", passkeys: 1 });
    expect(rosters[0]?.people.some(({ person }) => person === "sam")).toBe(false);
    const row = await grounds.db.rosterVersion.findUnique({ where: { hash: second.hash } });
    expect(new TextDecoder().decode(row?.bytes)).not.toContain("Name of will");
  });

  it("published at the same moment are one after the other, or one is told to look again", async () => {
    const both = await Promise.all([publish(), publish()]);
    expect(both.map(code).filter((one) => one === "done").length).toBeGreaterThan(0);
    for (const answer of both) expect(["done", "ROSTER-OVERTAKEN"]).toContain(code(answer));
  });
});

describe("scripts", () => {
  const publish = async (yaml: string) =>
    grounds.ask<{ hash: string }>((await routes.scripts()).POST, { method: "POST", body: { yaml }, cookie: administrator });

  it("are published once; the same text again is the same, another text needs another edition", async () => {
    const { body } = await publish(SCRIPT);
    expect((await publish(SCRIPT)).body.hash).toBe(body.hash);
    expect(code(await publish(SCRIPT.replace("We begin.", "We start.")))).toBe("SCRIPT-TAKEN");
    expect(code(await publish(SCRIPT.replace("edition: 1", "edition: 2")))).toBe("done");
  });

  it("that are unsound are not published, and each fault is named with its line", async () => {
    const answer = await publish(SCRIPT.replace("approve: 2, of: 3", "approve: 1, of: 3"));
    expect([answer.status, code(answer)]).toEqual([422, "SCRIPT-FINDINGS"]);
    expect(answer.body.error?.sentence).toMatch(/line \d+: A quorum of one/);
  });

  it("for an emergency are published only where they are stricter than the ordinary script, which has to be there", async () => {
    const fast = (approve: string, usual: string) => {
      const emergency = `emergency: { instead: usual-api, usual: { approve: ${usual}, of: 3 }, review: { days: 5 } }`;
      const rule = `approve: ${approve}, of: 3`;
      const renamed = SCRIPT.replace("script: small-api", "script: fast-api").replace("approve: 2, of: 3", rule);
      return renamed.replace("witnesses:", `${emergency}\nwitnesses:`);
    };
    expect(code(await publish(fast("3", "2")))).toBe("EMERGENCY-ALONE");
    await publish(SCRIPT.replace("script: small-api", "script: usual-api"));
    const looser = await publish(fast("2", "1"));
    expect([looser.status, code(looser)]).toEqual([409, "EMERGENCY-NOT-STRICTER"]);
    expect(code(await publish(fast("3", "2")))).toBe("done");
  });

  it.each(BAD_INPUT)("of which one is %s are refused, and nothing is stored", async (_what, yaml) => {
    const before = await grounds.db.scriptEdition.count();
    const answer = await publish(yaml);
    expect(["SCRIPT-FINDINGS", "BODY-LARGE"]).toContain(code(answer));
    expect(answer.body.error?.remedy).toMatch(/^[A-Z].*\.$/);
    expect(await grounds.db.scriptEdition.count()).toBe(before);
  });

  it("are refused at the line of a character that their record could not print", async () => {
    const answer = await publish(SCRIPT.replace("title: Small", "title: Small \u0ba4"));
    expect(code(answer)).toBe("SCRIPT-FINDINGS");
    expect(JSON.stringify(answer.body)).toContain("line 4: No record could print the character U+0BA4.");
  });
});

it("what was done about people and access is told to administrators and auditors, and to nobody else", async () => {
  const { GET } = await import("./audit/route");
  const auditor = (await grounds.signIn(await grounds.enrol("axel", ["auditor"]))).cookie;
  const told = async (cookie: string) =>
    (await grounds.ask<{ events: { kind: string; by: string; facts: object }[] }>(GET, { path: "/?most=3", cookie })).body.events;
  const [first, ...more] = await told(administrator);
  expect([first, more.length]).toMatchObject([{ kind: "signed-in", by: "axel" }, 2]);
  // That the administrator looked is told in its turn.
  const [look, second] = await told(auditor);
  expect([look, second]).toMatchObject([{ kind: "desk-looked-at", facts: { place: "events" } }, { kind: "signed-in", by: "axel" }]);
  expect(code(await grounds.ask(GET, { cookie: witness }))).toBe("NOT-FOUND");
  expect(code(await grounds.ask(GET, { path: "/?most=0", cookie: auditor }))).toBe("FORM");
});

it("the health of the database and the workers is told to anybody, without names", async () => {
  const { GET } = await import("./health/route");
  const { status, body } = await grounds.ask<{ database: { ok: boolean }; workers: object[] }>(GET);
  expect([status, body.database.ok, body.workers]).toEqual([200, true, []]);
});
