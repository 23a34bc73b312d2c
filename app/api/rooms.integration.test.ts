import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { RoomView } from "#lib/conduct/room-view";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { PACKED_RECORD } from "#lib/record/evidence-pack";
import { readZip } from "#lib/record/read-zip";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { keepRecord } from "#lib/store/records";
import { ApiGrounds } from "./api-grounds.under-test";
import { SmallCeremony } from "./small-ceremony.under-test";

vi.mock("server-only", () => ({}));

let grounds: ApiGrounds;
let ceremony: SmallCeremony;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
  ceremony = await SmallCeremony.open(grounds);
});
afterAll(() => grounds.close());

const room = async (person: string) =>
  grounds.ask<RoomView>((await import("./ceremonies/[id]/route")).GET, {
    params: { id: ceremony.id },
    cookie: ceremony.cookie(person),
  });
const code = (answer: { status: number; body: { error?: { code: string } } }) =>
  answer.status === 200 ? "done" : answer.body.error?.code;
const toldOf = { class: "A", expected: "a.", happened: "b.", decided: "c." };

describe("who may look", () => {
  it("are those who take part, and by their standing role auditors and administrators; nobody else learns it is there", async () => {
    for (const person of ["olga", "carl", "will", "axel", "adam"]) expect((await room(person)).body.title).toBe("Small");
    const stranger = ceremony.cookie("stranger");
    const asks = [
      room("stranger"),
      ceremony.act("stranger", { act: "stop", reason: "x" }),
      grounds.ask((await import("./ceremonies/[id]/live/route")).GET, { params: { id: ceremony.id }, cookie: stranger }),
      grounds.ask((await import("./ceremonies/[id]/record/route")).GET, { params: { id: ceremony.id }, cookie: stranger }),
      grounds.ask((await import("./ceremonies/[id]/statement/route")).GET, {
        path: "/?act=approve&step=make",
        params: { id: ceremony.id },
        cookie: stranger,
      }),
    ];
    for (const answer of await Promise.all(asks)) expect([answer.status, answer.body.error?.code]).toEqual([404, "NOT-FOUND"]);
    const list = await grounds.ask<{ ceremonies: unknown[] }>((await import("./ceremonies/route")).GET, { cookie: stranger });
    expect(list.body.ceremonies).toEqual([]);
    expect(
      (
        await grounds.ask<{ ceremonies: { id: string }[] }>((await import("./ceremonies/route")).GET, {
          cookie: ceremony.cookie("carl"),
        })
      ).body.ceremonies,
    ).toHaveLength(1);
  });

  it("are shown names of those who take part, and the place", async () => {
    const { body } = await room("carl");
    expect([body.place, body.organisation, body.me?.name]).toEqual(["Room 1", "Example", "Name of carl"]);
    expect(JSON.stringify(body)).not.toContain("Name of stranger");
  });
});

