import { logOriginOf } from "#lib/log/origin";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { checkUses, checkUsesOf, type CheckedDay, type UseFinding } from "#worker/log/check-uses";
import { NotDone, type ExitCode } from "./command";
import { atConsole, recorderKey } from "./log-console";

/**
 * `claviger log uses [DAY]`: the uses of keys on one day, or on all that were counted, counted again and held against what the recorder
 * sealed and the log has. Throws NotDone with every kind of use named that is not what it was.
 */
export const checkCountedUses = (day: string | null): Promise<ExitCode> =>
  atConsole(async ({ env, store, memory, state }) => {
    const origin = logOriginOf(env.log.origin, "production");
    if (memory.recall(origin) === null) throw new NotDone(`Nothing is remembered here of ${origin}, so nothing can be compared: claviger log trust`);
    const parts = { uses: store.uses, store: store.log, memory, recorderSpki: recorderKey(state), verifier: webCryptoVerifier };
    let [wrong, days, uses] = [0, 0, 0];
    const tell = (checked: CheckedDay): void => {
      days += 1;
      uses += checked.uses;
      wrong += checked.findings.length;
      for (const finding of checked.findings) console.log(`✗ ${checked.day}: ${sentence(finding)}`);
      if (checked.waits) console.log(`  ${checked.day}: its leaf waits for the log`);
    };
    if (day !== null) tell(await checkUsesOf(parts, env.log.origin, day));
    else for await (const checked of checkUses(parts, env.log.origin)) tell(checked);
    if (wrong > 0) {
      throw new NotDone(`${String(wrong)} ${wrong === 1 ? "count is" : "counts are"} not what was sealed and logged. Keep the database as it is, and compare it with its backups.`);
    }
    console.log(days === 0 ? "No day has been counted yet." : `${String(uses)} uses on ${String(days)} ${days === 1 ? "day" : "days"} are what was counted, sealed and logged.`);
    return 0;
  });

const HOW: Readonly<Record<Exclude<UseFinding["how"], "differs">, string>> = {
  "not-counted": "was not counted",
  "not-sealed": "what is kept as its counts was not sealed by this recorder",
  "not-in-the-log": "its counts are in no event that the log has, and wait for none",
  "counted-otherwise": "an event says that it was counted otherwise: it was counted twice, and uses of it may be gone",
  "uncounted-rows": "there are uses of days before it, which were never counted",
};

function sentence(finding: UseFinding): string {
  if (finding.how !== "differs") return HOW[finding.how];
  const { of, sealed, now } = finding.count;
  const whose = [of.account ?? "nobody known", of.operation, of.key ? `key ${of.key.slice(0, 16)}` : "no key", of.result].join(", ");
  const [before, after] = [sealed, now].map((count) => (count ? `${String(count.uses)} in ${String(count.rows)} rows` : "none"));
  return before === after ? `${whose}: ${String(before)} as counted, and not the same rows` : `${whose}: ${String(after)}, and ${String(before)} when it was counted`;
}
