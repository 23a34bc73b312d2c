import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { assertWith, createSoftwarePasskey, registrationOf, type SoftwarePasskey } from "#cli/demo/software-passkey";
import { signIn, signInByAccount } from "#lib/conduct/sign-in";
import { fromBase64url } from "#lib/log/digest";
import { peoplePorts } from "#lib/wiring/parts";
import { listAudit } from "#lib/store/audit-events";
import { ApiGrounds, USE } from "./api-grounds.under-test";

vi.mock("server-only", () => ({}));

let grounds: ApiGrounds;
beforeAll(async () => {
  grounds = await ApiGrounds.open();
});
afterAll(() => grounds.close());

const enrolment = () => import("./enrolment/[token]/route");
const whoAmI = async (cookie?: string) =>
  grounds.ask<{ person: string; canSign: boolean }>((await import("./session/route")).GET, cookie ? { cookie } : {});
let address = 0;

describe("an enrolment link", () => {
  const offer = async (token: string) =>
    grounds.ask<{ person: { name: string }; options: { challenge: string } }>((await enrolment()).GET, { params: { token } });
  const register = async (token: string, registration: unknown) =>
    grounds.ask((await enrolment()).POST, { method: "POST", params: { token }, body: { registration } });
  const answer = (challenge: string, change: Partial<typeof USE & { flags: number }> = {}, passkey = createSoftwarePasskey()) =>
    registrationOf(passkey, fromBase64url(challenge), { ...USE, ...change });

  it("shows whose it is, registers one passkey, and does not work again", async () => {
    const token = await grounds.invite("erin", ["custodian"]);
    const offered = await offer(token);
    expect(offered.body.person.name).toBe("Name of erin");
    const [first, second] = await Promise.all([
      register(token, answer(offered.body.options.challenge)),
      register(token, answer(offered.body.options.challenge)),
    ]);
    expect([first, second].filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await register(token, answer(offered.body.options.challenge))).body.error?.code).toBe("LINK-SPENT");
    expect((await offer(token)).status).toBe(410);
    expect((await listAudit(grounds.db, 20)).map(({ kind }) => kind)).toContain("passkey-enrolled");
  });

  it("does not work once it has expired, nor when a newer one was made, nor when it never was", async () => {
    const token = await grounds.invite("fred", ["custodian"]);
    await grounds.db.enrolmentLink.updateMany({ where: { personId: "fred" }, data: { expiresAt: new Date(Date.now() - 1) } });
    const older = await grounds.invite("fred", ["custodian"]);
    await grounds.invite("fred", ["custodian"]);
    for (const spent of [token, older, "never"]) expect((await offer(spent)).body.error?.code).toBe("LINK-SPENT");
  });

  it.each([
    ["with the user not verified", { flags: 0x01 }],
    ["made on another origin", { origin: "https://evil.example" }],
    ["made for another site's name", { rpId: "evil.example" }],
  ])("refuses a passkey %s, and stays good", async (_, change) => {
    const token = await grounds.invite("gina", ["custodian"]);
    const offered = await offer(token);
    expect((await register(token, answer(offered.body.options.challenge, change))).body.error?.code).toBe("PASSKEY-UNFIT");
    const again = await offer(token);
    expect((await register(token, answer(again.body.options.challenge))).status).toBe(200);
  });

  it("refuses an answer to another challenge, and what is no answer", async () => {
    const token = await grounds.invite("hans", ["custodian"]);
    await offer(token);
    expect((await register(token, answer("AAAA"))).body.error?.code).toBe("PASSKEY-UNFIT");
    await offer(token);
    expect((await register(token, { id: "x" })).body.error?.code).toBe("PASSKEY-UNFIT");
  });

  it("refuses a passkey that is somebody's already, a removed one too", async () => {
    const passkey = await grounds.enrol("ivan", ["custodian"]);
    await grounds.db.passkey.update({ where: { id: passkey.credentialId }, data: { removedAt: new Date() } });
    for (const taken of [passkey, { ...passkey, credentialId: "AAAA" }]) {
      const token = await grounds.invite("jane", ["custodian"]);
      const offered = await offer(token);
      expect((await register(token, answer(offered.body.options.challenge, {}, taken))).body.error?.code).toBe("PASSKEY-TAKEN");
    }
  });
});

