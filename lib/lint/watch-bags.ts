import type { Step } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import type { Path, Report, Watcher } from "./world";

type Bagged = Extract<Step, { kind: "check" }>;

/** The tamper-evident bags: each is sealed once and opened once, and what was taken out goes into a new one. */
export function watchBags(report: Report): Watcher {
  const sealed = new Map<string, readonly string[]>();
  const used = new Set<string>();
  const numbers = new Map<string, string>();
  const out = new Map<string, Path>();

  const number = (step: Bagged, bag: string, path: Path) => {
    if (step.expected === undefined) return;
    const before = numbers.get(step.expected);
    if (before !== undefined && before !== bag) {
      report("BAG-TWICE", path, told`The bag number ${step.expected} was that of ${before}.`);
    }
    numbers.set(step.expected, bag);
  };
  const openBag = (bag: string, holds: readonly string[], path: Path) => {
    if (used.has(bag) && !sealed.has(bag)) report("BAG-TWICE", path, told`The bag ${bag} was opened before.`);
    used.add(bag);
    sealed.delete(bag);
    for (const thing of holds) out.set(thing, path);
  };
  const sealBag = (bag: string, holds: readonly string[], path: Path) => {
    if (used.has(bag)) report("BAG-TWICE", path, told`The bag ${bag} is used a second time.`);
    used.add(bag);
    for (const thing of holds) {
      const other = [...sealed].find(([, things]) => things.includes(thing))?.[0];
      if (other !== undefined) report("BAG-NOT-THERE", path, told`${thing} is in the bag ${other}, which no step opened.`);
      out.delete(thing);
    }
    sealed.set(bag, holds);
  };

  return {
    step(step, path) {
      if (step.kind === "pause" && step.break === "begins" && out.size > 0) {
        report("BREAK-OPEN", path, told`The break begins while ${[...out.keys()].join(", ")} is out of its bag.`);
      }
      if (step.kind !== "check" || !step.bag) return;
      const { bag, does, holds = [] } = step.bag;
      number(step, bag, path);
      if (does === "opens") openBag(bag, holds, path);
      else sealBag(bag, holds, path);
    },
    end() {
      for (const [thing, path] of out) {
        report("THING-LEFT-OUT", path, told`${thing} is taken out of its bag here and never sealed again.`);
      }
    },
  };
}
