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
