import { existsSync, readdirSync, readFileSync } from "node:fs";

/** As Linux counts it, whatever the machine (proc(5): sysconf(_SC_CLK_TCK) is 100 on all that Node runs on). */
const TICKS_A_SECOND = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/**
 * Seconds of a processor that a process and all below it have used so far, also those that ended meanwhile; null where there
 * is no /proc to ask. With `alone`, without those below it.
 */
export function processorSeconds(pid: number, { alone = false } = {}): number | null {
  if (!existsSync("/proc/self/stat")) return null;
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => statOf(Number(name)) ?? []);
  const counted = all.filter((one) => one.pid === pid || (!alone && isBelow(one, pid, all)));
  return counted.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_A_SECOND;
}

/** Megabytes of memory that a process has now; null where there is no /proc. */
export function residentMegabytes(pid: number): number | null {
  const status = `/proc/${String(pid)}/status`;
  if (!existsSync(status)) return null;
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(status, "utf8"))?.[1] ?? NaN) / 1024;
}

function isBelow(one: Stat, pid: number, all: readonly Stat[]): boolean {
  const parent = all.find((other) => other.pid === one.parent);
  return one.parent === pid || (parent !== undefined && isBelow(parent, pid, all));
}

/** The name of the program, in brackets, may hold anything: what counts stands behind the last of them. */
function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number);
    const [own, ended] = [[11, 12], [13, 14]].map(([user = 0, system = 0]) => (fields[user] ?? 0) + (fields[system] ?? 0));
    return { pid, parent: fields[1] ?? 0, ticks: (own ?? 0) + (ended ?? 0) };
  } catch {
    return null;
  }
}
