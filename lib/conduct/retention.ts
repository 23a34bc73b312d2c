/** A key that a ceremony made or worked on, as far as the ceremonies here know it. */
export type KeyLife = { readonly label: string; readonly ckaId: string; readonly destroyedAt: string | null };
/** All of a ceremony's; "unknown" where its transcript could not be read. */
export type KeyLives = readonly KeyLife[] | "unknown";

/** How a legal hold stands: none, asked for, in force, or asked to be lifted. Only "none" lets anything be destroyed. */
export type HoldState = "none" | "asked" | "set" | "lift-asked";

export type Retention = {
  /** When seven years are over since the ceremony ended. */
  readonly sevenYears: string;
  /** When two years are over since the last of its keys was destroyed; "while keys live" where one is not; null without keys. */
  readonly afterKeys: string | "while keys live" | "unknown" | null;
  /** The later of the two; null while it cannot be known. */
  readonly until: string | null;
};

/** The longest of the rules that house after house brings along, so that one answer fits them all (decision 0077). */
const YEARS_AFTER_CEREMONY = 7;
const YEARS_AFTER_KEY = 2;

/** The same moment, so many years later; the 29th of February becomes the 1st of March. */
export function yearsAfter(at: string, years: number): string {
  const moment = new Date(at);
  moment.setUTCFullYear(moment.getUTCFullYear() + years);
  return moment.toISOString();
}

/** Until when a record is kept: seven years from the end of its ceremony, or two from the destruction of its keys, if that is later. */
export function retentionOf({ endedAt, keys }: { readonly endedAt: string; readonly keys: KeyLives }): Retention {
  const sevenYears = yearsAfter(endedAt, YEARS_AFTER_CEREMONY);
  if (keys === "unknown") return { sevenYears, afterKeys: "unknown", until: null };
  if (keys.length === 0) return { sevenYears, afterKeys: null, until: sevenYears };
  const destroyed = keys.flatMap(({ destroyedAt }) => (destroyedAt === null ? [] : [destroyedAt])).sort();
  const last = destroyed.at(-1);
  if (destroyed.length < keys.length || last === undefined) return { sevenYears, afterKeys: "while keys live", until: null };
  const afterKeys = yearsAfter(last, YEARS_AFTER_KEY);
  return { sevenYears, afterKeys, until: afterKeys > sevenYears ? afterKeys : sevenYears };
}

/** Whether the time of a record is over, whatever holds it besides. */
export const isOver = ({ until }: Retention, now: string): boolean => until !== null && until <= now;

type RegisteredLife = {
  readonly label: string;
  readonly ceremonies: readonly string[];
  readonly places: readonly { readonly ckaId: string }[];
  readonly backups: readonly unknown[];
  readonly destroyed: { readonly at: string } | null;
};

/**
 * The keys of a register that a ceremony did something to, and when they ended; unknown where the register was made without this
 * ceremony. A key of which a backup was made lives on: no outcome says that a backup is gone.
 */
export const keyLivesOf = (
  { keys, read }: { readonly keys: readonly RegisteredLife[]; readonly read: ReadonlySet<string> },
  ceremony: string,
): KeyLives =>
  read.has(ceremony)
    ? keys
        .filter(({ ceremonies }) => ceremonies.includes(ceremony))
        .map(({ label, places, backups, destroyed }) => ({
          ...{ label, ckaId: places[0]?.ckaId ?? "" },
          destroyedAt: backups.length > 0 ? null : destroyed?.at ?? null,
        }))
    : "unknown";
