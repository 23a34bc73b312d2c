import type { ScriptLine } from "#lib/conduct/desk";

/** A script with its editions, the newest first. */
export type ScriptGroup = { readonly script: string; readonly newest: ScriptLine; readonly editions: readonly ScriptLine[] };

/** The editions by script; scripts stand in the order in which something was last published of them. */
export function groupsOf(lines: readonly ScriptLine[]): ScriptGroup[] {
  const by = new Map<string, ScriptLine[]>();
  for (const line of [...lines].sort((a, b) => b.createdAt.localeCompare(a.createdAt)))
    by.set(line.script, [...(by.get(line.script) ?? []), line]);
  return [...by].flatMap(([script, found]) => {
    const editions = [...found].sort((a, b) => b.edition - a.edition);
    const [newest] = editions;
    return newest ? [{ script, newest, editions }] : [];
  });
}

/** The edition before, by number; null for the first one there is. */
export function editionBefore(lines: readonly ScriptLine[], line: Pick<ScriptLine, "script" | "edition">): ScriptLine | null {
  const older = lines.filter(({ script, edition }) => script === line.script && edition < line.edition);
  return older.sort((a, b) => b.edition - a.edition)[0] ?? null;
}
