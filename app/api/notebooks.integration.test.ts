import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { assertWith } from "#cli/demo/software-passkey";
import type { NotebookView } from "#lib/conduct/notebook";
import type { RoomView } from "#lib/conduct/room-view";
import { sha256, utf8 } from "#lib/log/digest";
import { ApiGrounds, USE } from "./api-grounds.under-test";
import { SmallCeremony } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

let grounds: ApiGrounds;
let ceremony: SmallCeremony;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
  ceremony = await SmallCeremony.open(grounds);
  await ceremony.act("olga", { act: "open-step", step: "hear" });
  await ceremony.act("olga", { act: "acknowledge", step: "hear" });
});
afterAll(() => grounds.close());

const code = (answer: { status: number; body: { error?: { code: string } } }) => (answer.status === 200 ? "done" : answer.body.error?.code);
const notebook = async () => import("./ceremonies/[id]/notebook/route");
const place = (person: string) => ({ params: { id: ceremony.id }, cookie: ceremony.cookie(person) });
const write = async (person: string, text: string) =>
  grounds.ask((await notebook()).POST, { method: "POST", body: { text }, ...place(person) });
const read = async (person: string) => grounds.ask<NotebookView>((await notebook()).GET, place(person));
const room = async (person: string) => grounds.ask<RoomView>((await import("./ceremonies/[id]/route")).GET, place(person));
const OTHERS = ["adam", "olga", "carl", "axel", "stranger"];

const looks = async (person: string) =>
  grounds.db.auditEvent.findMany({ where: { kind: "ceremony-looked-into", by: person }, select: { facts: true } });

it("a script printed with its ceremony's name on it is a look into that ceremony", async () => {
  const { GET } = await import("./ceremonies/[id]/script/route");
  expect(code(await grounds.ask(GET, place("stranger")))).toBe("NOT-FOUND");
  expect(await looks("axel")).toEqual([]);
  expect(code(await grounds.ask(GET, place("axel")))).toBe("done");
  expect((await looks("axel")).map(({ facts }) => facts)).toEqual([{ ceremony: ceremony.id, as: "auditor", phase: "running" }]);
});

describe("a witness's notebook", () => {
  it("takes pages of its writer, with the time of writing, and changes none", async () => {
    expect([await write("will", "I saw one."), await write("will", "I saw another.")].map(code)).toEqual(["done", "done"]);
    const { pages, released } = (await read("will")).body;
    expect(pages.map(({ page, text }) => [page, text])).toEqual([[1, "I saw one."], [2, "I saw another."]]);
    expect(released).toBe(0);
    await expect(grounds.db.$executeRaw`UPDATE "NotebookPage" SET "text" = 'I saw nothing.'`).rejects.toThrow();
    await expect(grounds.db.$executeRaw`DELETE FROM "NotebookPage"`).rejects.toThrow();
  });

  it("is given to nobody else, administrators and auditors too, nor shown in the room", async () => {
    for (const person of OTHERS) {
      expect(code(await write(person, "Mine."))).toBe("ROLE-MAY");
      const answer = await read(person);
      expect([person, code(answer)]).toEqual([person, "ROLE-MAY"]);
      expect(JSON.stringify(answer.body)).not.toContain("I saw");
    }
    for (const person of ["adam", "olga", "axel"]) expect(JSON.stringify((await room(person)).body)).not.toContain("I saw");
  });

  it("goes into the transcript as its writer signs it, every page and no other", async () => {
    const { GET } = await import("./ceremonies/[id]/notebook/release/route");
    for (const person of OTHERS) expect(code(await grounds.ask(GET, place(person)))).toBe("ROLE-MAY");
    const { body } = await grounds.ask<{ statement: string; openings: object[]; pages: object[] }>(GET, place("will"));
    const passkey = ceremony.guests.get("will")?.passkey;
    if (!passkey) throw new Error("nobody");
    const signed = { act: "sign", ...body, assertion: assertWith(passkey, sha256(utf8(body.statement)), USE) };
    expect(code(await ceremony.act("will", { ...signed, pages: body.pages.slice(1), openings: body.openings.slice(1) }))).toBe("NOTEBOOK-PAGES");
    expect(code(await ceremony.act("will", { ...signed, openings: [] }))).toBe("REMARK-OPENING");
    expect(code(await ceremony.act("will", { ...signed, pages: undefined }))).toBe("FORM");
    expect(code(await ceremony.act("olga", signed))).toBe("PASSKEY-OWNER");
    expect(code(await ceremony.act("will", signed))).toBe("done");
    expect(code(await grounds.ask(GET, place("will")))).toBe("STATEMENT-NONE");
    expect((await read("will")).body.released).toBe(2);
    expect((await room("axel")).body.notebooks[0]?.pages.map(({ text }) => text)).toEqual(["I saw one.", "I saw another."]);
  });
});

describe("a look", () => {
  it("of an auditor, or of an administrator from outside, is an audit event, once for a visit; of those who take part it is none", async () => {
    for (const person of ["axel", "axel", "axel", "olga", "will"]) await room(person);
    expect((await looks("axel")).map(({ facts }) => facts)).toEqual([{ ceremony: ceremony.id, as: "auditor", phase: "running" }]);
    for (const person of ["olga", "will", "carl"]) expect(await looks(person)).toEqual([]);
  });

  it("comes with the clock of the onlooker's device, once a visit; who takes part tells the transcript, and a stranger nobody", async () => {
    const { POST } = await import("./ceremonies/[id]/clock/route");
    const tell = async (person: string, milliseconds: number) =>
      code(await grounds.ask(POST, { method: "POST", body: { device: "device-1", milliseconds }, ...place(person) }));
    for (const [person, came] of [["axel", "done"], ["axel", "done"], ["olga", "NOT-FOUND"], ["will", "NOT-FOUND"], ["stranger", "NOT-FOUND"]] as const)
      expect([person, await tell(person, -1_300)]).toEqual([person, came]);
    const kept = await grounds.db.auditEvent.findMany({ where: { kind: "onlooker-clock-compared" }, select: { by: true, facts: true } });
    expect(kept).toEqual([{ by: "axel", facts: { ceremony: ceremony.id, device: "device-1", milliseconds: -1_300 } }]);
  });

  it("of somebody who may not look is none", async () => {
    expect((await room("stranger")).status).toBe(404);
    expect(await looks("stranger")).toEqual([]);
  });
});
