import type { RoomView } from "#lib/conduct/room";
import type { roomConsole } from "#lib/words/en/console";
import { deviationNow } from "./deviation-about";
import { may } from "./may";
import type { RoomSheet } from "./room-sheet";

/** What a key of the room does. */
export type RoomCommand =
  | { readonly does: "move"; readonly by: 1 | -1 }
  /** To what is asked of me, wherever the keyboard is. */
  | { readonly does: "go" }
  /** Initials under the step that the keyboard is at. */
  | { readonly does: "initial" }
  | { readonly does: "sheet"; readonly sheet: RoomSheet };

type RoomKey = {
  readonly key: string;
  /** Its name in the list of keys. */
  readonly about: keyof typeof roomConsole.keys;
  /** For whom it stands in the list; what it does now is said by `command`. */
  readonly isFor: (view: RoomView) => boolean;
  readonly command: (view: RoomView) => RoomCommand | null;
};

const all = () => true;
const sheet = (one: RoomSheet): RoomCommand => ({ does: "sheet", sheet: one });
const takesPart = ({ me }: RoomView) => me !== null && me.role !== "auditor";
const isWitness = ({ me }: RoomView) => me?.role === "witness";

/** Whoever leads the room, and has the console. */
export const leads = ({ me }: Pick<RoomView, "me">): boolean => me?.role === "operator" || me?.role === "administrator";

/**
 * The keys of the room, each a letter without Ctrl, Alt or Meta, where browsers and screen readers have theirs. A screen reader
 * that reads keeps single letters for itself, and the list says how to switch these off (WCAG 2.1.4).
 */
export const ROOM_KEYS: readonly RoomKey[] = [
  { key: "n", about: "go", isFor: (view) => takesPart(view) || view.hands !== null, command: () => ({ does: "go" }) },
  { key: "j", about: "next", isFor: all, command: () => ({ does: "move", by: 1 }) },
  { key: "k", about: "previous", isFor: all, command: () => ({ does: "move", by: -1 }) },
  { key: "c", about: "console", isFor: leads, command: (view) => (leads(view) ? sheet({ kind: "console" }) : null) },
  {
    key: "d",
    about: "deviation",
    isFor: takesPart,
    command: (view) => (may(view, "note-deviation") ? sheet(deviationNow(view)) : null),
  },
  { key: "i", about: "initial", isFor: isWitness, command: (view) => (isWitness(view) ? { does: "initial" } : null) },
  { key: "w", about: "notebook", isFor: isWitness, command: (view) => (isWitness(view) ? sheet({ kind: "notebook" }) : null) },
  { key: "b", about: "break", isFor: ({ me }) => me?.role === "operator" || me?.role === "witness", command: breakSheet },
  { key: "s", about: "stop", isFor: ({ me }) => me !== null, command: (view) => (may(view, "stop") ? sheet({ kind: "stop" }) : null) },
  { key: "p", about: "people", isFor: all, command: () => sheet({ kind: "people" }) },
  { key: "?", about: "list", isFor: all, command: () => sheet({ kind: "help" }) },
];

function breakSheet(view: RoomView): RoomCommand | null {
  const kind = (["begin-break", "end-break"] as const).find((act) => may(view, act));
  return kind ? sheet({ kind }) : null;
}

/** What a key does for this person now; null where it does nothing. */
export const commandOf = (pressed: string, view: RoomView): RoomCommand | null =>
  ROOM_KEYS.find(({ key }) => key === pressed)?.command(view) ?? null;
