import { treeHeadIn, type NoteVerifier } from "#lib/log/checkpoint";
import { hex, utf8 } from "#lib/log/digest";
import { seedOf } from "#lib/log/sample";
import type { Answer, Problem } from "../../../../ask";
import { unproven, type Announced, type GivenCheckpoint, type Unproven } from "./unproven";

/** What drawing in a browser stands on. */
export type DrawPorts = {
  readonly ask: <T>(path: string, body?: unknown) => Promise<Answer<T>>;
  /** The checkpoint that this browser was given for the sample, and where the first one is kept. */
  readonly kept: () => string | null;
  readonly keep: (note: string) => void;
  /** Waits until it is time to ask again; false when nobody looks any more. */
  readonly again: () => Promise<boolean>;
  readonly verifier: NoteVerifier;
};
/** `recorder`: whom the auditor knows the log by, fingerprint or certificate, as typed. */
export type OwnSample = Announced & { readonly recorder: string };
/** A problem that the server told, or one that this browser found: words were not sent, or what was drawn does not follow from them. */
export type DrawTrouble = { readonly problem: Problem } | { readonly unproven: Unproven } | "other-seed";

/**
 * Waits for the checkpoint, looks whether the recorder signed it and the announcement is in it, keeps it, and only then sends the words, for
 * that checkpoint and no other: before, nobody who writes the log may know them. Then the seed is reckoned again here. Null when all is well,
 * or nobody looks any more.
 */
export async function drawHere(ports: DrawPorts, own: OwnSample): Promise<DrawTrouble | null> {
  const { matter, words, population, size, recorder } = own;
  const path = `/api/audit/${matter.replace(/^sample/, "samples")}`;
  while (ports.kept() === null) {
    const given = await ports.ask<GivenCheckpoint>(`${path}/checkpoint`);
    if (given.ok) {
      const why = await unproven(given.value, own, recorder, ports.verifier);
      if (why !== null) return { unproven: why };
      ports.keep(given.value.note);
    } else if (given.problem.code !== "CHECKPOINT-AWAITED") return { problem: given.problem };
    else if (!(await ports.again())) return null;
  }
  const head = treeHeadIn(utf8(ports.kept() ?? ""));
  if (!head) return { unproven: "checkpoint" };
  const checkpoint = { origin: head.origin, size: head.size, root: hex(head.root) };
  const drawn = await ports.ask<{ seed: string }>(`${path}/words`, { words, checkpoint });
  if (!drawn.ok) return { problem: drawn.problem };
  return drawn.value.seed === seedOf({ words, checkpoint, population, size }) ? null : "other-seed";
}
