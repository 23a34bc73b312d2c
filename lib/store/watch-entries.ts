import pg from "pg";

/**
 * Something changed: an entry (`ceremony`, `seq`, its kind), `record-sealed`, `worker-health`, or `resync`: anything may have.
 */
export type Change = { readonly ceremony: string | null; readonly seq: number | null; readonly kind: string };

export type Watch = { stop(): Promise<void> };

const FIRST_WAIT = 100;
const LONGEST_WAIT = 5_000;

/**
 * Listens on PostgreSQL's channel `claviger` by one connection of its own. When that breaks it connects again, waiting
 * longer each time up to five seconds. After every (re)connection it says `resync`, because what was told in between is
 * lost: the listener must look for itself. `onDown` hears when the connection is lost. Never throws.
 */
export function watchEntries(url: string, onChange: (change: Change) => void, onDown: () => void = () => undefined): Watch {
  let stopped = false;
  let wait = FIRST_WAIT;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    if (stopped) return;
    const mine = new pg.Client({
      connectionString: url,
      application_name: "claviger-live",
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client = mine;
    let lost = false;
    const again = () => {
      if (lost) return;
      lost = true;
      void mine.end().catch(() => undefined);
      if (stopped) return;
      onDown();
      timer = setTimeout(() => void connect(), wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
    mine.on("error", again);
    mine.on("end", again);
    mine.on("notification", ({ payload }) => onChange(readChange(payload ?? "")));
    try {
      await mine.connect();
      await mine.query("LISTEN claviger");
    } catch {
      again();
      return;
    }
    wait = FIRST_WAIT;
    onChange({ ceremony: null, seq: null, kind: "resync" });
  };

  const ready = connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
      await ready;
    },
  };
}

/** What the triggers sent. Anyone who may connect may also notify: whatever else arrives only says "look for yourself". */
function readChange(payload: string): Change {
  try {
    const { ceremony, seq, kind } = JSON.parse(payload) as { [member: string]: unknown };
    if (typeof kind === "string") {
      return { ceremony: typeof ceremony === "string" ? ceremony : null, seq: typeof seq === "number" ? seq : null, kind };
    }
  } catch {
    // Not ours.
  }
  return { ceremony: null, seq: null, kind: "resync" };
}
