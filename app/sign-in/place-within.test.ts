import { expect, test } from "vitest";
import { placeWithin } from "./place-within";

test.each(["/", "/ceremonies/c-1", "/ceremonies/c-1/display?x=1#step"])("leads on to %s", (place) => {
  expect(placeWithin(place)).toBe(place);
});

test.each([
  undefined,
  "",
  ["/a", "/b"],
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "javascript:alert(1)",
  "/\u0000//[",
])("leads to the first page, and never away, for %j", (place) => {
  const led = placeWithin(place);
  expect(new URL(led, "https://app.example").origin).toBe("https://app.example");
  expect(led.startsWith("//")).toBe(false);
});
