import type { KeyState } from "#lib/ceremony/key-states";
import type { KeySight } from "#lib/conduct/register-view";
import type { AreaWords } from "#lib/words/words";

/** Lines of the drawing, in its own units. */
const ROW = 46;
const TOP = 50;
const WIDTH = 1000;
const BAR = 12;
const LEFT = 6;
const RIGHT = WIDTH - 6;

const DAY_MS = 86_400_000;

/** From first to last of what is drawn, with some room, and never less than a month. */
function spanOf(keys: readonly KeySight[], now: number): readonly [number, number] {
  const times = keys.flatMap(({ key }) =>
    [key.born.at, key.endsAt, key.processedUntil, key.destroyed?.at].flatMap((at) => (at ? [Date.parse(at)] : [])),
  );
  const [from, to] = [Math.min(now, ...times), Math.max(now, ...times)];
  const room = Math.max(to - from, 30 * DAY_MS) * 0.06;
  return [from - room, Math.max(to, from + 30 * DAY_MS) + room];
}

type Piece = { readonly from: number; readonly to: number; readonly look: "protects" | "processes" | "waits" };

/** What a key was and will be able to do, piece by piece: as its history says, then as its periods do. */
function piecesOf({ key }: KeySight, now: number, last: number): Piece[] {
  const ends = key.endsAt === null ? last : Date.parse(key.endsAt);
  const processed = key.processedUntil === null ? last : Date.parse(key.processedUntil);
  const gone = key.destroyed ? Date.parse(key.destroyed.at) : last;
  const changes = key.history.flatMap((one) => (one.what === "changed" && one.from !== one.to ? [{ at: Date.parse(one.at), to: one.to }] : []));
  const points: readonly { readonly at: number; readonly state: KeyState }[] = [
    { at: Date.parse(key.born.at), state: "pre-activation" },
    ...changes.map(({ at, to }) => ({ at, state: to })),
    ...(key.destroyed ? [{ at: gone, state: "destroyed" as const }] : []),
  ];
  const pieces = points.flatMap(({ at, state }, i): Piece[] => {
    const until = points[i + 1]?.at ?? null;
    const piece = (from: number, to: number, look: Piece["look"]): Piece[] => (to > from ? [{ from, to, look }] : []);
    if (state === "active") {
      const end = Math.min(until ?? ends, ends);
      return [...piece(at, end, "protects"), ...piece(Math.max(at, end), until ?? processed, "processes")];
    }
    if (state === "deactivated") return piece(at, until ?? processed, "processes");
    return state === "destroyed" ? [] : piece(at, until ?? (state === "compromised" ? Math.max(now, at) : now), "waits");
  });
  return pieces;
}

type PictureProps = { keys: readonly KeySight[]; at: string; words: AreaWords<"keys">; locale: string };

/**
 * So many lines are seen at a glance, and told one by one; those after them are folded away, and where they are more than that again, it
 * is told how many are in which state.
 */
const AT_A_GLANCE = 40;

/** What must be seen to first comes first: lapsed, lapsing, in use by their end; then what waits, then what is gone. */
const ORDER: readonly KeyState[] = ["active", "suspended", "compromised", "pre-activation", "deactivated", "destroyed"];
const inOrder = (keys: readonly KeySight[]): readonly KeySight[] =>
  [...keys].sort(
    ({ key: a }, { key: b }) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || ((a.endsAt ?? "~") < (b.endsAt ?? "~") ? -1 : a.endsAt === b.endsAt ? 0 : 1),
  );

/**
 * All keys, their states, their tokens and when they must be replaced, as a drawing made by the server: readable on a phone, at the
 * projector, on paper and by a screen reader, in whatever colours the page has. Of very many the first that matter, and the others folded.
 */
export function KeyPicture({ keys, at, words, locale }: PictureProps) {
  const span = spanOf(keys, Date.parse(at));
  const sorted = keys.length > AT_A_GLANCE ? inOrder(keys) : keys;
  const rest = sorted.slice(AT_A_GLANCE);
  const drawn = { at, span, words, locale };
  return (
    <figure className="mb-10">
      <figcaption className="mb-3 max-w-prose text-sm text-quiet">{words("picture.about")}</figcaption>
      <Drawing {...drawn} keys={sorted.slice(0, AT_A_GLANCE)} hatch="processes" />
      {rest.length > 0 ? (
        <details>
          <summary className="min-h-11 cursor-pointer py-2">{words("picture.rest", { n: rest.length })}</summary>
          <Drawing {...drawn} keys={rest} hatch="processes-rest" />
        </details>
      ) : null}
    </figure>
  );
}

type DrawingProps = PictureProps & { span: readonly [number, number]; hatch: string };

