import { expect, test } from "vitest";
import { FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { guardedToken } from "./guarded-token";
import { RECORDER_KEY } from "./recorder";

test("every call is asked for first, and none reaches the token after the answer was no", async () => {
  const memory = new FakeTokenMemory();
  let may = true;
  const token = guardedToken(new FakeToken(memory), () => {
    if (!may) throw new Error("no longer the one that acts");
  });
  expect((await token.info()).serial).toBe(memory.serial);
  expect(token.profile.id).toBe("softhsm2");

  may = false;
  expect(() => token.prepareKey(RECORDER_KEY)).toThrow("no longer");
  expect(() => token.destroyById(RECORDER_KEY.id)).toThrow("no longer");
  expect(memory.objects).toEqual([]);
});
