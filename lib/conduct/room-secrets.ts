import type { Ceremony, StepState } from "#lib/ceremony/ceremony";
import { entryBytes, type Entry } from "#lib/ceremony/entry";
import { awaitedParts, heldApart, heldOther, isPart, secretsAsked } from "#lib/ceremony/secret-parts";
import { text } from "#lib/log/digest";
import type { MyAct } from "./my-act";
import type { RoomBook, SecretsView } from "./room";
import type { Names } from "./room-names";
import { secretTitle } from "./secret-title";

/** The call for secrets that is open, and who has entered which part for it; null where none is awaited or in use. */
export function secretsView(
  ceremony: Ceremony,
  state: StepState,
  entries: readonly Entry[],
  names: Names,
  book: RoomBook,
): SecretsView | null {
  const { invitation, opening } = state;
  const call = invitation && entries.find(({ seq }) => seq === invitation.seq);
  if (!call || !opening || !ceremony.recorder || state.status !== "open") return null;
  const { spki, certificate } = ceremony.recorder.recorder;
  return {
    call: text(entryBytes(call)),
    calledAt: invitation.at,
    nonce: opening.nonce,
    recorder: { spki, certificate },
    list: titled(state, book, names).map(({ name, title, ...asked }) => ({
      secret: name,
      title,
      apart: heldApart(ceremony, asked).map(names.name),
      parts: ([1, 2] as const).map((part) => {
        const entered = state.parts.find((one) => isPart(one, { secret: name, part }));
        return { part, name: entered ? names.name(entered.person) : null, at: entered?.at ?? null };
      }),
    })),
  };
}

/** The secrets of a step, each with its title in the reader's language. */
function titled(state: StepState, book: RoomBook, { words }: Names) {
  return secretsAsked(state, book).map((secret) => ({ ...secret, title: secretTitle(secret, words.language) }));
}

/**
 * The parts that this custodian may enter now: those that are missing of every secret of which they have entered none, nor the
 * other one before in this ceremony, nor any part of the other PIN of the token.
 */
export function partsFor(ceremony: Ceremony, state: StepState, person: string, book: RoomBook, names: Names): MyAct[] {
  const { invitation, step } = state;
  if (!invitation) return [];
  const asked = titled(state, book, names);
  return awaitedParts(state, book)
    .filter(({ secret }) => !state.parts.some((one) => one.secret === secret && one.person === person))
    .flatMap(({ secret, part }): MyAct[] => {
      const limits = invitation.secrets.find((one) => one.secret === secret);
      const about = asked.find(({ name }) => name === secret);
      if (!limits || !about || heldApart(ceremony, about).includes(person)) return [];
      if (heldOther(ceremony, about, part).includes(person)) return [];
      const { least, most } = limits;
      return [
        {
          act: "enter-part",
          step: step.step,
          secret,
          part,
          title: about.title,
          chosen: about.chosen,
          token: about.pinOf ?? null,
          least,
          most,
        },
      ];
    });
}
