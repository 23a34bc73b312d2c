import type { Script } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import type { Path, Report } from "./world";

const NO_PASSWORD = String.raw`(?:(?:un)?changed|entered|unknown|unset|sealed|removed|required|unverändert|unbekannt)\b`;

const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bC[UO]:(?!password\b)\S{4,}/,
  // "PIN: 4711", "the password is x1y2"; not "the PIN is 8 digits long".
  /\b(?:PIN|pass(?:word|phrase|code)|secret)\b(?: is\b|\s*[:=])\s*["'“]?(?!\d+[ -](?:digit|character|sign))(?=\S{0,100}\d)[^\s"'”]{4,}/i,
  // "Type PIN 4711-0815", "PIN for slot 0: 123456"; not a number of digits, a year, a standard, or what holds the PIN.
  new RegExp(
    String.raw`\bPIN\b(?:(?!\b(?:bag|envelope|seal|serial|ISO|FIPS|RFC|Beutel|Umschlag|Siegel|Serien))[^.]){0,20}?` +
      String.raw`\b(?!(?:19|20)\d\d\b)\d{4,64}(?!\d)(?![ -](?:digit|character|sign|Ziffer|Zeichen|Stelle))`,
    "i",
  ),
  // "Password: correcthorse."; not "Password: entered by two people".
  new RegExp(
    String.raw`\b(?:pass(?:word|phrase|code)|passwort|kennwort)\s*(?:=\s*\S{6}|:\s*["'“]?(?!${NO_PASSWORD})[^\s.,;]{6,64}` +
      String.raw`(?:[.,;](?:\s|$)|\s*$))`,
    "i",
  ),
];
const ASKS_SECRET = /\b(?:PIN|password|passphrase|passcode)\b/i;
const ABOUT_SECRET = /\b(?:number|serial|bag|envelope|seal|length|count|changed|date)\b/i;
const UNFINISHED = /\b(?:TODO|FIXME|TBD|XXX)\b|<[a-z][^<>]{0,60}>|\[(?:insert|fill|name of|date of|number of)\b[^\]]{0,200}\]/;
const LETTERS = /[\p{L}\p{M}]+/gu;
const OTHER_SCRIPTS = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
/** About five minutes of reading aloud. */
const MOST_ALOUD = 1500;

/** What nobody should find in a script: secrets, unfinished sentences, words that look like others, texts too long to follow. */
export function lintText(script: Script, report: Report): void {
  eachText(script, [], (text, path) => {
    if (SECRETS.some((secret) => secret.test(text))) report("SECRET-IN-SCRIPT", path, told`This reads like a secret.`);
    const unfinished = UNFINISHED.exec(text)?.[0];
    if (unfinished !== undefined) report("TEXT-UNFINISHED", path, told`This is not finished: ${unfinished}.`);
    const mixed = (text.match(LETTERS) ?? []).find((word) => /\p{Script=Latin}/u.test(word) && OTHER_SCRIPTS.test(word));
    if (mixed !== undefined) report("TEXT-MIXED", path, told`The word ${mixed} has letters of two scripts.`);
  });
  for (const [a, act] of script.acts.entries()) {
    for (const [s, step] of act.steps.entries()) {
      const path = ["acts", a, "steps", s];
      if (step.say.length > MOST_ALOUD) {
        report("TEXT-LONG", [...path, "say"], told`The text has ${String(step.say.length)} characters.`);
      }
      if (step.kind === "check" && ASKS_SECRET.test(step.value) && !ABOUT_SECRET.test(step.value)) {
        report("SECRET-ASKED", [...path, "value"], told`Somebody would type ${step.value} here for all to read.`);
      }
    }
  }
}

/** Every text of the script with its place. */
function eachText(value: unknown, path: Path, visit: (text: string, path: Path) => void): void {
  if (typeof value === "string") visit(value, path);
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) eachText(item, [...path, i], visit);
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) eachText(member, [...path, key], visit);
  }
}
