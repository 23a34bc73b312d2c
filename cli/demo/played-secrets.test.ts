import { expect, test } from "vitest";
import { utf8 } from "#lib/log/digest";
import { partProblem } from "#lib/ceremony/secret-parts";
import { PlayedSecrets, type PartAct } from "./played-secrets";

const act = (change: Partial<PartAct>): PartAct => ({
  act: "enter-part",
  step: "one",
  secret: "user-pin",
  part: 1,
  title: "the user PIN",
  chosen: true,
  token: "vault",
  least: 4,
  most: 127,
  ...change,
});
const whole = (played: PlayedSecrets, change: Partial<PartAct>) =>
  played.half(act({ ...change, part: 1 })) + played.half(act({ ...change, part: 2 }));

test("what was made up in a step is what the same token is known by in the next, whoever types first", () => {
  const played = new PlayedSecrets();
  const first = whole(played, {});
  // In the change, somebody types their new half before the other has typed the old one.
  const fresh = played.half(act({ step: "two", secret: "new-user-pin" }));
  expect(whole(played, { step: "two", chosen: false })).toBe(first);
  expect(whole(played, { step: "two", secret: "new-user-pin" })).toMatch(new RegExp(`^${fresh}`));
  expect(whole(played, { step: "three", chosen: false })).toBe(whole(played, { step: "two", secret: "new-user-pin" }));
  expect(whole(played, { step: "three", chosen: false })).not.toBe(first);
});

test("a PIN that is known from the start is typed as it is, and tokens and roles are kept apart", () => {
  const played = new PlayedSecrets({ "vault/user-pin": ["cana", "ry-1"] });
  expect(whole(played, { chosen: false })).toBe("canary-1");
  expect(whole(played, { token: "cellar" })).not.toBe(whole(played, { token: "vault" }));
  expect(whole(played, { secret: "so-pin" })).not.toBe(whole(played, { secret: "user-pin" }));
});

test.each([[4, 127], [4, 4], [3, 3], [16, 64]])("halves of %d to %d signs fit", (least, most) => {
  const played = new PlayedSecrets();
  for (const part of [1, 2] as const)
    expect(partProblem(utf8(played.half(act({ least, most, part }))), { least, most })).toBeNull();
});
