import { afterEach, beforeEach, vi } from "vitest";

// What a person would see as an error in a log is a failure of the test that caused it.
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => {
    throw new Error(`console.error was called: ${words.map(String).join(" ")}`);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});
