import path from "node:path";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { makeSecondScreen, SINGLE_FILE, writeSecondScreen } from "../static-pages/second-screen.mjs";
import { inFours, inLines, readArguments, Unusable, type Command } from "./command";

const USAGE = `claviger second-screen [--out FOLDER]

Makes the second screen from the sources that are here, and says the hash of the build in digits and words, to be compared with
what the page says of itself. With --out, writes its files into the folder, for any web server that is not the app's; the file
${SINGLE_FILE} in it is the same page in one, to be opened as it is.`;

/** Says, and with `--out` writes, the second screen of these sources. */
export const secondScreenCommand: Command = async (args) => {
  const { values, rest } = readArguments(args, { valued: ["out"], flags: [], usage: USAGE });
  if (rest.length > 0) throw new Unusable(USAGE);
  const folder = values.out === undefined ? null : path.resolve(values.out);
  const { hash } = folder === null ? await makeSecondScreen() : await writeSecondScreen(folder);
  console.log(`Second screen, build\n  ${inFours(hash)}\n${inLines(hashWords(fromHex(hash)))}`);
  if (folder !== null) console.log(`Written to ${folder}.`);
  return 0;
};
