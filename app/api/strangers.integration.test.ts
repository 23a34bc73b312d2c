import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { assertWith } from "#cli/demo/software-passkey";
import { signIn } from "#lib/conduct/sign-in";
import { hex, sha256, utf8 } from "#lib/log/digest";
import { peoplePorts } from "#lib/wiring/parts";
import { ApiGrounds, USE } from "./api-grounds.under-test";

vi.mock("server-only", () => ({}));

// What somebody who is not let in learns from the interface, or keeps of it: as little as can be.

let grounds: ApiGrounds;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
});
afterAll(() => grounds.close());

describe("a stranger is told", () => {
  it("that workers live, and nothing of what they say: sentences name tokens, rosters and faults", async () => {
    const sentence = "Token 4b0c11d2 does not answer (C_Login).";
    await grounds.worker.workerHealth.create({
      data: { worker: "w", tokenSerial: "4b0c11d2", state: "waiting-for-token", sentence, facts: {}, seenAt: new Date() },
    });
    const { body } = await grounds.ask<{ workers: unknown[] }>((await import("./health/route")).GET);
    expect(body.workers).toEqual([{ state: "waiting-for-token", seenAt: expect.any(String) as string }]);
    expect(JSON.stringify(body)).not.toContain("4b0c11d2");
  });

  it("of a sign-in that broke, that it broke: no word of the database", async () => {
    const faults = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { signInVerbs } = await import("./auth/[...nextauth]/sign-in-verbs");
    const part = "AAAA";
    const assertion = { id: part, response: { authenticatorData: part, clientDataJSON: part, signature: part } };
    // PostgreSQL takes no NUL in a text.
    expect(await signInVerbs.byPasskey({ challengeId: "\u0000", assertion, client: "", address: "198.51.100.200" })).toEqual({
      code: "FAULT",
    });
    expect(faults).toHaveBeenCalledOnce();
    faults.mockRestore();
  });
});

it("the owner of the database cannot sign in with an approval out of a transcript, by giving out its hash as the challenge", async () => {
  const passkey = await grounds.enrol("cleo", ["custodian"]);
  const approved = sha256(utf8("the canonical text of a statement"));
  const approval = assertWith(passkey, approved, USE);
  const { challengeId } = await grounds.challenge();
  await grounds.db.signInChallenge.update({ where: { id: challengeId }, data: { challenge: hex(approved) } });
  const signed = await signIn(peoplePorts(), { challengeId, assertion: approval, address: "198.51.100.201", client: "" });
  expect(signed).toMatchObject({ ok: false, refusal: { code: "SIGN-IN-REFUSED" } });
});

describe("somebody whose passkey is taken away", () => {
  it("has no session left that it could have begun; whoever took it away keeps their own", async () => {
    const admin = await grounds.signIn(await grounds.enrol("adam", ["administrator"]));
    const elsewhere = await grounds.signIn(await grounds.enrol("adam-2", ["administrator"]));
    const lost = await grounds.enrol("lena", ["custodian"]);
    const thief = await grounds.signIn(lost);
    const { DELETE } = await import("./people/[person]/passkeys/[passkey]/route");
    const remove = (person: string, passkey: string, cookie: string) =>
      grounds.ask(DELETE, { method: "DELETE", params: { person, passkey }, cookie });
    const isIn = async (cookie: string) => (await grounds.ask((await import("./session/route")).GET, { cookie })).status === 200;

    expect((await remove("lena", "AAAA", admin.cookie)).status).toBe(404);
    expect(await isIn(thief.cookie)).toBe(true);
    expect((await remove("lena", lost.credentialId, admin.cookie)).status).toBe(200);
    expect(await isIn(thief.cookie)).toBe(false);

    const other = await grounds.db.passkey.findFirstOrThrow({ where: { personId: "adam-2" } });
    expect((await remove("adam-2", other.id, elsewhere.cookie)).status).toBe(200);
    expect(await isIn(elsewhere.cookie)).toBe(true);
    expect(await isIn(admin.cookie)).toBe(true);
  });
});

it("a ceremony that cannot be one is not there, and is not asked of the database", async () => {
  const { cookie } = await grounds.signIn(await grounds.enrol("ines", ["auditor"]));
  const { GET } = await import("./ceremonies/[id]/route");
  for (const id of ["\u0000", "../x", "C-1", "x".repeat(65)]) {
    expect((await grounds.ask(GET, { params: { id }, cookie })).body.error?.code).toBe("NOT-FOUND");
  }
});
