import { describe, expect, it } from "vitest";
import { done, expectObjection } from "./memory-room.under-test";
import { readableText } from "./readable-text";

const world = { undrawable: (text: string) => (text.includes("☠") ? ["U+2620"] : []) };
const line = (text: string) => readableText(world, "text", text, "line");

describe("a text that enters a ceremony", () => {
  it.each([
    ["Zoë", "Zoe\u0308"],
    ["Müller", "  Müller \n"],
    ["佐藤 美咲", "佐藤 美咲"],
    ["علی\u200cرضا", "علی\u200cرضا"],
    ["क्\u200dष", "क्\u200dष"],
    ["Ελένη", "Ελένη"],
  ])("is %j, normalised and trimmed", (expected, given) => {
    expect(done(line(given))).toBe(expected);
  });

  it("keeps line breaks in a passage, in one spelling, and has none in a line", () => {
    expect(done(readableText(world, "text", "a\r\nb\rc", "passage"))).toBe("a\nb\nc");
    expectObjection(line("a\nb"), "TEXT-CHARACTERS");
  });

  it.each([
    ["a bell", "a\u0007"],
    ["an override of direction", "a\u202Eb"],
    ["an isolate", "a\u2066b"],
    ["a mark of direction", "a\u200Eb"],
    ["a space of no width", "a\u200Bb"],
    ["a soft hyphen", "a\u00ADb"],
    ["a byte order mark", "a\uFEFFb"],
    ["half a surrogate pair", "a\uD800"],
    ["a private character", "a\uE000"],
    ["an unassigned one", "a\u0378"],
    ["a line separator", "a\u2028b"],
    ["a tag", "a\u{E0041}"],
    ["nothing", "\u0000"],
  ])("refuses %s", (_, text) => {
    expectObjection(line(text), "TEXT-CHARACTERS");
  });

  it("refuses what is empty, or looks it", () => {
    for (const text of ["", "   ", "\u3000", "\u200C\u200D", "\u0301"]) expectObjection(line(text), "TEXT-MISSING");
  });

  it("counts characters as people do, and refuses one too many", () => {
    expect(done(line("𝛼".repeat(200)))).toHaveLength(400);
    expectObjection(line("a".repeat(201)), "TEXT-LONG");
  });

  it("refuses what the record cannot print, and names it", () => {
    const result = line("here ☠");
    expectObjection(result, "TEXT-UNDRAWABLE");
    expect(!result.ok && result.refusal.facts).toEqual({ field: "text", characters: ["U+2620"] });
  });
});
