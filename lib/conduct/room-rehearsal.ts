import type { Ceremony } from "#lib/ceremony/ceremony";
import type { RehearsedView } from "./room";
import type { Names } from "./room-names";
import { differenceSentence } from "./rehearsal-line";

/** The rehearsal that the opening names, as the app told it; null where it names none. */
export function rehearsedView({ readiness }: Ceremony, names: Names): RehearsedView | null {
  const rehearsal = readiness?.rehearsal;
  if (!rehearsal) return null;
  const { ceremony, head, closedAt, told } = rehearsal;
  const say = names.words.of("rehearsed");
  return {
    ceremony,
    head,
    closedAt,
    told: told
      ? {
          minutes: told.minutes,
          people: told.people.map(names.text),
          differed: told.differed.map((one) =>
            differenceSentence({ ...one, happened: one.happened && names.text(one.happened) }, say),
          ),
        }
      : null,
  };
}
