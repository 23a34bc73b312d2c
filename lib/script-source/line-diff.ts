/**
 * A line of either text: in both, only in the one before, or only in the one after. Numbers count from 1; 0 where it does not
 * stand.
 */
export type DiffLine = {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
  readonly before: number;
  readonly after: number;
};

/** Work beyond which two texts are taken for strangers: the whole of the one gone, the whole of the other new. */
const MOST_EDITS = 800;

/**
 * The shortest way from one text to another, line by line (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986).
 * Texts with thousands of differing lines are not compared: what comes back is then true, and useless.
 */
export function lineDiff(before: string, after: string): DiffLine[] {
  const a = linesOf(before);
  const b = linesOf(after);
  const trail = editTrail(a, b);
  return trail === null ? [...a.map((text, i) => gone(text, i)), ...b.map((text, i) => added(text, i))] : walkBack(a, b, trail);
}

/** The changed lines with so many unchanged ones around them; each hunk is apart from the next. None when nothing changed. */
export function hunksOf(diff: readonly DiffLine[], context = 3): DiffLine[][] {
  const hunks: DiffLine[][] = [];
  let last = -Infinity;
  for (const [i, line] of diff.entries()) {
    if (!diff.slice(Math.max(0, i - context), i + context + 1).some(({ kind }) => kind !== "same")) continue;
    if (last === i - 1) hunks.at(-1)?.push(line);
    else hunks.push([line]);
    last = i;
  }
  return hunks;
}

/** The hunks as a text that patch tools and people read ("unified"), or the empty text when nothing changed. */
export function unifiedDiff(before: string, after: string): string {
  const marks = { same: " ", gone: "-", new: "+" } as const;
  return hunksOf(lineDiff(before, after))
    .map((hunk) => {
      const range = (side: "before" | "after") => {
        const numbers = hunk.map((line) => line[side]).filter((number) => number > 0);
        return `${String(numbers[0] ?? 0)},${String(numbers.length)}`;
      };
      return [`@@ -${range("before")} +${range("after")} @@`, ...hunk.map(({ kind, text }) => marks[kind] + text)].join("\n");
    })
    .join("\n");
}

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split(/\r?\n/);
const gone = (text: string, i: number): DiffLine => ({ kind: "gone", text, before: i + 1, after: 0 });
const added = (text: string, i: number): DiffLine => ({ kind: "new", text, before: 0, after: i + 1 });

/** For each number of edits, how far down every diagonal one comes; null when more edits are needed than are counted. */
function editTrail(a: readonly string[], b: readonly string[]): Map<number, number>[] | null {
  const trail: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(a.length + b.length, MOST_EDITS); edits++) {
    trail.push(reach);
    reach = new Map(reach);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = comesFromAbove(reach, diagonal, edits) ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reach.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return trail;
    }
  }
  return null;
}

const comesFromAbove = (reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean =>
  diagonal === -edits || (diagonal !== edits && (reach.get(diagonal - 1) ?? 0) < (reach.get(diagonal + 1) ?? 0));

function walkBack(a: readonly string[], b: readonly string[], trail: readonly ReadonlyMap<number, number>[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trail.length - 1; edits >= 0; edits--) {
    const reach = trail[edits] as ReadonlyMap<number, number>;
    const diagonal = x - y;
    const from = comesFromAbove(reach, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const startX = edits === 0 ? 0 : (reach.get(from) ?? 0);
    const startY = edits === 0 ? 0 : startX - from;
    for (; x > startX && y > startY; x--, y--) lines.push({ kind: "same", text: a[x - 1] ?? "", before: x, after: y });
    if (edits === 0) break;
    lines.push(x > startX ? gone(a[x - 1] ?? "", x - 1) : added(b[y - 1] ?? "", y - 1));
    [x, y] = [startX, startY];
  }
  return lines.reverse();
}
