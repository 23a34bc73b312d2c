import { breakOn } from "#lib/ceremony/ceremony";
import type { Body } from "#lib/ceremony/entry";
import { openingOf, type Opening } from "#lib/log/commitment";
import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitValue, newSalt } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";
import type { Transcript } from "./transcript";

type SealRead = Body<"break-begun">["seals"][number];
type Sealed = Result<{ readonly seals: SealRead[]; readonly openings: readonly Opening[] }, Objection>;

export type CountOut = {
  readonly step?: string | undefined;
  readonly present: readonly string[];
  /** What each seal, bag or door is called, and what is read off it. */
  readonly seals: readonly { readonly name: string; readonly value: string }[];
  /** Without any seal: why nothing stays behind that has one. */
  readonly unsealed?: string | undefined;
};
export type CountIn = {
  readonly step?: string | undefined;
  readonly present: readonly string[];
  /** The seals of the count before, by their ids, as somebody else reads them now. */
  readonly seals: readonly { readonly seal: string; readonly value: string }[];
};

/** The room goes for a break: who is counted out, and which seals stay behind. */
export function countOut(room: Room, actor: Actor, ceremony: string, form: CountOut): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (_, { seq }) => {
    const read = commitSeals(room, form.seals.map((one, i) => ({ ...one, seal: `seal-${String(i + 1)}`, place: String(seq), salt: null })));
    if (!read.ok) return read;
    const { seals, openings } = read.value;
    const why = form.unsealed === undefined ? null : readableText(room.world, "unsealed", form.unsealed, "line");
    if (why && !why.ok) return why;
    const because = why && commitValue(`break/${String(seq)}/unsealed`, why.value, newSalt(room.world));
    const body = { step: form.step ?? null, present: [...form.present], seals, unsealed: because?.commitment ?? null };
    return ok({ kind: "break-begun", body, openings: [...openings, ...(because ? [because.opening] : [])] });
  });
}

/**
 * Everybody is back and counted again, by somebody else. A seal that is read again takes the salt of its first reading, so that
 * the same number gives the same commitment, and the rules can compare them without anybody's number standing in the chain.
 */
export function countIn(room: Room, actor: Actor, ceremony: string, form: CountIn): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (transcript) => {
    const before = breakOn(transcript.ceremony)?.begun;
    const again = form.seals.map(({ seal, value }) => ({ seal, value, place: String(before?.seq ?? ""), ...firstReading(transcript, seal) }));
    const read = commitSeals(room, again);
    if (!read.ok) return read;
    const { seals, openings } = read.value;
    return ok({ kind: "break-ended", body: { step: form.step ?? null, present: [...form.present], seals }, openings });
  });
}

/** What a seal was called, and the salt under which it was read. */
function firstReading({ ceremony, openings }: Transcript, seal: string): { readonly name: string; readonly salt: string | null } {
  const first = breakOn(ceremony)?.begun.seals.find((one) => one.seal === seal);
  const opened = (commitment: SealRead["value"] | undefined) => (commitment ? openingOf(commitment, openings) : null);
  return { name: opened(first?.name)?.value ?? seal, salt: opened(first?.value)?.salt ?? null };
}

type Reading = { readonly seal: string; readonly name: string; readonly value: string; readonly place: string; readonly salt: string | null };

function commitSeals({ world }: Room, readings: readonly Reading[]): Sealed {
  const seals: SealRead[] = [];
  const openings: Opening[] = [];
  for (const { seal, name, value, place, salt } of readings) {
    const called = readableText(world, "name", name, "line");
    if (!called.ok) return called;
    const says = readableText(world, "value", value, "line");
    if (!says.ok) return says;
    const named = commitValue(`break/${place}/${seal}/name`, called.value, newSalt(world));
    const read = commitValue(`break/${place}/${seal}/value`, says.value, salt ?? newSalt(world));
    seals.push({ seal, name: named.commitment, value: read.commitment });
    openings.push(named.opening, read.opening);
  }
  return ok({ seals, openings });
}