describe("the interface", () => {
  it.each([
    ["an unknown act", { act: "sudo" }],
    ["an unknown member", { act: "stop", reason: "x", force: true }],
    ["a wrong type", { act: "open-step", step: 7 }],
    ["an assertion that is none", { act: "sign", statement: "{}", openings: [], assertion: { credentialId: "!" } }],
    ["no JSON", "{"],
  ])("refuses %s as a form", async (_, body) => {
    const { POST } = await import("./ceremonies/[id]/acts/route");
    const answer = await grounds.ask(POST, {
      method: "POST",
      params: { id: ceremony.id },
      body,
      cookie: ceremony.cookie("olga"),
    });
    expect([answer.status, code(answer)]).toEqual([400, "FORM"]);
  });

  it.each([
    ["no origin", { origin: "" }, 403],
    ["another origin", { origin: "http://localhost:3001" }, 403],
    ["another type", { "content-type": "text/plain" }, 400],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, 400],
  ])("refuses a request with %s", async (_, headers, status) => {
    const { POST } = await import("./ceremonies/[id]/acts/route");
    const answer = await grounds.ask(POST, {
      method: "POST",
      params: { id: ceremony.id },
      body: { act: "stop", reason: "x" },
      cookie: ceremony.cookie("olga"),
      headers,
    });
    expect(answer.status).toBe(status);
  });

  it("refuses a body that is too large without reading it all", async () => {
    const { POST } = await import("./ceremonies/[id]/acts/route");
    const answer = await grounds.ask(POST, {
      method: "POST",
      params: { id: ceremony.id },
      body: { act: "stop", reason: "x".repeat(700_000) },
      cookie: ceremony.cookie("olga"),
    });
    expect(answer.status).toBe(413);
  });

  it("answers refusals as {error: {code, sentence, remedy, facts}}, never from a cache", async () => {
    const answer = await ceremony.act("carl", { act: "open-step", step: "hear" });
    expect(answer.status).toBe(409);
    expect(Object.keys(answer.body.error ?? {})).toEqual(["code", "sentence", "remedy", "facts"]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});

describe("a step from its opening to its quorum", () => {
  beforeAll(async () => {
    expect(code(await ceremony.act("olga", { act: "open-step", step: "hear" }))).toBe("done");
    expect(code(await ceremony.act("olga", { act: "acknowledge", step: "hear" }))).toBe("done");
    expect(code(await ceremony.act("olga", { act: "open-step", step: "make" }))).toBe("done");
  });

  it("cannot be signed by operator, witness, auditor or administrator", async () => {
    for (const person of ["olga", "will", "axel", "adam"]) {
      const result = await ceremony.act(person, await ceremony.signed(person, "act=approve&step=make"));
      expect(code(result), person).toBe(person === "olga" ? "REQUESTER-APPROVES" : "ROLE-MAY");
    }
  });

  it.each([
    ["the user not verified", { flags: 0x01 }, "ASSERTION-USER-VERIFIED"],
    ["another origin", { origin: "https://evil.example" }, "ASSERTION-ORIGIN"],
    ["another person's passkey", { with: "cleo" }, "PASSKEY-OWNER"],
    ["the passkey of somebody who does not take part", { with: "stranger" }, "PASSKEY-OWNER"],
  ])("takes no approval with %s", async (_, change, refusal) => {
    const signed = await ceremony.signed("carl", "act=approve&step=make", change);
    expect(code(await ceremony.act("carl", signed))).toBe(refusal);
  });

  it("takes no approval sent as a refusal, nor one for another step, nor a refusal without its reason", async () => {
    const { statement, assertion, ...rest } = (await ceremony.signed("carl", "act=approve&step=make")) as {
      statement: string;
      assertion: unknown;
    };
    const turned = statement.replace('"act":"approve"', '"act":"refuse"');
    expect(code(await ceremony.act("carl", { ...rest, statement: turned, assertion }))).toBe("ASSERTION-CHALLENGE");
    const other = statement.replace('"step":"make"', '"step":"sign"');
    expect(code(await ceremony.act("carl", { ...rest, statement: other, assertion }))).toBe("ASSERTION-CHALLENGE");
  });

  it("takes the last two approvals that arrive together, each once, and shows them to everybody", async () => {
    const signed = await Promise.all(
      ["carl", "cleo"].map(async (person) => [person, await ceremony.signed(person, "act=approve&step=make")] as const),
    );
    const results = await Promise.all([...signed, ...signed].map(([person, act]) => ceremony.act(person, act)));
    expect(results.map(code).sort()).toEqual(["QUORUM-DISTINCT", "QUORUM-DISTINCT", "done", "done"]);
    const { body } = await room("will");
    const step = body.acts[0]?.steps.find((one) => one.step === "make");
    expect(step?.approvals).toMatchObject({ needed: 2, approved: 2 });
  });

  it("is stopped by anybody, an auditor too, and then nothing more is signed", async () => {
    const signed = await ceremony.signed("cora", "act=approve&step=make");
    expect(code(await ceremony.act("axel", { act: "stop", reason: "Smoke." }))).toBe("done");
    expect(code(await ceremony.act("cora", signed))).toBe("PHASE-STOPPED");
    expect(code(await ceremony.act("carl", { act: "resume", deviation: 1 }))).toBe("ROLE-MAY");
  });
});

describe("live changes", () => {
  /** An open page's line, until the page is left. */
  async function listen(cookie: string) {
    const { GET } = await import("./ceremonies/[id]/live/route");
    const leaving = new AbortController();
    const request = new Request("http://localhost:3000/live", { headers: { cookie }, signal: leaving.signal });
    const response = await GET(request, { params: Promise.resolve({ id: ceremony.id }) });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = "";
    const hear = async (text: string) => {
      while (!heard.includes(text)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`the line was closed before it said ${text}:\n${heard}`);
        heard += value;
      }
    };
    /** Resolves when the line is closed; what was under way till then is heard as well. */
    const closed = async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heard += value;
      }
    };
    await hear("event: room");
    return { response, leaving, hear, closed, said: () => heard };
  }

  it("are told to an open page, with the room as this person sees it", async () => {
    const { response, leaving, hear, closed, said } = await listen(ceremony.cookie("will"));
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(said()).toContain(`"id":"${ceremony.id}"`);
    expect(said()).toContain('"me":{"person":"will"');
    const noted = await ceremony.act("olga", { act: "note-deviation", ...toldOf });
    await hear(`"entries":${String(noted.body.seq + 1)}`);
    expect(said()).toContain("event: change");
    leaving.abort();
    await closed();
  });

  it("are told to nobody whose session was ended: the line is closed instead", async () => {
    const { passkey } = ceremony.guests.get("will")!;
    const { cookie, session } = await grounds.signIn(passkey);
    const { closed, said } = await listen(cookie);
    const { DELETE } = await import("./people/[person]/sessions/[session]/route");
    const ended = await grounds.ask(DELETE, { method: "DELETE", params: { person: "will", session }, cookie: ceremony.cookie("will") });
    expect(ended.status).toBe(200);
    const noted = await ceremony.act("olga", { act: "note-deviation", ...toldOf });
    await closed();
    expect(said()).not.toContain(`"entries":${String(noted.body.seq + 1)}`);
  });
});

