import { afterAll, expect, test } from "vitest";
import { TokenGone } from "#lib/token/fault";
import { RECORDER_KEY } from "./recorder";
import { committed } from "./played-cast.under-test";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { smallScript } from "./played-scripts.under-test";
import { ChildToken } from "./token/child-token";
import { WorkerGrounds } from "./worker-grounds.under-test";

const grounds = await WorkerGrounds.open();
afterAll(() => grounds.close());

const bag = committed("break/bag", "A-100");
const seals = [{ seal: "bag-1", name: { committed: committed("break/name", "Bag 1").committed }, value: { committed: bag.committed } }];
const count = (played: PlayedCeremony) => ({ step: null, present: played.cast.map(({ person }) => person), seals });
const goes = (played: PlayedCeremony) => ({ ...count(played), unsealed: null });
const out = (played: PlayedCeremony) => played.until("the worker's logging out", ({ loggedOut }) => loggedOut !== null);
const isIn = (played: PlayedCeremony) => played.until("the worker's logging in", ({ loggedOut }) => loggedOut === null);

/** Whether no process holds the token: one that is logged in has a lock on it. */
async function isFree(): Promise<boolean> {
  try {
    const token = await ChildToken.open({ ...grounds.token.options, standBy: false });
    await token.close();
    return true;
  } catch (fault) {
    if (fault instanceof TokenGone) return false;
    throw fault;
  }
}

/** The child process of a worker that holds the vendor's module is gone a moment after the entry was written. */
const untilFree = () => expect.poll(isFree, { timeout: 60_000 }).toBe(true);

test("a session that is logged out uses no key, and one that is opened again does", async () => {
  const token = await ChildToken.open(grounds.token.options);
  const sign = () => token.sign(RECORDER_KEY.id, "ES256", new Uint8Array(32));
  await expect(sign()).resolves.toBeInstanceOf(Uint8Array);
  await token.logOut();
  await expect(sign()).rejects.toBeInstanceOf(TokenGone);
  expect(await isFree()).toBe(true);
  await token.reopen();
  await expect(sign()).resolves.toBeInstanceOf(Uint8Array);
  await token.close();
});

test("[TOKEN-OUT] accepts that the worker logs out for a break, stays out when it is killed and started again, and goes on after it", async () => {
  const played = await new PlayedCeremony(grounds.app, { script: smallScript() }).open();
  grounds.trust(played.roster);
  const first = grounds.start();
  await played.playTo("key");
  expect(await isFree()).toBe(false);

  await played.act("operator-1", "break-begun", goes(played));
  await out(played);
  await untilFree();
  expect(await grounds.untilHealth("on-break")).toContain(played.id);

  const other = await new PlayedCeremony(grounds.app, { script: smallScript(), cast: played.cast, roster: played.roster }).open();
  first.kill("SIGKILL");
  await first.exited;
  const second = grounds.start();
  await expect.poll(() => second.output, { timeout: 60_000 }).toContain("on-break: ");
  expect(await isFree()).toBe(true);
  expect((await other.state()).recorder).toBeNull();

  await played.act("witness-1", "break-ended", count(played));
  expect((await played.state()).phase).toBe("running");
  await isIn(played);
  const ceremony = await played.playToEnd();
  expect(ceremony.closed?.result).toBe("completed");
  await other.attached();
  const recorders = (await played.entries()).filter(({ by }) => by === "recorder").map(({ kind }) => kind);
  const left = recorders.indexOf("token-logged-out");
  expect(recorders.slice(left, left + 2)).toEqual(["token-logged-out", "token-logged-in"]);
});

test("a break that ends before the worker has said that it is out is a difference; one that is aborted is closed", async () => {
  await grounds.stopAll();
  const played = await new PlayedCeremony(grounds.app, { script: smallScript() }).open();
  grounds.trust(played.roster);
  const worker = grounds.start();
  await played.attached();
  await worker.stop();
  await played.act("operator-1", "break-begun", goes(played));
  await played.act("witness-1", "break-ended", count(played));
  expect((await played.state()).phase).toBe("stopped");
  const deviation = await played.deviate("health", "the worker was not there to log out");
  await played.goOn(deviation);

  await played.act("witness-1", "break-begun", goes(played));
  grounds.start();
  await out(played);
  await untilFree();
  await played.abort();
  await isIn(played);
  await played.until("closed", ({ phase }) => phase === "closed");
});
