import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkout } from "../setup/checkout.mjs";
import { bundle, singleFile } from "./bundle.mjs";

const read = (/** @type {string[]} */ ...names) => readFileSync(path.join(checkout, "app", ...names), "utf8");

/**
 * A page of app/plain-pages' kind, made of the index.html, main.ts and style.css of its folder in app: its files by name, and the
 * same as one file.
 * @param {string} folder
 */
export async function makePlainPage(folder) {
  const [script, style] = await Promise.all([bundle(`app/${folder}/main.ts`), bundle(`app/${folder}/style.css`)]);
  const page = read(folder, "index.html");
  const title = /<title>(.+)<\/title>/.exec(page)?.[1] ?? "";
  const body = page.slice(page.indexOf("  <body>"), page.indexOf("</html>")).trimEnd();
  const files = { "index.html": page, "main.js": script, "style.css": style, "icon.svg": read("icon.svg") };
  return { files, single: singleFile({ lang: "en", title, body, script, style }) };
}

/** Puts files where nothing else may lie. @param {string} folder @param {Readonly<Record<string, string>>} files */
export function writeAlone(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
}

/** SHA-256 in hex, as people compare it. @param {string} text */
export const sha256Hex = (text) => createHash("sha256").update(text, "utf8").digest("hex");
