import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { canonicalText, type Json } from "#lib/log/canonical";
import { tellRefusedActs } from "#lib/wiring/refused-acts";
import { ApiGrounds, ORIGIN } from "./api-grounds.under-test";
import { SmallCeremony } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

// What is refused leaves a trace: who asked, for what, and why not. Nothing that was typed.

let grounds: ApiGrounds;
let ceremony: SmallCeremony;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
  ceremony = await SmallCeremony.open(grounds);
  for (const act of [
    { act: "open-step", step: "hear" },
    { act: "acknowledge", step: "hear" },
    { act: "open-step", step: "make" },
  ]) {
    expect((await ceremony.act("olga", act)).status).toBe(200);
  }
});
afterAll(() => grounds.close());

let before = 0n;
beforeEach(async () => {
  before = (await grounds.db.auditEvent.findFirst({ orderBy: { id: "desc" } }))?.id ?? 0n;
});
/** What was noted in this test. */
const noted = () =>
  grounds.db.auditEvent.findMany({ where: { id: { gt: before } }, orderBy: { id: "asc" }, select: { kind: true, by: true, facts: true } });

const inRoom = async (person: string, body: unknown) =>
  grounds.ask((await import("./ceremonies/[id]/acts/route")).POST, {
    ...{ method: "POST", path: `/api/ceremonies/${ceremony.id}/acts`, params: { id: ceremony.id }, body },
    cookie: ceremony.cookie(person),
  });

describe("exactly one event", () => {
  it.each([
    ["nonce", "STATEMENT-NONCE"],
    ["scriptHash", "STATEMENT-SCRIPT"],
  ])("is an approval refused for another %s than the one asked for", async (member, code) => {
    const { statement: offered, openings } = await ceremony.offered("carl", "act=approve&step=make");
    const statement = canonicalText({ ...(JSON.parse(offered) as { [name: string]: Json }), [member]: "0".repeat(64) });
    const answer = await inRoom("carl", { act: "sign", statement, openings, assertion: ceremony.assertion("carl", statement) });
    expect(answer.body.error?.code).toBe(code);
    const facts = { code, method: "POST", path: "/api/ceremonies/[id]/acts", ceremony: ceremony.id };
    expect(await noted()).toEqual([{ kind: "act-refused", by: "carl", facts }]);
  });

  it("is what is not theirs to do, with no word of what they sent", async () => {
    const answer = await grounds.ask((await import("./people/[person]/link/route")).POST, {
      ...{ method: "POST", path: "/api/people/typed-by-carl/link", params: { person: "typed-by-carl" }, body: {} },
      cookie: ceremony.cookie("carl"),
    });
    expect(answer.body.error?.code).toBe("ADMINISTRATOR-ONLY");
    const facts = { code: "ADMINISTRATOR-ONLY", method: "POST", path: "/api/people/[person]/link" };
    expect(await noted()).toEqual([{ kind: "act-refused", by: "carl", facts }]);
  });

  it("is a request that a page elsewhere sent, and an id that nobody has is no ceremony", async () => {
    const answer = await grounds.ask((await import("./ceremonies/[id]/acts/route")).POST, {
      ...{ method: "POST", path: "/api/ceremonies/typed/acts", params: { id: "typed" }, body: { act: "stop", reason: "x" } },
      headers: { origin: "https://evil.example" },
    });
    expect(answer.body.error?.code).toBe("OTHER-ORIGIN");
    const facts = { code: "OTHER-ORIGIN", method: "POST", path: "/api/ceremonies/[id]/acts" };
    expect(await noted()).toEqual([{ kind: "act-refused", by: null, facts }]);
  });

  it("is a sign-in that a page elsewhere began", async () => {
    const { POST } = await import("./auth/[...nextauth]/route");
    const request = new Request(`${ORIGIN}/api/auth/callback/passkey`, { method: "POST", headers: { origin: "https://evil.example" } });
    expect((await POST(request, { params: Promise.resolve({ nextauth: ["callback", "passkey"] }) })).status).toBe(403);
    expect(await noted()).toEqual([{ kind: "act-refused", by: null, facts: { code: "OTHER-ORIGIN", method: "POST", path: "/api/auth/…" } }]);
  });
});

describe("no event", () => {
  it.each([
    ["a form that is none", "carl", { act: "sudo" }, "FORM"],
    ["nobody", "nobody", { act: "stop", reason: "x" }, "NOT-SIGNED-IN"],
  ])("is %s", async (_, person, body, code) => {
    expect((await inRoom(person, body)).body.error?.code).toBe(code);
    expect(await noted()).toEqual([]);
  });

  it("is what is only read", async () => {
    const answer = await grounds.ask((await import("./people/route")).GET, { cookie: ceremony.cookie("carl") });
    expect(answer.body.error?.code).toBe("ADMINISTRATOR-ONLY");
    expect(await noted()).toEqual([]);
  });

  it("is what is done", async () => {
    expect((await inRoom("carl", await ceremony.signed("carl", "act=approve&step=make"))).status).toBe(200);
    expect(await noted()).toEqual([]);
  });
});

it("a hundred refusals in a minute are twenty events, and one that counts the rest", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  vi.setSystemTime(Math.ceil(Date.now() / 60_000) * 60_000);
  // However long the hundred take, the minute does not end: neither by the clock, nor by what waits for its end.
  const wait = globalThis.setTimeout;
  const endless = (act: () => void, ms?: number) => wait(act, ms === 60_000 ? 2 ** 31 - 1 : ms);
  vi.stubGlobal("setTimeout", Object.assign(endless, wait));
  onTestFinished(() => void vi.unstubAllGlobals());
  for (let n = 0; n < 100; n += 1) {
    expect((await inRoom("cora", { act: "open-step", step: "make" })).body.error?.code).toBe("ROLE-MAY");
  }
  await tellRefusedActs();
  const facts = (await noted()).map((one) => one.facts);
  expect([facts.length, facts.at(-1)]).toEqual([21, { code: "ROLE-MAY", times: 80 }]);
});

it("exactly one event is what needs a second person, asked for by the first", async () => {
  await grounds.db.ceremony.update({ where: { id: ceremony.id }, data: { phase: "closed", closedAt: new Date() } });
  const hold = async (body: object) =>
    grounds.ask((await import("./audit/holds/[ceremony]/route")).POST, {
      ...{ method: "POST", path: `/api/audit/holds/${ceremony.id}`, params: { ceremony: ceremony.id }, body },
      cookie: ceremony.cookie("axel"),
    });
  expect((await hold({ act: "ask", reason: "A lawsuit" })).status).toBe(200);
  expect((await hold({ act: "confirm", reason: "" })).body.error?.code).toBe("SECOND-PERSON");
  const facts = { code: "SECOND-PERSON", method: "POST", path: "/api/audit/holds/[ceremony]" };
  expect(await noted()).toEqual([
    expect.objectContaining({ kind: "hold-asked" }),
    { kind: "act-refused", by: "axel", facts },
  ]);
});
