/** As much of a JSON Schema (2020-12) as says what may stand where. */
export type Schema = {
  readonly $ref?: string;
  readonly $defs?: { readonly [name: string]: Schema };
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema | boolean;
  /** What stands behind a name that is free, such as the tag of a language. */
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};

/** A word that may stand where the cursor is. `follows` is written after it. */
export type Suggestion = { readonly word: string; readonly detail: string; readonly info: string; readonly follows: string };
/** What may stand at `from` (an offset into the text) up to the cursor, and in which list of the script the cursor stands. */
export type Completion = {
  readonly from: number;
  readonly path: readonly string[];
  readonly empty: boolean;
  readonly suggestions: readonly Suggestion[];
};

/** Words that only the text itself knows, such as the labels of the keys made before. */
export type OwnWords = (path: readonly string[], text: string) => readonly { readonly word: string; readonly detail: string }[];

type Place = { readonly path: readonly string[]; readonly siblings: ReadonlyMap<string, string> };

const ITEM = "*";

/** What may be written at an offset of a script's YAML, by its schema; null in a comment, or where nothing is known. */
export function completionsAt(text: string, offset: number, schema: Schema, ownWords: OwnWords = () => []): Completion | null {
  const lines = text.slice(0, offset).split("\n");
  const written = lines.pop() ?? "";
  const below = text.slice(offset).split("\n").slice(1);
  const parts = /^((?: *- +)*| *)(?:([\w-]+):(?: +(.*))?)?$/.exec(written) ?? /^((?: *- +)*| *)([\w-]*)$/.exec(written);
  if (!parts || written.trimStart().startsWith("#")) return null;
  const column = (parts[1] ?? "").length;
  const isValue = written.slice(column).includes(":");
  const place = placeAt([...lines, written.slice(0, column) + (isValue ? (parts[2] ?? "") : "") + ":"], column, below);
  if (!isValue) return keysAt(offset, parts[2] ?? "", place, schema, ownWords, text);
  if (parts[3] === undefined) return null;
  return valuesAt(offset, parts[3], { ...place, path: [...place.path, parts[2] ?? ""] }, schema, ownWords, text);
}

function keysAt(
  offset: number,
  typed: string,
  { path, siblings }: Place,
  root: Schema,
  ownWords: OwnWords,
  text: string,
): Completion {
  const own = suggestionsOf(root, path, ownWords, text);
  return {
    from: offset - typed.length,
    path,
    empty: siblings.size === 0,
    suggestions: [...own, ...namesAt(root, path, siblings)],
  };
}

