import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { book } from "#lib/operations/book";
import { lintSource } from "#lib/script-source/lint-source";
import { PROFILES } from "#lib/token/profile";
import { checkout } from "../setup/checkout.mjs";
import { figure, median, millisecondsOf } from "./figure";

const ROUNDS = 60;

/** Linting the largest script that is shipped, from its text to its findings, against parsing its YAML alone, in turn. */
export async function benchLint(): Promise<void> {
  const folder = path.join(checkout, "lib", "ceremony", "scripts");
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const texts = files.map((name) => readFileSync(path.join(folder, name), "utf8"));
  const largest = texts.reduce((most, text) => (text.length > most.length ? text : most));
  const lint = () => Promise.resolve(lintSource(largest, { book, profiles: PROFILES }));
  const bare = () => Promise.resolve(parse(largest) as unknown);

  const first = await millisecondsOf(lint);
  const took: { lint: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) took.push({ lint: await millisecondsOf(lint), bare: await millisecondsOf(bare) });
  figure("lint.largest_script", largest.length / 1024, "KiB");
  figure("lint.first_time", first, "ms");
  figure("lint.time", median(took.map((one) => one.lint)), "ms");
  figure("lint.time_over_bare_parse", median(took.map((one) => one.lint / one.bare)), "ratio");
}
