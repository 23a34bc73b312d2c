import { createHash } from "node:crypto";
import path from "node:path";
import { build } from "esbuild";
import { checkout } from "../setup/checkout.mjs";

/** Browsers that have everything these pages use: CompressionStream "deflate-raw", ES2022, modules. */
const TARGETS = ["chrome111", "firefox115", "safari16.4"];

/**
 * zod brings its messages in every language there is; what these pages say of a malformed entry is said in English.
 * @type {import("esbuild").Plugin}
 */
const englishOnly = {
  name: "english-only",
  setup({ onResolve }) {
    onResolve({ filter: /\/locales\/index\.js$/ }, ({ resolveDir }) => ({ path: path.join(resolveDir, "../locales/en.js") }));
  },
};

/**
 * One file of script or style with all that it imports, from a source of this checkout: the same bytes from the same sources on
 * every machine. `define` puts JSON in the place of names.
 * @param {string} source
 * @param {Readonly<Record<string, unknown>>} [define]
 * @returns {Promise<string>}
 */
export async function bundle(source, define = {}) {
  const { outputFiles } = await build({
    absWorkingDir: checkout,
    entryPoints: [source],
    bundle: true,
    write: false,
    outdir: path.join(checkout, "public"),
    format: "esm",
    platform: "browser",
    target: TARGETS,
    charset: "utf8",
    minify: true,
    legalComments: "eof",
    logLevel: "error",
    plugins: [englishOnly],
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
  });
  return outputFiles[0]?.text ?? "";
}

/** SHA-256 in base64, as Subresource Integrity and Content Security Policy write it. @param {string} text */
export const sha256Base64 = (text) => createHash("sha256").update(text, "utf8").digest("base64");

/**
 * A page as one HTML file that loads nothing: its script and its style inside, allowed by their hashes alone.
 * @param {{ lang: string, title: string, body: string, script: string, style: string }} page
 */
export function singleFile({ lang, title, body, script, style }) {
  if (/<\/script|<!--/i.test(script)) throw new Error("the script cannot stand in a page: it holds the end of one");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256Base64(script)}'`,
    `style-src 'sha256-${sha256Base64(style)}'`,
    "img-src blob: data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="${lang}" data-single>
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <style>${style}</style>
  </head>
${body}
  <script type="module">${script}</script>
</html>
`;
}
