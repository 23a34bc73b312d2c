import { afterAll, expect, test } from "vitest";
import { performed } from "#lib/ceremony/ceremony";
import type { Script, Step } from "#lib/ceremony/script";
import { inventoryOf } from "#lib/operations/list-keys";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { smallScript } from "./played-scripts.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

/** Every call that making a key costs, from the intent to the outcome, and both entries. */
const CALLS = ["append operation-started", "random", "lookById", "prepareKey", "readBack", "testKey", "keepKey", "info", "sign", "append operation-done"];
const SEAMS = [...CALLS.flatMap((call) => [`before ${call}`, `after ${call}`]), "during prepareKey", "during keepKey"];

const grounds = await WorkerGrounds.open();
afterAll(() => grounds.close());

const labelOf = (i: number) => `key-${String(i)}`;

/** One step for each seam: a key of its own, made by 2 of 3. */
function scriptOfSeams(): Script {
  const small = smallScript();
  const say = "Make a key.";
  const steps = SEAMS.map(
    (seam, i): Step => ({
      step: labelOf(i),
      kind: "operation",
      title: seam,
      say,
      operations: [{ operation: "generate-key-pair", label: labelOf(i), algorithm: "EC-P256", usage: ["sign"], extractable: false }],
    }),
  );
  const [health, inventory, signatures] = ["health", "inventory", "signatures"].map((id) => small.acts[0]?.steps.find(({ step }) => step === id));
  if (!health || !inventory || !signatures) throw new Error("the small script has changed");
  return { ...small, acts: [{ act: "all", title: "All", steps: [health, ...steps, inventory, signatures] }] };
}

test("kill -9 at every seam of making a key: one key exactly, nothing lost, every seam in the transcript", { timeout: 1_800_000 }, async () => {
  const played = await new PlayedCeremony(grounds.app, { script: scriptOfSeams() }).open();
  grounds.trust(played.roster);
  const said: string[] = [];
  for (const [i, seam] of SEAMS.entries()) {
    // Each worker finishes what the one before it left, and is killed in the step after.
    const worker = grounds.start({ killAt: `${labelOf(i)} ${seam}` });
    await played.playTo(labelOf(i)).catch((fault: unknown) => {
      throw new Error(`before "${seam}": ${String(fault)}\n${worker.output}`);
    });
    await played.openStep(labelOf(i));
    await played.approveBy(labelOf(i), 2);
    expect(await worker.exited, `${seam}\n${worker.output}`).toBe("SIGKILL");
    said.push(worker.output);
  }
  grounds.start();
  const ceremony = await played.playToEnd();

  const outcomes = performed(ceremony);
  const recovered = SEAMS.filter((_, i) => outcomes.find(({ request }) => request["label"] === labelOf(i))?.recovered);
  expect(recovered).toEqual(expect.arrayContaining(["after keepKey", "before info", "after info", "before sign", "after sign", "before append operation-done"]));
  expect(recovered).not.toEqual(expect.arrayContaining(["before keepKey"]));

  const inventory = inventoryOf(outcomes.find(({ request }) => request.operation === "list-keys")?.outcome ?? {});
  expect(inventory).toMatchObject({ made: SEAMS.length, unexpected: [], missing: [] });
  const objects = await grounds.tokenObjects();
  expect(objects.map(({ objectClass, label }) => `${label} ${objectClass}`).sort()).toEqual(
    SEAMS.flatMap((_, i) => [`${labelOf(i)} private-key`, `${labelOf(i)} public-key`]).sort(),
  );

  // Where the work was cut in two, the transcript says so: every seam but those outside of it.
  const noted = (await played.entries()).flatMap((entry) => (entry.kind === "worker-noted" ? [String(entry.body.step)] : []));
  const cut = SEAMS.map((seam, i) => (seam === "after append operation-done" ? null : labelOf(i))).filter((step) => step !== null);
  expect(noted).toEqual(expect.arrayContaining(cut));
  expect(said.join("\n")).not.toContain("canary");
});
