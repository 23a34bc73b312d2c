import type { DeskFilter, DeskList } from "./desk-filter";
import type { Matter, MatterOf, NamedDeskFile, NewMatterEvent } from "./matter";
import type { PeopleStore } from "./people-ports";
import type { World } from "./ports";

/** A file to be kept under its hash. */
export type NewDeskFile = Omit<NamedDeskFile, "name"> & { readonly bytes: Uint8Array; readonly by: string };

/** Where matters of the desk are kept: events of the audit trail, each a leaf of the log, and the files they name. */
export interface MatterStore {
  /** Null when there is none of that id. */
  find(matter: string): Promise<Matter | null>;
  all(of: MatterOf): Promise<readonly Matter[]>;
  /** One transaction with the files. "overtaken": somebody else's event has that place, and nothing was kept. */
  note(event: NewMatterEvent, files?: readonly NewDeskFile[]): Promise<"noted" | "overtaken">;
  /** Keeps a file that no event names yet; the same bytes are kept once. */
  keep(file: NewDeskFile): Promise<void>;
  file(sha256: string): Promise<{ readonly size: number; readonly mediaType: string; readonly bytes: Uint8Array } | null>;
}

/** What every verb of the desk stands on. */
export type DeskPorts = {
  readonly people: Pick<PeopleStore, "find">;
  readonly matters: MatterStore;
  readonly world: World;
};

/** The ids that a filter finds, all of them; null when there are more than `most`. */
export type Found = (of: DeskList, filter: DeskFilter, most: number) => Promise<readonly string[] | null>;
