import { type Ceremony, type Deviation, type StepState } from "#lib/ceremony/ceremony";
import { joined } from "#lib/ceremony/told";
import { objectsTold } from "#lib/operations/inventory";
import { namedObject } from "#lib/operations/object-json";
import { valueIn } from "#lib/words/fact-name";
import { haltMeaning } from "#lib/words/halt-meaning";
import type { Words } from "#lib/words/words";
import type { DeviationTexts } from "./room-deviations";
import type { Names } from "./room-names";

/** After these something may be on the token that the operation has made, or has not taken away. */
const STAYS: readonly string[] = ["ATTRIBUTES-DIFFER", "KEY-TEST-FAILED", "KEY-STILL-THERE", "TOKEN-NOT-EMPTY", "RESTORED-TOKEN-STILL-THERE"];

/** Why a step came to a halt, in a sentence; null for one that did not. */
export function haltOf(ceremony: Ceremony, state: StepState, names: Names): string | null {
  const say = names.words.of("room");
  if (state.status === "failed" && state.failure) {
    const { call, name } = state.failure.fault;
    const key = `halt.secret.${name}` as "halt.secret.INTERRUPTED";
    if (say.has(key)) return say(key);
    const meaning = haltMeaning(name, names.words);
    if (meaning === null) return say("halt.token", { call, name });
    return say(STAYS.includes(name) ? "halt.stays" : "halt.means", { meaning, call, name });
  }
  if (state.status !== "refused") return null;
  const refusal = state.refusals[0];
  if (!refusal && state.step.kind === "operation")
    return say("halt.stopped");
  if (!refusal) return state.step.kind === "sign-off" ? say("halt.unsigned") : haltOfReading(ceremony, state, names);
  const reason = refusal.statement.remark ? names.text(refusal.statement.remark) : say("halt.noReason");
  return say("halt.refused", { name: names.name(refusal.person), reason });
}

/** Two readings differ, as their sheet says, which stands open until somebody completes it; or somebody was replaced while they read. */
function haltOfReading({ openSheet, deviations }: Ceremony, { opening }: StepState, { words }: Names): string {
  const say = words.of("room");
  if (openSheet) return say("halt.differ", { number: openSheet.number });
  const noted = deviations.find(({ opened }) => (opened?.readings[0]?.seq ?? 0) > (opening?.seq ?? 0));
  return noted ? say("halt.differed", { number: noted.number }) : say("halt.replaced");
}

type Seam = Extract<Deviation["body"], { readonly code: string }>;

/** What the worker noted by itself, as a sheet says it. */
export function seamTexts({ code, facts }: Seam, words: Words): DeviationTexts {
  const say = words.of("room");
  const told = Object.entries(facts).map(([name, value]) => {
    const key = `seam.fact.${name}` as "seam.fact.name";
    return `${say.has(key) ? say(key) : name}: ${factOfSeam(name, value, words)}.`;
  });
  return {
    expected: say(code === "inventory-differs" ? "seam.expectedInventory" : "seam.expectedWork"),
    happened: [say(`seam.${code}`), ...told].join(" "),
    decided: say("seam.decided"),
  };
}

/** What the worker noted beside what it saw: objects by their class in the reader's language, and what a stable name means. */
function factOfSeam(name: string, value: string | number | boolean, words: Words): string {
  const text = String(value);
  switch (name) {
    case "parts":
      return valueIn(joined(text.split(", ").map(namedObject), ", "), words);
    case "appeared":
    case "vanished":
    case "altered":
      return valueIn(objectsTold(text), words);
    case "why": {
      const meaning = haltMeaning(text, words);
      return meaning === null ? text : `${text} (${meaning.replace(/\.$/, "")})`;
    }
    default:
      return text;
  }
}
