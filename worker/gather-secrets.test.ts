import { expect, test } from "vitest";
import { forgetBlocked } from "./gather-secrets";
import { KnownPins } from "./known-pins";
import { SecretDesk } from "./secret-desk";

const PIN = Uint8Array.of(1, 2, 3, 4);

async function entered() {
  const [desk, pins] = [new SecretDesk(), new KnownPins()];
  const publicKey = await desk.call("c-1");
  for (const ceremony of ["c-1", "c-2"]) pins.know("vault", ceremony, PIN);
  const left = () => [desk.holds("c-1", publicKey), pins.has("vault", "c-1"), pins.has("vault", "c-2")];
  return { desk, pins, left };
}

test("the secrets of a ceremony that the worker does nothing more for are forgotten, and no others", async () => {
  const { desk, pins, left } = await entered();
  forgetBlocked({ desk, pins }, "c-1", { code: "TRANSCRIPT-ROLLBACK", facts: { seq: 3 } });
  expect(left()).toEqual([false, false, true]);
});

test("a block that ends by itself costs nobody what they entered", async () => {
  const { desk, pins, left } = await entered();
  forgetBlocked({ desk, pins }, "c-1", { code: "CLOCK-AHEAD", facts: {} });
  expect(left()).toEqual([true, true, true]);
});

test("that nobody can have used what was entered is known of the calls of this process, until a part was opened", async () => {
  const desk = new SecretDesk();
  const [first, second] = [await desk.call("c-1"), await desk.call("c-1")];
  expect(new SecretDesk().neverUsed(second)).toBe(false);
  await desk.open("c-1", new Uint8Array(64), new Uint8Array()).catch(() => null);
  desk.forget("c-1");
  expect([first, second].map((publicKey) => desk.neverUsed(publicKey))).toEqual([true, false]);
});
