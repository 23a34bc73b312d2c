import type { Script } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import type { Path, Report, Watcher } from "./world";

/** The clock of the model: what the steps take together with the waiting between them, against what was said and booked. */
export function watchTime(script: Script, report: Report): Watcher {
  const ends = new Map<string, number>();
  const untimed: Path[] = [];
  let clock = 0;
  return {
    step(step, path) {
      if (step.minutes === undefined) untimed.push(path);
      const cooled = step.kind === "operation" && step.cooling ? (ends.get(step.cooling.after) ?? 0) + step.cooling.minutes : 0;
      clock = Math.max(clock, cooled) + (step.minutes ?? 0);
      ends.set(step.step, clock);
      if (step.kind === "operation" && (step.minutes ?? 0) > script.expires.minutes) {
        report(
          "EXPIRES-SHORT", ["expires"],
          told`Step ${step.step} takes ${String(step.minutes)} minutes; its approvals wait ${String(script.expires.minutes)}.`,
        );
      }
    },
    end() {
      for (const path of untimed) report("TIME-MISSING", path, told`The step does not say how long it takes.`);
      if (untimed.length === 0 && clock !== script.minutes) {
        report(
          "TIME-SUM", ["minutes"],
          told`The script says ${String(script.minutes)} minutes; its steps take ${String(clock)} together.`,
        );
      }
      if (script.block && clock > script.block.minutes) {
        report(
          "BLOCK-TOO-SHORT", ["block"],
          told`The steps take ${String(clock)} minutes; ${String(script.block.minutes)} are booked.`,
        );
      }
    },
  };
}
