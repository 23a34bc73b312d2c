import { afterAll, expect, test } from "vitest";
import { performed } from "#lib/ceremony/ceremony";
import type { Script, Step } from "#lib/ceremony/script";
import { inventoryOf } from "#lib/operations/list-keys";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { smallScript } from "./played-scripts.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

/**
 * Every call that destroying a key costs, from the intent to the certificate. The use that is tried afterwards fails, as it
 * must.
 */
const CALLS = [
  "append operation-started",
  "random",
  "lookById",
  "destroyById",
  "listObjects",
  "info",
  "sign",
  "append operation-done",
];
const SEAMS = [...CALLS.flatMap((call) => [`before ${call}`, `after ${call}`]), "during destroyById", "before testKey"];

const grounds = await WorkerGrounds.open();
afterAll(() => grounds.close());

const labelOf = (i: number) => `key-${String(i)}`;
const work = (step: string, operations: Extract<Step, { kind: "operation" }>["operations"]): Step => ({
  step,
  kind: "operation",
  title: step,
  say: step,
  operations,
});

/** All keys in a few steps, all condemned, and for each seam a step of its own that destroys one. */
function scriptOfSeams(): Script {
  const small = smallScript();
  const [health, inventory, signatures] = ["health", "inventory", "signatures"].map((id) =>
    small.acts[0]?.steps.find(({ step }) => step === id),
  );
  if (!health || !inventory || !signatures) throw new Error("the small script has changed");
  const labels = SEAMS.map((_, i) => labelOf(i));
  const inEights = (name: string, operation: (label: string) => { operation: string; label: string }): Step[] =>
    Array.from({ length: Math.ceil(labels.length / 8) }, (_, i) =>
      work(`${name}-${String(i)}`, labels.slice(8 * i, 8 * i + 8).map(operation)),
    );
  const make = (label: string) => ({
    operation: "generate-key-pair",
    label,
    algorithm: "EC-P256",
    usage: ["sign"],
    extractable: false,
  });
  const steps = [
    ...inEights("make", make),
    ...inEights("condemn", (label) => ({ operation: "condemn-key", label })),
    ...labels.map((label) => work(label, [{ operation: "destroy-key", label }])),
  ];
  return { ...small, acts: [{ act: "all", title: "All", steps: [health, ...steps, inventory, signatures] }] };
}

test(
  "kill -9 at every seam of destroying a key: each is gone, each has its certificate, and no other key was touched",
  { timeout: 1_800_000 },
  async () => {
    const played = await new PlayedCeremony(grounds.app, { script: scriptOfSeams() }).open();
    grounds.trust(played.roster);
    for (const [i, seam] of SEAMS.entries()) {
      const worker = grounds.start({ killAt: `${labelOf(i)} ${seam}` });
      await played.playTo(labelOf(i)).catch((fault: unknown) => {
        throw new Error(`before "${seam}": ${String(fault)}\n${worker.output}`);
      });
      await played.openStep(labelOf(i));
      await played.approveBy(labelOf(i), 2);
      expect(await worker.exited, `${seam}\n${worker.output}`).toBe("SIGKILL");
    }
    grounds.start();
    const ceremony = await played.playToEnd();

    const certificates = performed(ceremony).filter(({ request }) => request.operation === "destroy-key");
    expect(certificates.map(({ request }) => request["label"])).toEqual(SEAMS.map((_, i) => labelOf(i)));
    const foundAt = (seam: string) => certificates[SEAMS.indexOf(seam)];
    for (const seam of ["before destroyById", "after lookById", "after random"])
      expect(foundAt(seam), seam).toMatchObject({ recovered: false, outcome: { found: "whole" } });
    for (const seam of ["after destroyById", "before listObjects", "before testKey", "before append operation-done"]) {
      expect(foundAt(seam), seam).toMatchObject({ recovered: true, outcome: { found: "not at all" } });
    }

    const inventory = inventoryOf(performed(ceremony).find(({ request }) => request.operation === "list-keys")?.outcome ?? {});
    expect(inventory).toMatchObject({ made: 0, unexpected: [], missing: [] });
    expect(await grounds.tokenObjects()).toEqual([]);
  },
);
