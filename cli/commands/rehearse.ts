import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { book } from "#lib/operations/book";
import { unifiedDiff } from "#lib/script-source/line-diff";
import { readScript } from "#lib/script-source/read-script";
import { NotRehearsed } from "#cli/rehearse/perform-act";
import { playScript } from "#cli/rehearse/play-script";
import { rehearsalTranscript } from "#cli/rehearse/rehearsal-transcript";
import { ensureSoftHsm } from "../setup/pkcs11-modules.mjs";
import { NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { scriptText } from "./script-text";

export const REHEARSE_USAGE = `claviger rehearse SCRIPT.yaml [--write]

  Plays a script from beginning to end on tokens that are thrown away, with an invented cast and a clock that moves with each act,
  and compares what happened with the reviewed transcript beside it, SCRIPT.rehearsal.md.
  --write   writes what happened as that transcript, to be reviewed
  Exit code: 0 as reviewed (or written), 1 otherwise or not rehearsed, 2 the script cannot be read.`;

/** `claviger rehearse`: needs neither a database nor anybody's token. */
export async function rehearseCommand(args: readonly string[]): Promise<ExitCode> {
  const { flags, rest } = readArguments(args, { valued: [], flags: ["write"], usage: REHEARSE_USAGE });
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0) throw new Unusable(REHEARSE_USAGE);
  const read = readScript(await scriptText(file), file, book);
  if (!read.ok)
    throw new Unusable(
      read.refusal.map(({ line, column, sentence, remedy }) => `${file}:${String(line)}:${String(column)} ${sentence} ${remedy}`).join("\n"),
    );

  const began = performance.now();
  const played = rehearsalTranscript(await playing(read.value.script, file));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const reviewed = reviewedBeside(file);
  if (flags.has("write")) {
    await writeFile(reviewed, played);
    console.log(`${reviewed}: written after ${seconds} s; review it.`);
    return 0;
  }
  const before = await textIn(reviewed);
  if (before === null)
    throw new NotDone(
      `${file} was played in ${seconds} s, but there is no reviewed transcript ${reviewed}: ` +
        `write one with --write, and review it.`,
    );
  const difference = unifiedDiff(before, played);
  if (difference === "") {
    console.log(`${file}: played in ${seconds} s, as reviewed in ${reviewed}.`);
    return 0;
  }
  console.log(difference);
  throw new NotDone(`${file} was not played as reviewed in ${reviewed}: “-” is what was reviewed, “+” what happened.`);
}

async function playing(...[script, file]: [Parameters<typeof playScript>[0], string]): ReturnType<typeof playScript> {
  try {
    return await playScript(
      script,
      await ensureSoftHsm(),
      ({ current }) => process.stderr.isTTY && console.error(`  ${current ?? "closing"}`),
    );
  } catch (fault) {
    if (fault instanceof NotRehearsed) throw new NotDone(`${file} could not be rehearsed to its end: ${fault.message}`);
    throw fault;
  }
}

/** Where the reviewed transcript of a script stands. */
export const reviewedBeside = (file: string): string =>
  path.join(path.dirname(file), `${path.basename(file).replace(/\.ya?ml$/, "")}.rehearsal.md`);

async function textIn(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return null;
  }
}
