import { expect, it, onTestFinished, vi } from "vitest";
import { run } from "./command.mjs";

it("answers with everything a command printed, what comes after its end as well", async () => {
  // However long the last words take on a busy machine: the clock by which they are not waited for any more stands still.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { code, output } = await run("sh", ["-c", "(sleep 0.05; echo late) & echo early"]);
  expect([code, output]).toEqual([0, "early\nlate\n"]);
});

it("does not wait for what a command left running", async () => {
  const { code, output } = await run("sh", ["-c", "sleep 600 & echo $!; exit 3"]);
  const left = Number(output);
  onTestFinished(() => void process.kill(left, "SIGKILL"));
  // It is answered while that still runs.
  expect([code, output, process.kill(left, 0)]).toEqual([3, `${String(left)}\n`, true]);
});

it("says why a command could not be started", async () => {
  expect(await run("no-such-command-here", [])).toMatchObject({ code: 127, output: expect.stringContaining("ENOENT") as string });
});