/** In a value, in the last item of `[a, b`, or in the last member of `{ a: 1, b: 2`. */
function valuesAt(
  offset: number,
  typed: string,
  { path, siblings }: Place,
  root: Schema,
  ownWords: OwnWords,
  text: string,
): Completion | null {
  const inFlow = /[[{,] *([\w-]*)$/.exec(typed);
  if (typed.startsWith("{") && inFlow) {
    const members = new Map([...typed.matchAll(/([\w-]+): *([\w-]*)/g)].map((found) => [found[1] ?? "", found[2] ?? ""]));
    return {
      from: offset - (inFlow[1] ?? "").length,
      path,
      empty: members.size === 0,
      suggestions: namesAt(root, path, members),
    };
  }
  const member = /([\w-]+): *([\w-]*)$/.exec(typed);
  if (typed.startsWith("{") && member) return words(offset, member[2] ?? "", [...path, member[1] ?? ""]);
  if (typed.startsWith("[")) return inFlow ? words(offset, inFlow[1] ?? "", [...path, ITEM]) : null;
  return /^[\w.:-]*$/.test(typed) ? words(offset, typed, path) : null;

  function words(end: number, last: string, at: readonly string[]): Completion {
    return {
      from: end - last.length,
      path: at,
      empty: siblings.size === 0,
      suggestions: suggestionsOf(root, at, ownWords, text),
    };
  }
}

/** Where a line's last name or item stands: the names above it, and the members beside it with their values. */
function placeAt(above: readonly string[], column: number, below: readonly string[]): Place {
  const path: string[] = [];
  const siblings = new Map<string, string>();
  let [map, list] = [column, -1];
  for (let at = above.length - 1; at >= 0; at--) {
    const line = read(above[at] ?? "");
    if (!line || (line.key === "" && line.dash < 0 && at < above.length - 1)) continue;
    if (list < 0 && line.column === map) {
      if (path.length === 0 && line.key !== "" && at < above.length - 1) siblings.set(line.key, line.value);
      if (line.dash >= 0) {
        path.unshift(ITEM);
        list = line.dash;
      }
    } else if (line.key !== "" && (list >= 0 ? line.column <= list : line.column < map)) {
      path.unshift(line.key);
      [map, list] = [line.column, -1];
      if (line.dash >= 0) {
        path.unshift(ITEM);
        list = line.dash;
      }
    }
  }
  for (const text of below) {
    const line = read(text);
    if (!line || line.column > column) continue;
    if (line.column < column || line.dash >= 0) break;
    siblings.set(line.key, line.value);
  }
  return { path, siblings };
}

type Line = { readonly column: number; readonly dash: number; readonly key: string; readonly value: string };

function read(text: string): Line | null {
  const found = /^( *)((?:- +)*)([\w-]*)(:?)(?: +(.*))?$/.exec(text);
  if (!found || text.trim() === "") return null;
  const [, indent = "", dashes = "", word = "", colon = "", value = ""] = found;
  const column = indent.length + dashes.length;
  return {
    column,
    dash: dashes === "" ? -1 : indent.length + dashes.lastIndexOf("-"),
    key: colon === "" ? "" : word,
    value: value.trim(),
  };
}

/** Every schema that may apply at a path, unions and references taken apart. */
function schemasAt(root: Schema, path: readonly string[]): Schema[] {
  let found = alternatives(root, root);
  for (const step of path) {
    found = found.flatMap((schema) => {
      const next = step === ITEM ? schema.items : (schema.properties?.[step] ?? schema.additionalProperties);
      return typeof next === "object" ? alternatives(root, next) : [];
    });
  }
  return found;
}

function alternatives(root: Schema, schema: Schema, depth = 0): Schema[] {
  if (depth > 12) return [];
  const { $ref, anyOf = [], oneOf = [], allOf = [] } = schema;
  const named = $ref?.startsWith("#/$defs/") ? root.$defs?.[$ref.slice("#/$defs/".length)] : undefined;
  const others = [...(named ? [named] : []), ...anyOf, ...oneOf, ...allOf].flatMap((one) => alternatives(root, one, depth + 1));
  return schema.properties || schema.items || schema.enum || schema.const !== undefined || schema.type
    ? [schema, ...others]
    : others;
}

/** The members that may still be added, by those that stand there: a step's kind decides what else it has. */
function namesAt(root: Schema, path: readonly string[], siblings: ReadonlyMap<string, string>): Suggestion[] {
  const fitting = schemasAt(root, path).filter(({ properties = {} }) =>
    Object.entries(properties).every(
      ([name, { const: only }]) => only === undefined || !siblings.has(name) || siblings.get(name) === only,
    ),
  );
  const names = new Map<string, Suggestion>();
  for (const { properties = {}, required = [] } of fitting) {
    for (const [name, member] of Object.entries(properties)) {
      if (siblings.has(name) || names.has(name)) continue;
      const nested = alternatives(root, member).some(({ type }) => type === "object" || type === "array");
      names.set(name, {
        word: name,
        detail: required.includes(name) ? "needed" : "",
        info: member.description ?? "",
        follows: nested ? ":" : ": ",
      });
    }
  }
  return [...names.values()].sort((a, b) => Number(b.detail !== "") - Number(a.detail !== ""));
}

function suggestionsOf(root: Schema, path: readonly string[], ownWords: OwnWords, text: string): Suggestion[] {
  const own = ownWords(path, text).map(({ word, detail }) => ({ word, detail, info: "", follows: "" }));
  const fixed = schemasAt(root, path).flatMap((schema) => {
    const values =
      schema.const === undefined ? (schema.enum ?? (schema.type === "boolean" ? ["true", "false"] : [])) : [schema.const];
    return values.map((value) => ({ word: String(value), detail: "", info: schema.description ?? "", follows: "" }));
  });
  return [...new Map([...fixed, ...own].map((one) => [one.word, one])).values()];
}
