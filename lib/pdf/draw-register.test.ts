import { expect, test } from "vitest";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { RecordedCeremonies } from "#lib/register/evidence.under-test";
import { drawRegister, type RegisterPrint } from "./draw-register";
import { readPdf } from "#lib/record/read-pdf";

test("the register is drawn, the same twice, whatever others wrote into a label", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES);
  const register = recorded.register();
  const keys = register.keys.map((key) => ({ key: { ...key, label: `${key.label} \u{1F480}` }, owner: "Payments", purpose: null, tokens: ["s-1"] }));
  const print: RegisterPrint = { register, keys, findings: 1, nameOf: String, hash: "ab".repeat(32), organisation: "Example", printed: new Date("2026-11-23T09:00:00.000Z") };
  const [first, second] = await Promise.all([drawRegister(print), drawRegister(print)]);
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  expect(() => readPdf(first)).not.toThrow();
});
