import { expect, test } from "vitest";
import { isLogOrigin, logOriginOf } from "./origin";

test.each(["keys.example/log", "localhost:3000", "a", "rome.ct.example.com/tevere/2"])("%s is an origin", (text) => expect(isLogOrigin(text)).toBe(true));
test.each(["", "https://keys.example/log", "keys.example/log/", "Keys.example", "a b", "a+b", "a\nb", "keys.example/rehearsal", "a".repeat(201)])(
  "%j is none",
  (text) => expect(isLogOrigin(text)).toBe(false),
);
test("rehearsals are never in the log of production", () => {
  expect(logOriginOf("a/log", "production")).toBe("a/log");
  expect(logOriginOf("a/log", "rehearsal")).toBe("a/log/rehearsal");
  expect(isLogOrigin(logOriginOf("a/log", "rehearsal"))).toBe(false);
});
