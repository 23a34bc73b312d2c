import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const lib = path.resolve(import.meta.dirname, "..");

/** Every text that is told in this source, with its places numbered. */
export function toldIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "told") {
      const { template } = node;
      found.push(
        ts.isNoSubstitutionTemplateLiteral(template)
          ? template.text
          : template.head.text + template.templateSpans.map(({ literal }, i) => `{${String(i)}}${literal.text}`).join(""),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("checks.ts", text, ts.ScriptTarget.ES2023, true));
  return found;
}

/** Every text that is told in a folder of lib and is written in some language: not only how values stand beside each other. */
export const toldInFolder = (folder: string): string[] =>
  readdirSync(path.join(lib, folder))
    .filter((file) => file.endsWith(".ts") && !/\.(?:test|under-test)\./.test(file))
    .flatMap((file) => toldIn(readFileSync(path.join(lib, folder, file), "utf8")))
    .filter((text) => /[\p{L}“]/u.test(text));
