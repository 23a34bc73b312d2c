import { describe, expect, it } from "vitest";
import { isNoted, pathTemplate, RefusedActs, type RefusedAct, type RefusedActEvent } from "./refused-acts";

const at = (second: number) => new Date(Date.parse("2026-11-23T10:00:00.000Z") + second * 1000);
const ACT: RefusedAct = { by: "carl", code: "STATEMENT-NONCE", method: "POST", path: "/api/ceremonies/[id]/acts", ceremony: "c-1" };

/** Refused acts, what was written of them, and a disk that may be away. */
function book() {
  const events: RefusedActEvent[] = [];
  const disk = { away: false };
  const acts = new RefusedActs((event) => (disk.away ? Promise.reject(new Error("away")) : Promise.resolve(events.push(event))));
  return { acts, events, disk };
}

describe("a refused act", () => {
  it("is one event: who, the code, the method, the route and the ceremony", async () => {
    const { acts, events } = book();
    await acts.note(ACT, at(0));
    await acts.note({ ...ACT, by: null, code: "LINK-SPENT", path: "/api/enrolment/[token]", ceremony: null }, at(1));
    expect(events).toEqual([
      {
        kind: "act-refused",
        by: "carl",
        facts: { code: "STATEMENT-NONCE", method: "POST", path: "/api/ceremonies/[id]/acts", ceremony: "c-1" },
      },
      { kind: "act-refused", by: null, facts: { code: "LINK-SPENT", method: "POST", path: "/api/enrolment/[token]" } },
    ]);
  });

  it("a hundred times in a minute is twenty events and a count of the rest; others are not kept from theirs", async () => {
    const { acts, events } = book();
    for (let n = 0; n < 100; n += 1) await acts.note({ ...ACT, code: n % 2 === 0 ? "STATEMENT-NONCE" : "STATEMENT-SCRIPT" }, at(n / 2));
    await acts.note({ ...ACT, by: "cleo" }, at(55));
    expect([events.length, acts.waiting]).toEqual([21, 80]);
    await acts.note(ACT, at(60));
    expect(events.slice(21)).toEqual([
      { kind: "act-refused", by: "carl", facts: { code: "STATEMENT-NONCE", times: 40 } },
      { kind: "act-refused", by: "carl", facts: { code: "STATEMENT-SCRIPT", times: 40 } },
      expect.objectContaining({ facts: expect.objectContaining({ path: ACT.path }) as unknown }),
    ]);
    expect(acts.waiting).toBe(0);
  });

  it("of strangers is bounded for all of them together", async () => {
    const { acts, events } = book();
    for (let n = 0; n < 1000; n += 1) await acts.note({ ...ACT, by: null, code: "LINK-SPENT" }, at(1));
    await acts.tell();
    expect([events.length, events.at(-1)]).toEqual([21, { kind: "act-refused", by: null, facts: { code: "LINK-SPENT", times: 980 } }]);
  });

  it("of strangers that needed nothing for it takes no room of their others", async () => {
    const { acts, events } = book();
    const stranger: RefusedAct = { ...ACT, by: null, ceremony: null };
    for (let n = 0; n < 1000; n += 1) await acts.note({ ...stranger, code: "OTHER-ORIGIN" }, at(1));
    for (let n = 0; n < 20; n += 1) await acts.note({ ...stranger, code: "LINK-SPENT" }, at(2));
    await acts.note({ ...ACT, code: "OTHER-ORIGIN" }, at(3));
    expect(events.map(({ by, facts }) => [by, facts.code])).toEqual([
      ...Array.from({ length: 5 }, () => [null, "OTHER-ORIGIN"]),
      ...Array.from({ length: 20 }, () => [null, "LINK-SPENT"]),
      ["carl", "OTHER-ORIGIN"],
    ]);
    await acts.tell();
    expect(events.at(-1)?.facts).toEqual({ code: "OTHER-ORIGIN", times: 995 });
  });

  it("that could not be written is told to whoever asks, and a count is kept until it is written", async () => {
    const { acts, events, disk } = book();
    for (let n = 0; n < 25; n += 1) await acts.note(ACT, at(0));
    disk.away = true;
    await expect(acts.note(ACT, at(60))).rejects.toThrow("away");
    expect(acts.waiting).toBe(6);
    await expect(acts.note({ ...ACT, code: "STATEMENT-SCRIPT" }, at(61))).rejects.toThrow("away");
    expect(acts.waiting).toBe(7);
    disk.away = false;
    await acts.tell();
    expect(events.slice(20).map(({ facts }) => facts)).toEqual([
      { code: "STATEMENT-NONCE", times: 6 },
      { code: "STATEMENT-SCRIPT", times: 1 },
    ]);
    expect(acts.waiting).toBe(0);
  });

  it.each(["FORM", "NOT-SIGNED-IN", "BUSY", "DATABASE-GONE", "FAULT", "HAND-REFUSED", "SIGN-IN-REFUSED"] as const)(
    "is none where the code is %s",
    (code) => expect(isNoted(code)).toBe(false),
  );
  it.each(["SECOND-PERSON", "ADMINISTRATOR-ONLY", "STATEMENT-NONCE", "OTHER-ORIGIN", "TRANSCRIPT-BROKEN", "TOO-OFTEN"] as const)(
    "is one where the code is %s",
    (code) => expect(isNoted(code)).toBe(true),
  );
});

describe("the path of a refused act", () => {
  it.each([
    ["/api/plans", {}, "/api/plans"],
    ["/api/people/anna/passkeys/AAAA", { person: "anna", passkey: "AAAA" }, "/api/people/[person]/passkeys/[passkey]"],
    ["/api/people/people/passkeys/api", { person: "people", passkey: "api" }, "/api/people/[person]/passkeys/[passkey]"],
    ["/api/people/a%20b/link", { person: "a b" }, "/api/people/[person]/link"],
    ["/api/people/a%20b/link", { person: "a%20b" }, "/api/people/[person]/link"],
    ["/api/people/%61nna/link", { person: "anna" }, "/api/people/…"],
    ["/api/auth/callback/passkey", { nextauth: ["callback", "passkey"] }, "/api/auth/…"],
  ])("%s has names for what was sent", (path, params, template) => {
    expect(pathTemplate(path, params)).toBe(template);
  });
});
