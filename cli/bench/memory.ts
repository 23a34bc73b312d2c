import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { transcriptBytes } from "#lib/record/transcript";
import { checkout } from "../setup/checkout.mjs";
import { figure } from "./figure";
import { SIZES } from "./log";
import { longTranscript } from "./long-transcript";
import { realRecord } from "./real-record";

const PAGES = [10, 200] as const;
const ENTRIES = 10_000;

/** What each piece of work takes at its peak beyond what its process had before: each in one of its own. */
export async function benchMemory(
  pages: readonly number[] = PAGES,
  entries = ENTRIES,
  sizes: readonly number[] = SIZES,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-bench-"));
  const file = (name: string, bytes: Uint8Array) => {
    writeFileSync(path.join(folder, name), bytes);
    return path.join(folder, name);
  };
  try {
    for (const count of pages) {
      const record = await realRecord(count);
      const given = [file("record.pdf", record.pdf), file("anchor.der", record.certificate), file("transcript.json", transcriptBytes(record.transcript))];
      for (const work of ["draw", "seal", "verify", "verify_and_redraw"]) await tell(`${work}.${String(count)}_pages`, work, ...given);
    }
    const lines = (await longTranscript(entries)).map((bytes) => Buffer.from(bytes).toString("base64")).join("\n");
    await tell(`replay.${String(entries)}_entries`, "replay", file("entries", new TextEncoder().encode(lines)));
    for (const size of sizes) {
      await tell(`log_append.${String(size)}`, "log_append", String(size));
      await tell(`log_proof.${String(size)}`, "log_proof", String(size));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function tell(name: string, ...args: readonly string[]): Promise<void> {
  const child = path.join(checkout, "cli", "bench", "memory-of.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", child, ...args], { cwd: checkout, maxBuffer: 1 << 24 });
  const peak = Number(/^peak: ([0-9.]+)$/m.exec(stdout)?.[1]);
  if (Number.isNaN(peak)) throw new Error(`nothing was measured: ${stdout.slice(-500)}`);
  figure(`memory.${name}`, peak / 1024, "MB");
}
