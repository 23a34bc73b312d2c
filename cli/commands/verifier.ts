import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { makeVerifierPage } from "../static-pages/verifier-page.mjs";
import { inFours, inLines, readArguments, Unusable, type Command } from "./command";

const USAGE = `claviger verifier [--out FILE.html]

Makes the page that checks records, as one HTML file, from the sources that are here, and says its SHA-256 in digits and words:
that of /verify/claviger-verifier.html of the same release, and of the file of that name in its records. With --out, writes it.`;

/** Says, and with `--out` writes, the verifier page of these sources. */
export const verifierCommand: Command = async (args) => {
  const { values, rest } = readArguments(args, { valued: ["out"], flags: [], usage: USAGE });
  if (rest.length > 0) throw new Unusable(USAGE);
  const { single, hash } = await makeVerifierPage();
  console.log(`Verifier page, SHA-256\n  ${inFours(hash)}\n${inLines(hashWords(fromHex(hash)))}`);
  if (values.out !== undefined) {
    await writeFile(path.resolve(values.out), single);
    console.log(`Written to ${path.resolve(values.out)}.`);
  }
  return 0;
};
