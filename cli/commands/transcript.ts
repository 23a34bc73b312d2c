import { Identifier } from "#lib/ceremony/roster.schema";
import { chainCode } from "#lib/ceremony/chain-code";
import type { Ceremony } from "#lib/ceremony/ceremony";
import { replay } from "#lib/ceremony/replay";
import { base64url, fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { book } from "#lib/operations/book";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { databaseStore } from "#worker/database-store";
import { WorkerMemory } from "#worker/memory";
import { askPerson } from "./ask-person";
import { inFours, inLines, NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { printable } from "./printable";
import { workerEnv } from "./worker-console";

const USAGE = `claviger transcript trust CEREMONY [--words "FIRST LAST"]

  For a worker whose folder is new or was lost, while a ceremony is under way in which its recorder takes part: entries may have been
  taken away meanwhile, and it does nothing more there. Compare the last entry with what the room saw; then type the first and the last
  word of its hash. From there on the worker notices what is taken away.`;

/** `claviger transcript trust`: a person says that a transcript is all that there was. */
export async function transcriptCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, rest } = readArguments(args, { valued: ["words"], flags: [], usage: USAGE });
  const [act, id, ...more] = rest;
  if (act !== "trust" || id === undefined || more.length > 0 || !Identifier.safeParse(id).success) throw new Unusable(USAGE);
  const env = workerEnv();
  const memory = new WorkerMemory(env.stateFolder);
  if (memory.head(id)) {
    console.log(`This worker remembers ${id}, and goes by that and by nothing else.`);
    return 0;
  }
  const store = databaseStore(env.databaseUrl);
  const entries = await store.entries(id, 0).finally(() => store.close());
  const decided = await replay(webCryptoVerifier, book, entries.map(({ bytes }) => bytes));
  if (!decided.ok) throw new NotDone(`Entry ${String(decided.refusal.at)} breaks the rule ${decided.refusal.refusal.invariant}. Nothing was trusted.`);
  const ceremony = decided.value;
  if (!ceremony) throw new NotDone(`There is no ceremony ${id}.`);
  const own = memory.certificate("trust-anchor");
  if (!own || ceremony.recorder?.recorder.certificate !== base64url(own)) throw new NotDone(`The recorder of this worker takes no part in ${id}: there is nothing to trust.`);
  const words = hashWords(fromHex(ceremony.head.hash));
  console.log(described(ceremony, words));
  const typed = values.words ?? (await askPerson("Compare with the room and its record of the last entry. Then type the first and the last word: ", "--words"));
  if (typed.trim().toLowerCase().split(/\s+/).join(" ") !== `${words[0] ?? ""} ${words.at(-1) ?? ""}`.toLowerCase()) {
    throw new NotDone("These are not the first and the last word. Nothing was trusted.");
  }
  memory.sawHead(id, { seq: ceremony.head.seq, hash: ceremony.head.hash, closed: false, record: null });
  console.log(`The transcript of ${id} is trusted up to entry ${String(ceremony.head.seq)}. The worker goes on by itself.`);
  return 0;
}

const described = ({ id, title, phase, head }: Ceremony, words: readonly string[]): string =>
  [
    `${printable(title)} (${id}): ${phase}`,
    `Last entry ${String(head.seq)}, ${head.at}; chain code on the wall: ${chainCode(head.hash)}`,
    `  ${inFours(head.hash)}`,
    inLines(words),
    "",
  ].join("\n");
