import { expect, it } from "vitest";
import { run } from "./command.mjs";

it("answers with everything a command printed, what comes after its end as well", async () => {
  const { code, output } = await run("sh", ["-c", "(sleep 0.05; echo late) & echo early"]);
  expect([code, output]).toEqual([0, "early\nlate\n"]);
});

it("does not wait for what a command left running", async () => {
  const began = performance.now();
  const { code, output } = await run("sh", ["-c", "sleep 5 & echo said; exit 3"]);
  expect([code, output]).toEqual([3, "said\n"]);
  expect(performance.now() - began).toBeLessThan(3_000);
});

it("says why a command could not be started", async () => {
  expect(await run("no-such-command-here", [])).toMatchObject({ code: 127, output: expect.stringContaining("ENOENT") as string });
});
