import type { Words } from "#lib/words/words";
import { csvLines } from "./csv-lines";
import { attestationText, eventText, placeText, type ReportSources } from "./key-report-texts";
import type { KeySight } from "./register-view";

/** Every key there is and was with its whole history, one a line, in the reader's language, times in UTC. */
export function registerCsv(keys: readonly KeySight[], sources: ReportSources, words: Words): string {
  const say = words.of("keys");
  const rows = keys.map((sight) => columnsOf(sight, sources, words));
  const heads = rows[0]?.map(([column]) => say(`csv.${column}`)) ?? [];
  return csvLines([heads, ...rows.map((row) => row.map(([, value]) => value))]);
}

/** Where a field holds several, each is on a line of its own. */
const LINE = "\n";
const days = (n: number | null): string => (n === null ? "" : String(n));

function columnsOf({ key, owner, purpose, tokens, may }: KeySight, sources: ReportSources, words: Words) {
  const say = words.of("keys");
  const { nameOf, recordOf } = sources;
  const { born } = key;
  const backups = key.backups.map(({ backup, restored }) => (restored ? say("report.restored", { backup, at: restored.at }) : backup));
  return [
    ["key", key.key],
    ["label", key.label],
    ["kind", say(`kind.${key.kind}`)],
    ["algorithm", key.algorithm],
    ["state", say(`state.${key.state}`)],
    ["since", key.stateSince],
    ["born", born.at],
    ["ceremony", born.ceremony],
    ["record", recordOf(born.ceremony) ?? ""],
    ["outcome", born.entry],
    ["scriptName", `${born.script.script} ${String(born.script.edition)}`],
    ["script", born.script.hash],
    ["recorder", born.recorder],
    ["fingerprint", key.spkiSha256 ?? key.checkValue ?? ""],
    ["tokens", tokens.join(" ")],
    ["attributes", key.places.map((place) => placeText(place, words)).join(LINE)],
    ["attestation", attestationText(key, words)],
    ["files", born.files.join(LINE)],
    ["uses", key.uses.map((use) => say(`use.${use}`)).join(" ")],
    ["may", may.map((use) => say(`use.${use}`)).join(" ")],
    ["environment", say(`environment.${key.environment}`)],
    ["owner", owner ?? ""],
    ["purpose", purpose ?? ""],
    ["cryptoperiodDays", days(key.cryptoperiodDays)],
    ["processingDays", days(key.processingDays)],
    ["activeSince", key.activeSince ?? ""],
    ["endsAt", key.endsAt ?? ""],
    ["processedUntil", key.processedUntil ?? ""],
    ["compromised", say(key.compromised ? "csv.yes" : "csv.no")],
    ["approvedBy", born.approvedBy.map(nameOf).join("; ")],
    ["backups", backups.join(LINE)],
    ["destroyed", key.destroyed?.at ?? ""],
    ["history", key.history.map((event) => eventText(event, sources, words)).join(LINE)],
  ] as const;
}
