import { told, type Told } from "#lib/ceremony/told";

const BRACKETS = told`square brackets`;
const BRACES = told`braces`;
const ELSEWHERE = told`this does not belong here`;
const UNUSED = told`tags (!name), anchors (&name), aliases (*name) and directives (%) are not used in scripts`;
const UNSEPARATED = told`a blank is missing before the # of a comment`;
const ONE_LINE = told`a name stands in one line`;
const KEY_LONG = told`a name has at most 1024 characters`;
const DASH = told`a list begins on a line of its own, with a hyphen before each of its entries`;

/** What the parser calls a "flow map" or "flow sequence". */
const between = (flow: string): Told => (/map$/i.test(flow) ? BRACES : BRACKETS);

/** What the parser of YAML says, with {0} for what it puts in, and what is said of it to somebody who never read its grammar. */
const SAID: { readonly [parser: string]: (...put: readonly string[]) => Told } = {
  "All mapping items must start at the same column": () => told`all names of a block begin in the same column`,
  "All sequence items must start at the same column": () => told`all entries of a list begin in the same column`,
  "Sequence item without - indicator": () => told`the hyphen before an entry of a list is missing`,
  "Unexpected block-seq-ind on same line with key": () => DASH,
  "A block sequence may not be used as an implicit map key": () => DASH,
  "Missing newline after block sequence props": () => DASH,
  "Nested mappings are not allowed in compact mappings": () =>
    told`a second name with a colon stands in the same line; text with a colon needs quotation marks`,
  "Implicit keys need to be on a single line": () => ONE_LINE,
  "Implicit keys of flow sequence pairs need to be on a single line": () => ONE_LINE,
  "Implicit map keys need to be followed by map values": () => told`a name needs a colon and a value`,
  "The : indicator must be at most 1024 chars after the start of an implicit block mapping key": () => KEY_LONG,
  "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key": () => KEY_LONG,
  "Map keys must be unique": () => told`a name is given twice`,
  "With stringKeys, all keys must be strings": () => told`a name is a plain word`,
  "Tabs are not allowed as indentation": () => told`lines are indented with blanks, not with tabs`,
  'Missing closing "quote': () => told`the closing quotation mark (") is missing`,
  "Missing closing 'quote": () => told`the closing quotation mark (') is missing`,
  "Invalid escape sequence {0}": (what = "") => told`there is no escape sequence ${what}`,
  "Comments must be separated from other tokens by white space characters": () => UNSEPARATED,
  "Block collections are not allowed within flow collections": () =>
    told`no indented list or block stands between brackets or braces`,
  "Block scalar values in collections must be indented": () => told`text of several lines is indented`,
  "Block scalar lines must not be less indented than their {0}": () => told`text of several lines is indented alike`,
  "Block scalars with more-indented leading empty lines must use an explicit indentation indicator": () =>
    told`text of several lines is indented alike`,
  "Block scalar header includes extra characters: {0}": (what = "") => told`after | or > comes the next line, and not ${what}`,
  "Unexpected token in block scalar header: {0}": () => told`after | or > comes the next line, and nothing else`,
  "Block scalar header not found": () => ELSEWHERE,
  "Flow end indicator should be more indented than parent": () =>
    told`the closing bracket is indented more than the line that opens it`,
  "Unexpected , in {0}": (flow = "") => told`there is a comma too many between ${between(flow)}`,
  "Unexpected empty item in {0}": (flow = "") => told`an entry between ${between(flow)} is empty`,
  "Missing , between {0} items": (flow = "") => told`a comma is missing between ${between(flow)}`,
  "Missing , or : between {0} items": (flow = "") => told`a comma or a colon is missing between ${between(flow)}`,
  "Missing space after : in {0}": (flow = "") => told`a blank is missing after a colon between ${between(flow)}`,
  "{0} in block collection must be sufficiently indented and end with a {1}": (_flow, end = "") =>
    told`the closing ${end} is missing, or is not indented enough`,
  "{0} must end with a {1}": (_flow, end = "") => told`the closing ${end} is missing`,
  "Expected a flow scalar value, but found: {0}": () => ELSEWHERE,
  "Plain value cannot start with {0}": (what = "") =>
    told`text that begins with ${/tab/.test(what) ? told`a tab` : what.slice(-1)} needs quotation marks`,
  "Map comment with trailing content": () => ELSEWHERE,
  "Unexpected {0} at node end": () => ELSEWHERE,
  "Unexpected {0} in {1}": () => ELSEWHERE,
  "Unexpected {0} token": () => ELSEWHERE,
  "Unexpected {0} token in YAML stream": () => ELSEWHERE,
  "Unexpected {0} token in YAML document": () => ELSEWHERE,
  "Unsupported token {0}": () => ELSEWHERE,
  "Unsupported token (type: {0})": () => ELSEWHERE,
  "Not a YAML token: {0}": () => ELSEWHERE,
  "Unexpected doc-end without preceding document": () => ELSEWHERE,
  "Value may be parsed as either {0} or {1}": () => told`this may be read in two ways; text needs quotation marks here`,
  "Block collection cannot start on same line with directives-end marker": () => told`the script begins on the line after ---`,
  "Missing directives-end/doc-start indicator line": () => UNUSED,
  "Missing directives-end indicator line": () => UNUSED,
  "{0} used for {1} collection, but expects {2}": () => UNUSED,
  "Unresolved tag: {0}": () => UNUSED,
  "An alias node must not specify any properties": () => UNUSED,
  "Anchor cannot be an empty string": () => UNUSED,
  "Alias cannot be an empty string": () => UNUSED,
  "Alias ending in : is ambiguous": () => UNUSED,
  "Anchor ending in : is ambiguous": () => UNUSED,
  "A node can have at most one anchor": () => UNUSED,
  "A node can have at most one tag": () => UNUSED,
  "Anchors and tags must be after the {0} indicator": () => UNUSED,
  "Tags and anchors must be separated from the next token by white space": () => UNUSED,
  "%TAG directive should contain exactly two parts": () => UNUSED,
  "%YAML directive should contain exactly one part": () => UNUSED,
  "Unsupported YAML version {0}": () => UNUSED,
  "Unknown directive {0}": () => UNUSED,
  "Not a valid tag: {0}": () => UNUSED,
  "Verbatim tags aren't resolved, so {0} is invalid.": () => UNUSED,
  "Verbatim tags must end with a >": () => UNUSED,
  "The {0} tag has no suffix": () => UNUSED,
  "Could not resolve tag: {0}": () => UNUSED,
};

const PLACE = /\{\d\}/;
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const patterns = Object.entries(SAID).map(([text, say]) => {
  const parts = text.split(PLACE).map(escaped);
  return { pattern: new RegExp(`^${parts.join("(.*?)")}$`, "s"), say };
});

/** What the parser found wrong, in words of ours, that follow a colon. What it never said before is passed on as a quotation. */
export function parserSentence(message: string): Told {
  // The parser adds what it could not read to some of its messages.
  for (const said of [message, message.replace(/: ".*"$/s, "")]) {
    for (const { pattern, say } of patterns) {
      const found = pattern.exec(said);
      if (found) return say(...found.slice(1));
    }
  }
  return told`“${message}”`;
}
