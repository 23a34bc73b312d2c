import { replay } from "#lib/ceremony/replay";
import { book } from "#lib/operations/book";
import { rebuildCeremonies, summaryOf, type CeremonySummary } from "#lib/store/ceremonies";
import { openDatabase } from "#lib/store/database";
import { ceremoniesWithEntries, readEntries } from "#lib/store/entries";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { Unusable, type ExitCode } from "./command";

const USAGE = `claviger rebuild

  Drops the lists of ceremonies and makes them again from the transcripts, deciding every entry anew. Runs with the app's
  DATABASE_URL. A transcript that does not hold is named and left out; then the exit code is 1.`;

/** `claviger rebuild`: state is the fold of the transcript; this folds again. */
export async function rebuildCommand(args: readonly string[]): Promise<ExitCode> {
  const url = process.env["DATABASE_URL"];
  if (args.length > 0 || !url) throw new Unusable(url ? USAGE : `DATABASE_URL is missing.\n\n${USAGE}`);
  const db = openDatabase(url, { connections: 1, name: "claviger-rebuild" });
  try {
    const summaries: CeremonySummary[] = [];
    let broken = 0;
    for (const id of await ceremoniesWithEntries(db)) {
      const transcript = (await readEntries(db, id)).map(({ bytes }) => bytes);
      const replayed = await replay(webCryptoVerifier, book, transcript);
      if (replayed.ok && replayed.value) summaries.push(summaryOf(replayed.value));
      else if (!replayed.ok) {
        broken += 1;
        console.error(`${id}: entry ${String(replayed.refusal.at)} is refused by ${replayed.refusal.refusal.invariant}. It is left out.`);
      }
    }
    await rebuildCeremonies(db, summaries);
    console.log(`${String(summaries.length)} ceremonies rebuilt from their transcripts, ${String(broken)} left out.`);
    return broken === 0 ? 0 : 1;
  } finally {
    await db.$disconnect();
  }
}
