import { afterAll, expect, test } from "vitest";
import { stateOf } from "#lib/ceremony/ceremony";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { ChildToken } from "./token/child-token";
import { WorkerGrounds } from "./worker-grounds.under-test";

const grounds = await WorkerGrounds.open();
afterAll(() => grounds.close());

/** A key that no outcome knows: somebody with the PIN makes it while no worker holds the token. */
async function makeStray(): Promise<string> {
  await grounds.stopAll();
  const template = freshTemplate("AES-256");
  const token = await ChildToken.open(grounds.token.options);
  try {
    const prepared = await token.prepareKey(template);
    if (!prepared.ok) throw new Error(prepared.refusal.reason);
    await token.keepKey(prepared.value.handle);
  } finally {
    await token.close();
  }
  return template.label;
}

test("a key made beside the ceremony: the recorder notes a class D deviation, once, though it is killed before", async () => {
  const played = await new PlayedCeremony(grounds.app).open();
  grounds.trust(played.roster);
  grounds.start();
  await played.playTo("inventory");
  const stray = await makeStray();

  const doomed = grounds.start({ killAt: "inventory after append operation-done" });
  await played.attached();
  await played.openStep("inventory");
  expect(await doomed.exited, doomed.output).toBe("SIGKILL");
  const between = await played.state();
  expect(stateOf(between, "inventory")?.status).toBe("done");
  expect(between.owed).toMatchObject({ class: "D", code: "inventory-differs" });
  await expect(played.openStep("signatures")).rejects.toThrow("INVENTORY-NOTED");

  grounds.start();
  await played.stepDone("inventory");
  const closed = await played.playToEnd();
  expect(closed.closed?.result).toBe("completed");
  const notes = (await played.entries()).filter((entry) => entry.kind === "worker-noted" && entry.body.code === "inventory-differs");
  expect(notes).toHaveLength(1);
  expect(notes[0]?.body).toMatchObject({ class: "D", step: "inventory", facts: { unexpected: 1, missing: 0 } });
  expect(JSON.stringify(notes[0]?.body)).toContain(stray);
});