describe("the record", () => {
  it("is not there until it is sealed, and then for those who took part and for auditors", async () => {
    const { GET } = await import("./ceremonies/[id]/record/route");
    const fetchAs = (person: string) =>
      GET(new Request("http://localhost:3000/record", { headers: { cookie: ceremony.cookie(person) } }), {
        params: Promise.resolve({ id: ceremony.id }),
      });
    const before = await fetchAs("carl");
    expect([before.status, ((await before.json()) as { error: { code: string } }).error.code]).toEqual([
      404,
      "RECORD-NOT-SEALED",
    ]);
    const { GET: packOf } = await import("./ceremonies/[id]/pack/route");
    const packAs = (person: string) =>
      packOf(new Request("http://localhost:3000/pack", { headers: { cookie: ceremony.cookie(person) } }), {
        params: Promise.resolve({ id: ceremony.id }),
      });
    expect((await packAs("carl")).status).toBe(404);
    const pdf = (await SealedRecord.make()).pdf;
    const trustAnchor = utf8("-----BEGIN CERTIFICATE-----");
    await keepRecord(grounds.worker, {
      ceremony: ceremony.id,
      sha256: sha256Hex(pdf),
      pdf,
      trustAnchor,
      sealedAt: new Date().toISOString(),
    });
    const after = await fetchAs("axel");
    expect([after.status, after.headers.get("content-type"), sha256Hex(new Uint8Array(await after.arrayBuffer()))]).toEqual([
      200,
      "application/pdf",
      sha256Hex(pdf),
    ]);
    const pack = await packAs("axel");
    expect([pack.status, pack.headers.get("content-type")]).toEqual([200, "application/zip"]);
    const files = readZip(new Uint8Array(await pack.arrayBuffer())) ?? [];
    expect(files.find(({ name }) => name === PACKED_RECORD)?.bytes).toEqual(pdf);
    expect((await packAs("stranger")).status).toBe(404);
    expect((await fetchAs("stranger")).status).toBe(404);
    const anchor = await import("./ceremonies/[id]/trust-anchor/route");
    const answer = await anchor.GET(new Request("http://localhost:3000/", { headers: { cookie: ceremony.cookie("carl") } }), {
      params: Promise.resolve({ id: ceremony.id }),
    });
    expect(await answer.text()).toContain("BEGIN CERTIFICATE");
  });
});
