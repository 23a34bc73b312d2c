import { describe, expect, test } from "vitest";
import { FakeToken, FakeTokenMemory } from "./fake-token.under-test";
import { TokenGone } from "./fault";
import { obtainKey, type ObtainStep } from "./obtain-key";
import { PROFILES } from "./profile";
import { freshTemplate } from "./token-contract.under-test";

const CALLS = ["lookById", "prepareKey", "readBack", "testKey", "keepKey"] as const;
const FLAVOURS = ["not-done", "done-but-reply-lost"] as const;
const MODULES = [PROFILES.softhsm2, PROFILES["aws-cloudhsm"]] as const;

describe("making a key exactly once", () => {
  for (const profile of MODULES) {
    for (const call of CALLS) {
      for (const flavour of FLAVOURS) {
        test(`${profile.id}: ${call} ${flavour}, then run again: one key`, async () => {
          const memory = new FakeTokenMemory();
          const template = freshTemplate("EC-P256");
          const dying = new FakeToken(memory, profile);
          dying.failNext(call, flavour);
          await expect(obtainKey(dying, template)).rejects.toBeInstanceOf(TokenGone);
          const left = memory.objects.length;
          expect(left).toBe(keptBy(call, flavour, profile.copyObject) ? 2 : 0);
          const made = await obtainKey(new FakeToken(memory, profile), template);
          expect(made).toMatchObject({ ok: true, value: { recovered: left === 2, destroyed: [] } });
          expect(memory.objects).toHaveLength(2);
        });
      }
    }
  }

  test("half a pair is told first, then destroyed, then the key is made", async () => {
    const memory = new FakeTokenMemory();
    const template = freshTemplate("EC-P256");
    await obtainKey(new FakeToken(memory), template);
    memory.objects = memory.objects.filter(({ reading }) => reading.objectClass === "public-key");
    const [orphan] = memory.objects;
    const steps: ObtainStep[] = [];
    const made = await obtainKey(new FakeToken(memory), template, (step) => void steps.push(step));
    expect(made).toMatchObject({ ok: true, value: { recovered: false, destroyed: [orphan!.reading] } });
    expect(steps[0]).toEqual({ at: "looked", lookup: { found: "half", parts: [orphan!.reading] } });
    expect(steps.map(({ at }) => at)).toEqual(["looked", "destroyed", "prepared", "read", "tested", "kept", "read-kept"]);
    expect(memory.objects).toHaveLength(2);
    expect(memory.objects).not.toContain(orphan);
  });

  test("stopped at any step, it goes on when asked again", async () => {
    for (const stop of ["looked", "prepared", "read", "tested", "kept", "read-kept"]) {
      const memory = new FakeTokenMemory();
      const template = freshTemplate("AES-256");
      const stopping = obtainKey(new FakeToken(memory), template, ({ at }) => {
        if (at === stop) throw new Error("stopped");
      });
      await expect(stopping).rejects.toThrow("stopped");
      expect(await obtainKey(new FakeToken(memory), template)).toMatchObject({ ok: true });
      expect(memory.objects).toHaveLength(1);
    }
  });

  test("[ATTRIBUTES-DIFFER] refuses a key that reads back otherwise, and leaves nothing", async () => {
    for (const profile of MODULES) {
      const memory = new FakeTokenMemory();
      const loose = new FakeToken(memory, profile, { overrides: { EXTRACTABLE: true, NEVER_EXTRACTABLE: false } });
      const refused = await obtainKey(loose, freshTemplate("EC-P256"));
      expect(refused).toMatchObject({ ok: false, refusal: { reason: "ATTRIBUTES-DIFFER", facts: { found: false } } });
      expect(memory.objects).toHaveLength(0);
    }
  });

  test("[ATTRIBUTES-DIFFER] refuses a key it finds that is not as ordered, and leaves it to people", async () => {
    const memory = new FakeTokenMemory();
    const template = freshTemplate("EC-P256");
    await obtainKey(new FakeToken(memory), { ...template, extractable: true });
    const refused = await obtainKey(new FakeToken(memory), template);
    expect(refused).toMatchObject({ ok: false, refusal: { reason: "ATTRIBUTES-DIFFER", facts: { found: true } } });
    expect(memory.objects).toHaveLength(2);
  });

  test("[KEY-TEST-FAILED] refuses a key that does not work, and leaves nothing", async () => {
    for (const profile of MODULES) {
      const memory = new FakeTokenMemory();
      const refused = await obtainKey(new FakeToken(memory, profile, { signsNonsense: true }), freshTemplate("EC-P256"));
      expect(refused).toMatchObject({ ok: false, refusal: { reason: "KEY-TEST-FAILED", facts: { found: false, tests: ["sign-verify", "derive"] } } });
      expect(memory.objects).toHaveLength(0);
    }
  });

  test("[TEMPLATE-UNSOUND] refuses before the token is asked anything", async () => {
    const token = new FakeToken();
    token.failNext("lookById", "not-done");
    const refused = await obtainKey(token, { ...freshTemplate("EC-P256"), label: "" });
    expect(refused).toMatchObject({ ok: false, refusal: { reason: "TEMPLATE-UNSOUND" } });
  });

  test("[LABEL-TAKEN] refuses when another key has the label", async () => {
    const memory = new FakeTokenMemory();
    const template = freshTemplate("EC-P256");
    await obtainKey(new FakeToken(memory), template);
    const refused = await obtainKey(new FakeToken(memory), { ...freshTemplate("EC-P256"), label: template.label });
    expect(refused).toMatchObject({ ok: false, refusal: { reason: "LABEL-TAKEN" } });
    expect(memory.objects).toHaveLength(2);
  });
});

/** Whether the key is on the token when the process dies at this call. */
function keptBy(call: (typeof CALLS)[number], flavour: (typeof FLAVOURS)[number], copies: boolean): boolean {
  if (copies) return call === "keepKey" && flavour === "done-but-reply-lost";
  if (call === "lookById") return false;
  return call !== "prepareKey" || flavour === "done-but-reply-lost";
}
