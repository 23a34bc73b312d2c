import { treeHeadIn } from "#lib/log/checkpoint";
import { hex, utf8 } from "#lib/log/digest";
import { seedOf } from "#lib/log/sample";
import type { Answer, Problem } from "../../../../ask";

/** What drawing in a browser stands on. */
export type DrawPorts = {
  readonly ask: <T>(path: string, body?: unknown) => Promise<Answer<T>>;
  /** The checkpoint that this browser was given for the sample, and where the first one is kept. */
  readonly kept: () => string | null;
  readonly keep: (note: string) => void;
  /** Waits until it is time to ask again; false when nobody looks any more. */
  readonly again: () => Promise<boolean>;
};
export type OwnSample = { readonly matter: string; readonly words: string; readonly population: string; readonly size: number };
/** A problem that the server told, or one that this browser found: words were not sent, or what was drawn does not follow from them. */
export type DrawTrouble = { readonly problem: Problem } | "no-checkpoint" | "other-seed";

/**
 * Waits for the checkpoint, keeps it, and only then sends the words, for that checkpoint and no other: before, nobody who writes the log
 * may know them. Then the seed is reckoned again here. Null when all is well, or nobody looks any more.
 */
export async function drawHere(ports: DrawPorts, { matter, words, population, size }: OwnSample): Promise<DrawTrouble | null> {
  const path = `/api/audit/${matter.replace(/^sample/, "samples")}`;
  while (ports.kept() === null) {
    const given = await ports.ask<{ note: string }>(`${path}/checkpoint`);
    if (given.ok) {
      if (!treeHeadIn(utf8(given.value.note))) return "no-checkpoint";
      ports.keep(given.value.note);
    } else if (given.problem.code !== "CHECKPOINT-AWAITED") return { problem: given.problem };
    else if (!(await ports.again())) return null;
  }
  const head = treeHeadIn(utf8(ports.kept() ?? ""));
  if (!head) return "no-checkpoint";
  const checkpoint = { origin: head.origin, size: head.size, root: hex(head.root) };
  const drawn = await ports.ask<{ seed: string }>(`${path}/words`, { words, checkpoint });
  if (!drawn.ok) return { problem: drawn.problem };
  return drawn.value.seed === seedOf({ words, checkpoint, population, size }) ? null : "other-seed";
}
