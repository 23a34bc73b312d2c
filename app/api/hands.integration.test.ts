import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { assertWith } from "#cli/demo/software-passkey";
import { oneActChallenge } from "#lib/conduct/one-act";
import type { RoomView } from "#lib/conduct/room-view";
import type { Json } from "#lib/log/canonical";
import { sha256, sha256Hex, utf8 } from "#lib/log/digest";
import { ApiGrounds, USE, type Answer } from "./api-grounds.under-test";
import { SmallCeremony } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

let grounds: ApiGrounds;
let ceremony: SmallCeremony;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
  ceremony = await SmallCeremony.open(grounds);
});
afterAll(() => grounds.close());

const code = ({ status, body }: Answer) => (status === 200 ? "done" : body.error?.code);
type Said = { readonly act: string } & { readonly [member: string]: Json };

/** The room's routes, asked with that cookie. */
const routes = {
  hand: () => import("./ceremonies/[id]/hand/route"),
  acts: () => import("./ceremonies/[id]/acts/route"),
  shared: () => import("./ceremonies/[id]/shared/route"),
};
const post = async (route: keyof typeof routes, cookie: string, body: unknown, id = ceremony.id) =>
  grounds.ask<{ id: string; nonce: string }>((await routes[route]()).POST, { method: "POST", params: { id }, body, cookie });
const room = async (cookie: string) =>
  grounds.ask<RoomView>((await import("./ceremonies/[id]/route")).GET, { params: { id: ceremony.id }, cookie });

/** A session of somebody, made one that is passed from hand to hand. */
async function sharedBy(person: string): Promise<string> {
  const { cookie } = await grounds.signIn(ceremony.guests.get(person)!.passkey);
  expect(code(await post("shared", cookie, {}))).toBe("done");
  return cookie;
}

/** An act with the proof of whoever does it: their passkey over exactly that act, unless a test bends it. */
async function proved(cookie: string, person: string, act: Said, bend: { by?: string; signed?: Said; ceremony?: string } = {}) {
  const { id, nonce } = (await post("hand", cookie, {})).body;
  const place = { ceremony: bend.ceremony ?? ceremony.id, person, nonce };
  const challenge = oneActChallenge({ ...place, act: bend.signed ?? act });
  const assertion = assertWith(ceremony.guests.get(bend.by ?? person)!.passkey, challenge, USE);
  return { ...act, hand: { person, proof: { id, assertion } } };
}
const told = (happened: string) => ({ act: "note-deviation", class: "A", expected: "a.", happened, decided: "c." });

describe("a browser that is passed from hand to hand", () => {
  it("is made so by operator and administrator, by nobody else, and not without a passkey", async () => {
    for (const person of ["carl", "will", "axel"]) expect(code(await post("shared", ceremony.cookie(person), {}))).toBe("SHARE-NOT-YOURS");
    expect(code(await post("shared", ceremony.cookie("stranger"), {}))).toBe("NOT-FOUND");
    for (const person of ["olga", "adam"]) await sharedBy(person);
  });

  it("is nobody's: signed in nowhere, sees its own room and no other, and what each would be asked", async () => {
    const cookie = await sharedBy("adam");
    expect((await grounds.ask((await import("./session/route")).GET, { cookie })).status).toBe(401);
    expect((await grounds.ask((await import("./people/route")).GET, { cookie })).status).toBe(401);
    expect((await grounds.ask((await import("./audit/route")).GET, { cookie })).status).toBe(401);
    const { body } = await room(cookie);
    expect([body.me, body.turn, body.mine]).toEqual([null, null, []]);
    expect(body.hands?.find(({ me }) => me?.person === "olga")?.turn?.act).toBe("open-step");
    expect((await room(ceremony.cookie("olga"))).body.hands).toBeNull();
    const elsewhere = await grounds.ask((await import("./ceremonies/[id]/route")).GET, { params: { id: "c-other" }, cookie });
    expect(elsewhere.status).toBe(404);
    expect(code(await post("shared", cookie, {}))).toBe("NOT-SIGNED-IN");
  });

  it("does nothing for anybody without their proof, whoever shared it", async () => {
    const cookie = await sharedBy("olga");
    expect(code(await post("acts", cookie, told("x")))).toBe("HAND-UNKNOWN");
    expect(code(await post("acts", cookie, { ...told("x"), hand: { person: "olga", proof: null } }))).toBe("HAND-UNKNOWN");
  });

  it("acts for whoever proves one act: once, that act, that person, that room", async () => {
    const cookie = await sharedBy("olga");
    const act = told("By hand.");
    const good = await proved(cookie, "will", act);
    const stopped = { ...told("Another."), hand: good.hand };
    expect(code(await post("acts", cookie, stopped))).toBe("HAND-REFUSED"); // another act; and the nonce is gone with it
    expect(code(await post("acts", cookie, good))).toBe("HAND-SPENT");
    const again = await proved(cookie, "will", act);
    expect(code(await post("acts", cookie, again))).toBe("done");
    expect(code(await post("acts", cookie, again))).toBe("HAND-SPENT");
    const { deviations } = (await room(cookie)).body;
    expect(deviations.filter(({ happened }) => happened === "By hand.").map(({ name }) => name)).toEqual(["Name of will"]);
  });

  it("refuses another's passkey, another's name, another room's proof and what signs somebody in", async () => {
    const cookie = await sharedBy("olga");
    const act = told("Never.");
    expect(code(await post("acts", cookie, await proved(cookie, "will", act, { by: "carl" })))).toBe("HAND-REFUSED");
    const carls = await proved(cookie, "carl", act);
    expect(code(await post("acts", cookie, { ...carls, hand: { ...carls.hand, person: "will" } }))).toBe("HAND-REFUSED");
    expect(code(await post("acts", cookie, await proved(cookie, "will", act, { ceremony: "c-other" })))).toBe("HAND-REFUSED");
    const { challengeId, challenge } = await grounds.challenge();
    const signIn = assertWith(ceremony.guests.get("will")!.passkey, challenge, USE);
    expect(code(await post("acts", cookie, { ...act, hand: { person: "will", proof: { id: challengeId, assertion: signIn } } }))).toBe(
      "HAND-SPENT",
    );
    expect((await room(cookie)).body.deviations.filter(({ happened }) => happened === "Never.")).toEqual([]);
  });

  it("gives nobody a role that is not theirs, and a statement nobody's name but the signer's", async () => {
    const cookie = await sharedBy("olga");
    const open: Said = { act: "open-step", step: "hear" };
    expect(code(await post("acts", cookie, await proved(cookie, "carl", open)))).toBe("ROLE-MAY");
    for (const step of [open, { act: "acknowledge", step: "hear" }, { act: "open-step", step: "make" }])
      expect(code(await post("acts", cookie, await proved(cookie, "olga", step)))).toBe("done");
    const { GET } = await import("./ceremonies/[id]/statement/route");
    const place = { params: { id: ceremony.id }, cookie };
    const proposed = await grounds.ask<{ statement: string; openings: unknown }>(GET, {
      ...place,
      path: "/?act=approve&step=make&person=carl",
    });
    const { statement, openings } = proposed.body;
    const signedBy = (who: string) => assertWith(ceremony.guests.get(who)!.passkey, sha256(utf8(statement)), USE);
    const sent = (person: string, who: string) => ({
      ...{ act: "sign", statement, openings, assertion: signedBy(who) },
      hand: { person, proof: null },
    });
    expect(code(await post("acts", cookie, sent("cleo", "carl")))).not.toBe("done");
    expect(code(await post("acts", cookie, sent("carl", "cleo")))).toBe("PASSKEY-OWNER");
    expect(code(await post("acts", cookie, sent("carl", "carl")))).toBe("done");
  });

  it("leaves a trace for the auditor of who shared it, who acted on it, and which proof was refused", async () => {
    const { GET } = await import("./audit/route");
    const { body } = await grounds.ask<{ events: { kind: string }[] }>(GET, { cookie: ceremony.cookie("axel") });
    const kinds = new Set(body.events.map(({ kind }) => kind));
    for (const kind of ["browser-shared", "acted-by-hand", "hand-refused"]) expect(kinds).toContain(kind);
  });
});

