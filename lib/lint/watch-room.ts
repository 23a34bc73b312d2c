import type { Script, Step } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import type { Path, Report, Watcher } from "./world";

/** The recording, the breaks and the safes: what begins has to end, and no work is done where nobody sees it. */
export function watchRoom(script: Script, report: Report): Watcher {
  const open = new Map<string, Path>();
  let recording: Path | null = null;
  let recorded = false;
  let late: Path | null = null;
  let away: Path | null = null;
  let worked = false;

  const record = (what: "starts" | "stops", path: Path) => {
    if (what === "starts") {
      recording = path;
      recorded = true;
    } else {
      if (!recording) report("RECORDING-UNSTARTED", path, told`A recording stops that no step before this one started.`);
      recording = null;
    }
  };
  const leave = (path: Path) => {
    away = path;
    if (open.size > 0) report("BREAK-OPEN", path, told`The break begins while ${[...open.keys()].join(", ")} is open.`);
  };
  const comeBack = (path: Path) => {
    if (!away) report("BREAK-UNBEGUN", path, told`A break ends that no step before this one began.`);
    away = null;
  };
  const move = (step: Step, path: Path) => {
    const { opens = [], closes = [] } = "opens" in step || "closes" in step ? step : {};
    for (const place of opens) open.set(place, path);
    for (const place of closes) {
      if (!open.delete(place)) report("PLACE-UNOPENED", path, told`${place} is closed, and no step before this one opened it.`);
    }
  };

  return {
    step(step, path) {
      if (step.kind === "evidence" && step.recording) record(step.recording, path);
      if (step.kind === "pause" && step.break === "begins") leave(path);
      if (step.kind === "pause" && step.break === "ends") comeBack(path);
      if (away && (step.kind === "operation" || step.kind === "sign-off")) {
        report("BREAK-WORK", path, told`Step ${step.step} is done during a break.`);
      }
      move(step, path);
    },
    work({ rules, path }) {
      if (rules.effect === "reads") return;
      worked = true;
      if (!recording) late ??= path;
    },
    end() {
      if (recording) report("RECORDING-UNSTOPPED", recording, told`The recording starts here and is never stopped.`);
      if (recorded && late) report("RECORDING-LATE", late, told`This is done while no camera runs.`);
      if (!recorded && worked && script.environment === "production") {
        report("RECORDING-MISSING", ["acts", 0], told`No step starts a recording.`);
      }
      if (away) report("BREAK-UNENDED", away, told`The break that begins here is never ended.`);
      for (const [place, path] of open) report("PLACE-UNCLOSED", path, told`${place} is opened here and never closed.`);
    },
  };
}
