import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "./secret";

test("a secret prints as [secret] in every way JavaScript has", () => {
  const secret = new Secret("canary");
  const prints = [String(secret), secret.toString(), [secret, secret].join(), JSON.stringify({ secret }), inspect(secret)];
  for (const text of prints) expect(text).toContain("[secret]");
  const copies = [inspect({ deep: [secret] }, { depth: 9, showHidden: true }), inspect(Object.assign({}, secret)), Object.entries(secret).join()];
  for (const text of [...prints, ...copies]) expect(text).not.toContain("canary");
  expect(secret.reveal()).toBe("canary");
});

test("a forgotten secret is not given out again, and its bytes are zero", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const secret = new Secret(bytes);
  secret.forget();
  expect(bytes).toEqual(new Uint8Array(3));
  expect(() => secret.reveal()).toThrow("forgotten");
});
