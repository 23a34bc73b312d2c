import type { DeskPorts } from "./desk-ports";
import { mattersFrom, type MatterEvent, type NewMatterEvent } from "./matter";
import type { KnownPerson } from "./people-ports";
import type { Actor } from "./ports";

/** Who sits where in tests of the desk, by the first letters of the roles. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  adam: ["administrator"],
  anna: ["administrator"],
  axel: ["auditor"],
  aura: ["auditor"],
  olga: ["operator"],
  carl: ["custodian"],
  will: ["witness"],
};

export const actor = (person: string, canSign = true): Actor => ({ person, canSign });

/** The desk without a database: events and files in memory, with the rule that each place in a matter is taken once. */
export class MemoryDesk {
  readonly events: MatterEvent[] = [];
  readonly files = new Map<string, { size: number; mediaType: string; bytes: Uint8Array }>();
  now = new Date("2026-11-23T10:00:00.000Z");
  #chance = 0;

  readonly ports: DeskPorts = {
    people: {
      find: async (person) =>
        (ROLES[person] ? { person, roles: ROLES[person], disabled: person === "gone" } : null) as unknown as KnownPerson | null,
    },
    matters: {
      find: async (matter) => mattersFrom(this.events.filter((event) => event.matter === matter))[0] ?? null,
      all: async (of) => mattersFrom(this.events.filter((event) => event.matter.startsWith(`${of}/`))),
      note: async (event, files = []) => {
        if (this.events.some(({ matter, n }) => matter === event.matter && n === event.n)) return "overtaken";
        for (const file of files) this.files.set(file.sha256, file);
        this.keepEvent(event);
        return "noted";
      },
      keep: async (file) => {
        this.files.set(file.sha256, file);
      },
      file: async (sha256) => this.files.get(sha256) ?? null,
    },
    world: {
      now: () => this.now,
      random: (bytes) => new Uint8Array(bytes).fill(++this.#chance),
      undrawable: () => [],
    },
  };

  keepEvent(event: NewMatterEvent): void {
    this.events.push({ ...event, event: String(this.events.length + 1), at: this.now.toISOString() });
  }
}
