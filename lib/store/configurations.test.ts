import { expect, test } from "vitest";
import { untilDone } from "./configurations";

const away = (): Promise<never> => Promise.reject(Object.assign(new Error("password of anna at db.internal"), { code: "ECONNREFUSED" }));

test("what cannot be noted is said once, without what the fault says, and tried until it can", async () => {
  const said: string[] = [];
  let tries = 0;
  const noting = { signal: new AbortController().signal, say: (line: string) => said.push(line), pauseMs: 0 };
  await untilDone(() => (++tries < 4 ? away() : Promise.resolve()), noting);
  expect([tries, said]).toEqual([4, ["how this process is configured cannot be noted yet: ECONNREFUSED"]]);
});

test("a process that ends tries once and waits for nothing", async () => {
  let tries = 0;
  const write = () => {
    tries += 1;
    return away();
  };
  await untilDone(write, { signal: AbortSignal.abort(), say: () => undefined, pauseMs: 3_600_000 });
  const stop = new AbortController();
  await untilDone(write, { signal: stop.signal, say: () => stop.abort(), pauseMs: 3_600_000 });
  expect(tries).toBe(2);
});
