import type { DeskFilter, DeskList } from "./desk-filter";

/** A file of the desk, as an event names it. */
export type NamedDeskFile = { readonly name: string; readonly sha256: string; readonly size: number; readonly mediaType: string };

/** What each kind of event of a matter says, beside which matter it is and its place in it. */
export type MatterFacts = {
  "sample-announced": {
    readonly of: DeskList;
    readonly filter: DeskFilter;
    readonly population: string;
    readonly members: number;
    readonly size: number;
    /** `wordsCommitment` of what the auditor will show. */
    readonly words: string;
  };
  "sample-drawn": {
    readonly words: string;
    readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: string };
    readonly seed: string;
    readonly drawn: readonly string[];
  };
  "documents-requested": { readonly text: string; readonly due: string };
  "documents-answered": { readonly text: string; readonly files: readonly NamedDeskFile[] };
  "documents-received": { readonly remark: string };
  "hold-asked": { readonly ceremony: string; readonly reason: string };
  "hold-set": { readonly ceremony: string };
  "hold-declined": { readonly ceremony: string };
  "hold-lift-asked": { readonly ceremony: string; readonly reason: string };
  "hold-lifted": { readonly ceremony: string };
  "hold-kept": { readonly ceremony: string };
  "record-destruction-ordered": { readonly ceremony: string; readonly reason: string };
  "record-destruction-withdrawn": { readonly ceremony: string };
  "record-destroyed": { readonly ceremony: string; readonly certificate: string };
  "record-renewed": { readonly ceremony: string; readonly file: NamedDeskFile; readonly endsAt: string };
  "audit-file-closed": {
    readonly title: string;
    readonly manifest: string;
    readonly archive: NamedDeskFile;
    readonly records: readonly string[];
    readonly events: number;
  };
};
export type MatterKind = keyof MatterFacts;

/** Which kinds of event make which kind of matter; a matter's id begins with it. */
export const MATTER_KINDS = {
  sample: ["sample-announced", "sample-drawn"],
  request: ["documents-requested", "documents-answered", "documents-received"],
  hold: ["hold-asked", "hold-set", "hold-declined", "hold-lift-asked", "hold-lifted", "hold-kept"],
  destruction: ["record-destruction-ordered", "record-destruction-withdrawn", "record-destroyed"],
  renewal: ["record-renewed"],
  file: ["audit-file-closed"],
} as const satisfies Readonly<Record<string, readonly MatterKind[]>>;
export type MatterOf = keyof typeof MATTER_KINDS;

/** An event of a matter, as it is kept in the audit trail; `event` is its number there. */
export type MatterEvent<K extends MatterKind = MatterKind> = {
  readonly [Kind in K]: {
    readonly event: string;
    readonly at: string;
    readonly kind: Kind;
    readonly by: string;
    readonly matter: string;
    readonly n: number;
    readonly facts: MatterFacts[Kind];
  };
}[K];

/** An event to be noted. `n` is the place after the last one its author saw: when that is taken, somebody was faster. */
export type NewMatterEvent<K extends MatterKind = MatterKind> = { readonly [Kind in K]: Pick<MatterEvent<Kind>, "kind" | "by" | "matter" | "n" | "facts"> }[K];

/** A matter as its events made it, oldest first, at least one. */
export type Matter = { readonly matter: string; readonly events: readonly [MatterEvent, ...MatterEvent[]] };

/** Events, in their order, as the matters they make; those that changed last come first. */
export function mattersFrom(events: readonly MatterEvent[]): Matter[] {
  const found = new Map<string, [MatterEvent, ...MatterEvent[]]>();
  for (const event of events) {
    const known = found.get(event.matter);
    if (known) known.push(event);
    found.delete(event.matter);
    found.set(event.matter, known ?? [event]);
  }
  return [...found].reverse().map(([matter, of]) => ({ matter, events: of }));
}

/** The newest event of a kind in a matter, or null. */
export function lastIn<K extends MatterKind>({ events }: Matter, kind: K): MatterEvent<K> | null {
  return (events.findLast((event) => event.kind === kind) as MatterEvent<K> | undefined) ?? null;
}

/** The last event of all. */
export const newestOf = ({ events }: Matter): MatterEvent => events.at(-1) ?? events[0];

/** The place of the next event of a matter; 1 where there is none yet. */
export const nextPlace = (matter: Matter | null): number => (matter === null ? 1 : newestOf(matter).n + 1);