describe("a sign-in", () => {
  let passkey: SoftwarePasskey;
  beforeAll(async () => {
    passkey = await grounds.enrol("kim", ["custodian"]);
  });
  const enter = async (
    change: Partial<typeof USE & { flags: number }> = {},
    key = passkey,
    taken?: { challengeId: string; challenge: Uint8Array },
  ) => {
    const { challengeId, challenge } = taken ?? (await grounds.challenge());
    return signIn(peoplePorts(), {
      challengeId,
      assertion: assertWith(key, challenge, { ...USE, ...change }),
      address: `a-${String(++address)}`,
      client: "test",
    });
  };
  const code = async (result: ReturnType<typeof enter>) => {
    const got = await result;
    return got.ok ? "signed in" : got.refusal.code;
  };

  it("opens a session with which one is who one is, and can act", async () => {
    const { cookie } = await grounds.signIn(passkey);
    expect((await whoAmI(cookie)).body).toMatchObject({ person: "kim", canSign: true });
  });

  it.each([
    ["the user not verified", { flags: 0x01 }, "ASSERTION-USER-VERIFIED"],
    ["another origin", { origin: "https://evil.example" }, "ASSERTION-ORIGIN"],
    ["another site's name", { rpId: "evil.example" }, "ASSERTION-RP"],
  ])("is refused with %s; why is noted, not told", async (_, change, why) => {
    expect(await code(enter(change))).toBe("SIGN-IN-REFUSED");
    expect((await listAudit(grounds.db, 1))[0]).toMatchObject({ kind: "sign-in-refused", facts: { why } });
  });

  it("is refused to a passkey nobody has, to a forged one, and to a removed one", async () => {
    expect(await code(enter({}, createSoftwarePasskey()))).toBe("SIGN-IN-REFUSED");
    expect(await code(enter({}, { ...createSoftwarePasskey(), credentialId: passkey.credentialId }))).toBe("SIGN-IN-REFUSED");
    const gone = await grounds.enrol("lou", ["custodian"]);
    await grounds.db.passkey.update({ where: { id: gone.credentialId }, data: { removedAt: new Date() } });
    expect(await code(enter({}, gone))).toBe("SIGN-IN-REFUSED");
  });

  it("takes a challenge once, even when two arrive together, and not when it is too old", async () => {
    const taken = await grounds.challenge();
    const both = await Promise.all([code(enter({}, passkey, taken)), code(enter({}, passkey, taken))]);
    expect(both.sort()).toEqual(["SIGN-IN-REFUSED", "signed in"]);
    const old = await grounds.challenge();
    await grounds.db.signInChallenge.update({ where: { id: old.challengeId }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await code(enter({}, passkey, old))).toBe("SIGN-IN-REFUSED");
  });

  it("is not looked at any more after ten failures from one address, and says how long", async () => {
    // Failures are counted in windows of five minutes by the clock: all of these are in one.
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const fail = async () =>
      signIn(peoplePorts(), {
        challengeId: "none",
        assertion: assertWith(passkey, new Uint8Array(32), USE),
        address: "203.0.113.9",
        client: "test",
      });
    for (let i = 0; i < 10; i++) expect(await code(fail())).toBe("SIGN-IN-REFUSED");
    const eleventh = await fail();
    expect(!eleventh.ok && eleventh.refusal).toMatchObject({ code: "TOO-OFTEN", facts: { seconds: 300 } });
    expect(await code(enter())).toBe("signed in");
    const { POST } = await import("./auth/[...nextauth]/route");
    const request = new Request("http://localhost:3000/api/auth/callback/passkey", {
      method: "POST",
      headers: { origin: USE.origin, "x-forwarded-for": "203.0.113.9" },
    });
    const answer = await POST(request, { params: Promise.resolve({ nextauth: ["callback", "passkey"] }) });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "300"]);
  });
});

describe("a session", () => {
  it("ends at once when it is revoked, expires, or its person is disabled", async () => {
    const passkey = await grounds.enrol("mia", ["witness"]);
    const [revoked, expired, disabled] = [
      await grounds.signIn(passkey),
      await grounds.signIn(passkey),
      await grounds.signIn(passkey),
    ];
    const { DELETE } = await import("./people/[person]/sessions/[session]/route");
    const ended = await grounds.ask(DELETE, {
      method: "DELETE",
      params: { person: "mia", session: revoked.session },
      cookie: revoked.cookie,
    });
    expect(ended.status).toBe(200);
    expect((await whoAmI(revoked.cookie)).status).toBe(401);
    await grounds.db.session.update({ where: { id: expired.session }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await whoAmI(expired.cookie)).status).toBe(401);
    expect((await whoAmI(disabled.cookie)).status).toBe(200);
    await grounds.db.person.update({ where: { id: "mia" }, data: { disabledAt: new Date() } });
    expect((await whoAmI(disabled.cookie)).status).toBe(401);
  });

  it("is nobody's without a cookie, with a forged one, or with one of another secret", async () => {
    const { session, cookie } = await grounds.signIn(await grounds.enrol("ned", ["witness"]));
    const forged = await grounds.cookie(session, "another secret of more than thirty-two bytes");
    for (const wrong of [undefined, "claviger.session-token=x", `${cookie}x`, forged, await grounds.cookie("no such session")]) {
      expect((await whoAmI(wrong)).body.error?.code).toBe("NOT-SIGNED-IN");
    }
  });

  it("by single sign-on belongs to a known person, and cannot sign", async () => {
    await grounds.enrol("olaf", ["administrator"]);
    await grounds.db.person.update({ where: { id: "olaf" }, data: { email: "olaf@example.org" } });
    const by = (subject: string, email: string | null) =>
      signInByAccount(peoplePorts(), { issuer: "https://id.example", subject, email, client: "test" });
    const signed = await by("s-1", "Olaf@Example.org");
    const cookie = await grounds.cookie(signed.ok ? signed.value.session : "");
    expect((await whoAmI(cookie)).body).toMatchObject({ person: "olaf", canSign: false });
    const { POST } = await import("./roster/route");
    expect((await grounds.ask(POST, { method: "POST", body: { organisation: "X" }, cookie })).body.error?.code).toBe("LOOK-ONLY");

    expect((await by("s-1", null)).ok).toBe(true);
    for (const [subject, email] of [["s-2", "olaf@example.org"], ["s-3", "stranger@example.org"], ["s-4", null]] as const) {
      const refused = await by(subject, email);
      expect(refused.ok ? "signed in" : refused.refusal.code).toBe("SIGN-IN-REFUSED");
    }
    await expect(
      grounds.db.session.create({
        data: { id: "x", personId: "olaf", means: "single-sign-on", canSign: true, client: "", expiresAt: new Date() },
      }),
    ).rejects.toThrow();
  });
});
