import { expect, test } from "vitest";
import { walkMutant, type Mutant } from "./walk-mutant.under-test";
import { walk } from "./walk.under-test";
import type { WalkedWorld } from "./walked-world.under-test";

const make = { operation: "make", label: "one" };
const world: WalkedWorld = { custodians: 2, quorum: { approve: 2 }, operations: [make], openings: 1 };

// The smallest world; larger ones, and many more broken rules, are in walk.integration.test.ts.
test("in every state of a small world an operation starts only when enough distinct custodians agreed to this opening", async () => {
  const found = await walk(world);
  expect(found.violation).toBeNull();
  // The counts keep the walk from shrinking unnoticed.
  expect(found.states).toBeGreaterThanOrEqual(83);
  expect(found.started).toBeGreaterThanOrEqual(1);
});

test.each<[string, Mutant]>([
  ["the threshold", [["quorum.ts", "distinct.length < rule.approve)", "distinct.length + 1 < rule.approve)"]]],
  ["the quorum itself", [["admit-worker.ts", "if (!quorum.ok) return quorum;", "if (!quorum.ok) return ok(state.opening?.hash ?? '');"]]],
  ["the stop", [["admit.ts", "const truth = [", 'const truth = ["operation-started", ']]],
])("the walk can fail: it finds %s missing", async (_rule, mutant) => {
  const { violation } = await walkMutant(mutant, world);
  expect(violation?.moves.at(-1)).toMatch(/^the worker starts/);
});
