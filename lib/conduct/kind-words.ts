import type { EntryKind } from "#lib/ceremony/entry";
import { english, type English } from "#lib/words/english";
import type { Words } from "#lib/words/words";
import type { AuditKind } from "./audit-kind";

type InWords = English["logKinds"];
/** A kind without words does not compile. */
const entries: Readonly<Record<EntryKind, string>> = english.logKinds.entry;
const events: Readonly<Record<AuditKind, string>> = english.logKinds.event;

const isOf = <K extends string>(kinds: Readonly<Record<K, string>>, kind: string): kind is K => Object.hasOwn(kinds, kind);

/** What kind of entry or event it is, in words; null for a kind that this edition does not know. */
export function kindInWords(kind: string, words: Words): string | null {
  const said = words.of("logKinds");
  if (isOf(entries, kind)) return said(`entry.${kind}`);
  return isOf(events, kind) ? said(`event.${kind}`) : null;
}

export type KindChoice = { readonly kind: string; readonly said: string };

/** Every kind that a line of the log can be of, entries apart from events, each in the order of the language's alphabet. */
export function kindChoices(words: Words): Readonly<Record<"entry" | "event", readonly KindChoice[]>> {
  const said = words.of("logKinds");
  const sorted = (choices: readonly KindChoice[]) => [...choices].sort((a, b) => a.said.localeCompare(b.said, words.language));
  // Words of a kind that there is not do not compile either.
  const ofEntries = (Object.keys(entries) as (keyof InWords["entry"])[]).map((kind: EntryKind) => ({ kind, said: said(`entry.${kind}`) }));
  const ofEvents = (Object.keys(events) as (keyof InWords["event"])[]).map((kind: AuditKind) => ({ kind, said: said(`event.${kind}`) }));
  return { entry: sorted(ofEntries), event: sorted(ofEvents) };
}