function Drawing({ keys, at, span: [from, to], hatch, words, locale }: DrawingProps) {
  const now = Date.parse(at);
  const x = (time: number) => Math.round((LEFT + ((time - from) / (to - from)) * (RIGHT - LEFT)) * 10) / 10;
  const day = (time: string | number) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(time));
  const height = TOP + keys.length * ROW + 6;
  const told = keys.length > AT_A_GLANCE ? counted(keys, words) : keys.map((one) => sentenceOf(one, words, day));
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={words("picture.title")}>
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
        role="img"
        aria-label={told.join("; ")}
        className="h-auto w-full min-w-[40rem] text-ink"
      >
        <defs>
          <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="7" stroke="currentColor" strokeWidth="2.4" />
          </pattern>
        </defs>
        <text x={x(now)} y={34} textAnchor={anchorAt(x(now))} fontSize="14" fontWeight="700" fill="var(--turn)">
          {words("picture.now")}
        </text>
        <text x={LEFT} y={14} fontSize="13" fill="var(--quiet)">
          {day(from)}
        </text>
        <text x={RIGHT} y={14} textAnchor="end" fontSize="13" fill="var(--quiet)">
          {day(to)}
        </text>
        {keys.map((one, row) => (
          <Row
            key={one.key.key}
            sight={one}
            y={TOP + row * ROW}
            x={x}
            now={x(now)}
            pieces={piecesOf(one, now, to)}
            state={words(`state.${one.key.state}`)}
            hatch={hatch}
          />
        ))}
      </svg>
    </div>
  );
}

const sentenceOf = ({ key }: KeySight, words: AreaWords<"keys">, day: (time: string) => string): string =>
  words("picture.text", {
    label: key.label,
    state: words(`state.${key.state}`),
    since: day(key.stateSince),
    ends: key.endsAt === null ? "" : words("picture.ends", { at: day(key.endsAt) }),
  });

/** How many there are, in each state and due; one by one they are in the list below. */
function counted(keys: readonly KeySight[], words: AreaWords<"keys">): readonly string[] {
  const states = ORDER.map((state) => [words(`state.${state}`), keys.filter(({ key }) => key.state === state).length] as const);
  const due = keys.filter((one) => one.due !== null).length;
  return [
    words("picture.counted", { n: keys.length, due }),
    ...states.flatMap(([state, n]) => (n > 0 ? [words("picture.inState", { n, state })] : [])),
  ];
}

/** A word near an edge stays inside of it. */
const anchorAt = (x: number) => (x < 40 ? "start" : x > WIDTH - 40 ? "end" : "middle");

type RowProps = { sight: KeySight; y: number; x: (time: number) => number; now: number; pieces: readonly Piece[]; state: string; hatch: string };

function Row({ sight: { key, tokens, due }, y, x, now, pieces, state, hatch }: RowProps) {
  const alarm = key.state === "compromised" || due === "lapsed" ? "var(--halt)" : due === "lapsing" ? "var(--wait)" : "currentColor";
  const bar = y + 20;
  return (
    <g>
      <text x={LEFT} y={y + 12} fontSize="14" fill="currentColor">
        <tspan className="measured" fontWeight="600">
          {key.label}
        </tspan>
        <tspan fill={alarm === "currentColor" ? "var(--quiet)" : alarm} dx="10">
          {[state, ...tokens].join(" · ")}
        </tspan>
      </text>
      <line x1={LEFT} x2={RIGHT} y1={bar + BAR / 2} y2={bar + BAR / 2} stroke="var(--rule)" strokeWidth="1" />
      {pieces.map(({ from, to, look }) => {
        const place = { x: x(from), y: bar, width: Math.max(2, x(to) - x(from)), height: BAR, rx: 2 };
        if (look === "protects") return <rect key={from} {...place} fill={alarm} />;
        if (look === "processes") {
          return <rect key={`${String(from)}p`} {...place} fill={`url(#${hatch})`} stroke="currentColor" strokeWidth="1" />;
        }
        return <rect key={`${String(from)}w`} {...place} fill="none" stroke={alarm} strokeWidth="1.6" strokeDasharray="2 4" />;
      })}
      <line x1={now} x2={now} y1={bar - 5} y2={bar + BAR + 5} stroke="var(--turn)" strokeWidth="2" />
      {key.endsAt !== null && (key.state === "active" || key.state === "suspended") ? (
        <line x1={x(Date.parse(key.endsAt))} x2={x(Date.parse(key.endsAt))} y1={bar - 4} y2={bar + BAR + 4} stroke={alarm} strokeWidth="3" />
      ) : null}
      {key.destroyed ? (
        <path
          d={`M${String(x(Date.parse(key.destroyed.at)) - 5)} ${String(bar)}l10 ${String(BAR)}m0 ${String(-BAR)}l-10 ${String(BAR)}`}
          stroke="currentColor"
          strokeWidth="2.4"
        />
      ) : null}
    </g>
  );
}
