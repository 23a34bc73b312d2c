import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseCanonical, canonicalText, type Json } from "#lib/log/canonical";
import { base64url, fromBase64url, hex, sha256 } from "#lib/log/digest";
import { NOTHING_FOLLOWED, lookAgain, type Followed, type LogSource, type LogTrouble, type Look } from "#lib/log/follow";
import type { NoteKey } from "#lib/log/note";
import { hashWords } from "#lib/log/words";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { NotDone, Unusable, type ExitCode } from "./command";
import { LOG_TROUBLES } from "./log-source";

/** What is watched, where what was seen is kept, and how many of which witnesses must have signed what is seen. */
export type Monitored = {
  readonly source: LogSource;
  readonly key: NoteKey;
  readonly folder: string;
  readonly witnesses: readonly NoteKey[];
  readonly needed: number;
};

/**
 * Looks once, or every so many seconds. Throws NotDone at a fork, at a log that cannot be read, and at one that too few witnesses signed: at
 * once where it looks once, at the second look that finds it so where it goes on, because witnesses are asked after a checkpoint is out.
 */
export async function monitorLog(monitored: Monitored, seconds: number | null): Promise<ExitCode> {
  const proofs = keptProofs(monitored.folder);
  if (proofs.length > 0) throw new NotDone([STILL_THERE, ...proofs.map((file) => `  ${file}`)].join("\n"));
  for (let unsigned = 0; ; ) {
    const lacking = await look(monitored);
    unsigned = lacking === null ? 0 : unsigned + 1;
    if (lacking !== null && (seconds === null || unsigned > 1)) throw new NotDone(lacking);
    if (seconds === null) return 0;
    await sleep(seconds * 1000);
  }
}

/** Answers what too few witnesses signed, in a sentence, or null. */
async function look({ source, key, folder, witnesses, needed }: Monitored): Promise<string | null> {
  const before = recall(folder, key);
  const seen = await lookAgain(source, { origin: key.name, keys: [key], witnesses }, before, webCryptoVerifier);
  if ("trouble" in seen) throw new NotDone(shout(seen, before, folder));
  remember(folder, key, seen);
  const { size, root, signers } = seen.checkpoint;
  const signed = signers.flatMap(({ key: by, at }) => (witnesses.includes(by) ? [`${by.name} at ${at ?? ""}`] : []));
  const cosigned = witnesses.length === 0 ? "" : ` Cosigned by ${signed.length === 0 ? "nobody" : signed.join(", ")}.`;
  console.log(
    `${key.name}: ${String(size)} leaves, ${String(seen.added)} new. Root ${hex(root)}, ${hashWords(root).slice(0, 4).join(" ")} …${cosigned}`,
  );
  if (signed.length >= needed) return null;
  const missing = witnesses.filter((witness) => !signers.some(({ key: by }) => by === witness)).map(({ name }) => name);
  return [
    `ONLY ${String(signed.length)} OF ${String(needed)} WITNESSES signed this checkpoint. Without: ${missing.join(", ")}.`,
    "What is shown here may be shown to nobody else: compare size and root with another monitor, and ask the witness what it has seen.",
  ].join("\n");
}

const STILL_THERE =
  "Nothing was compared: this log was found to have forked or to have been rolled back, and nobody has taken these checkpoints away. Show them first.";

const PROOF = /^(?:forked|rolled-back)-\w+-\d+-[0-9a-f]{16}\.note$/;

/** The checkpoints of an earlier fault: a log that looks well again afterwards is no reason to be silent about it. */
function keptProofs(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => PROOF.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

/** Says it loudly, and keeps both checkpoints: signed by the same key, they prove it to anybody, and to its witnesses first. */
function shout({ trouble, note }: LogTrouble, { note: earlier, edge }: Followed, folder: string): string {
  const sentence = LOG_TROUBLES[trouble];
  if (trouble !== "forked" && trouble !== "rolled-back") return sentence;
  const kept = [
    ["before", earlier],
    ["after", note],
  ] as const;
  const files = kept.flatMap(([name, bytes]) => {
    if (!bytes) return [];
    const file = path.join(folder, `${trouble}-${name}-${String(edge.size)}-${hex(sha256(bytes)).slice(0, 16)}.note`);
    writeFileSync(file, bytes, { flush: true });
    return [file];
  });
  return [sentence, "Both checkpoints are signed by the log's own key. Keep them, and show them:", ...files.map((file) => `  ${file}`)].join("\n");
}

const stateFile = (folder: string) => path.join(folder, "log.json");

function recall(folder: string, key: NoteKey): Followed {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(stateFile(folder)));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return NOTHING_FOLLOWED;
    throw new Unusable(`${stateFile(folder)} cannot be read. Nothing was compared.`);
  }
  try {
    const { origin, size, rows, note } = parseCanonical(bytes) as { [member: string]: Json };
    if (origin !== key.name) throw new Unusable(`${folder} is the state of another log (${canonicalText(origin ?? null)}). Take another folder.`);
    const edge = { size: size as number, rows: (rows as string[][]).map((row) => row.map(fromBase64url)) };
    return { edge, note: fromBase64url(note as string) };
  } catch (fault) {
    if (fault instanceof Unusable) throw fault;
    throw new Unusable(`${stateFile(folder)} is damaged. Without it a fork cannot be noticed: look at it before you take another folder.`);
  }
}

/** Written beside and renamed: the state is the one before or the one after. */
function remember(folder: string, key: NoteKey, { followed: { edge, note } }: Look): void {
  mkdirSync(folder, { recursive: true });
  const rows = edge.rows.map((row) => row.map(base64url));
  const text = canonicalText({ origin: key.name, size: edge.size, rows, note: base64url(note ?? new Uint8Array()) });
  writeFileSync(`${stateFile(folder)}.new`, text);
  renameSync(`${stateFile(folder)}.new`, stateFile(folder));
}