describe("an act with an id of its own", () => {
  it("is written down once, however often and however closely it is sent, and is found again by it", async () => {
    const id = crypto.randomUUID();
    const act = { ...told("Once."), id };
    const answers = await Promise.all([1, 2, 3, 4].map(() => ceremony.act("will", act)));
    expect(answers.map(code)).toEqual(["done", "done", "done", "done"]);
    expect(new Set(answers.map(({ body }) => body.hash)).size).toBe(1);
    const { deviations } = (await room(ceremony.cookie("will"))).body;
    expect(deviations.filter(({ happened }) => happened === "Once.")).toHaveLength(1);

    const { GET } = await import("./ceremonies/[id]/acts/[act]/route");
    const found = (person: string, one: string) =>
      grounds.ask(GET, { params: { id: ceremony.id, act: one }, cookie: ceremony.cookie(person) });
    expect((await found("will", id)).body).toEqual(answers[0]?.body);
    expect((await found("will", crypto.randomUUID())).body).toBeNull();
    // Another's id says nothing about what they did.
    expect((await found("carl", id)).body).toBeNull();
    expect((await found("stranger", id)).status).toBe(404);
  });

  it("that was refused stays open to be done later, under the same id", async () => {
    const id = crypto.randomUUID();
    expect(code(await ceremony.act("carl", { act: "open-step", step: "sign", id }))).toBe("ROLE-MAY");
    expect(code(await ceremony.act("carl", { ...told("Later."), id }))).toBe("done");
  });
});

describe("the bytes of evidence", () => {
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from("a bag")]);
  const upload = async (person: string, bytes: Buffer, type = "application/octet-stream") => {
    const { POST } = await import("./ceremonies/[id]/files/route");
    const headers = { "content-type": type };
    return grounds.ask(POST, { method: "POST", params: { id: ceremony.id }, body: bytes.toString("latin1"), headers, cookie: ceremony.cookie(person) });
  };

  it("are taken from whoever may name them, and called by what they are", async () => {
    expect(code(await upload("axel", photo))).toBe("FILE-NOT-YOURS");
    expect(code(await upload("stranger", photo))).toBe("NOT-FOUND");
    expect(code(await upload("olga", photo, "text/plain"))).toBe("FORM");
    expect(code(await upload("olga", Buffer.alloc(0)))).toBe("FILE-EMPTY");
    expect(code(await upload("olga", Buffer.alloc(20 * 1024 * 1024 + 1)))).toBe("FILE-LARGE");
    const page = Buffer.from("<script>alert(1)</script>");
    expect((await upload("olga", page)).body).toEqual({ sha256: sha256Hex(page), size: page.length, mediaType: "text/plain" });
    expect((await upload("will", page)).status).toBe(200);
  });

  it("are nobody's to see before an entry names them", async () => {
    const { GET } = await import("./ceremonies/[id]/files/[sha256]/route");
    const sha256 = sha256Hex(utf8("<script>alert(1)</script>"));
    const asked = await grounds.ask(GET, { params: { id: ceremony.id, sha256 }, cookie: ceremony.cookie("olga") });
    expect(asked.status).toBe(404);
  });
});
