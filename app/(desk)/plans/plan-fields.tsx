"use client";

import { useSyncExternalStore } from "react";
import { TextField } from "#components/field";
import { useWords } from "#components/words";
import type { RosterLine } from "#lib/conduct/desk";
import { CastLine } from "../ceremonies/new/open-ceremony";
import { counted, count, type Cast, type Need } from "../ceremonies/new/cast";
import { zoneHere } from "./local-time";

export type Draft = {
  readonly title: string;
  readonly startsAt: string;
  readonly minutes: string;
  readonly room: string;
  readonly standbyAt: string;
  readonly cast: Cast;
};

const never = () => () => undefined;

/** The zone of this device; the server cannot know it. */
export const useZoneHere = (): string => useSyncExternalStore(never, zoneHere, () => "UTC");

type FieldsProps = {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  people: RosterLine["people"];
  needs: readonly Need[];
  /** How long the script takes. */
  rehearsed: number;
};

/** When, where and with whom: the same when a ceremony is planned and when that changes. */
export function PlanFields({ draft, onDraft, people, needs, rehearsed }: FieldsProps) {
  const words = useWords("plans");
  const opening = useWords("opening");
  const zone = useZoneHere();
  const field = (name: Exclude<keyof Draft, "cast">) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => {
      onDraft({ ...draft, [name]: event.target.value });
    },
  });
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField label={words("title")} required maxLength={120} {...field("title")} />
        <TextField label={words("room")} required maxLength={200} {...field("room")} />
        <TextField label={words("startsAt")} type="datetime-local" required hint={words("startsAtHint", { zone })} {...field("startsAt")} />
        <TextField
          label={words("minutes")}
          type="number"
          required
          min={5}
          max={1440}
          hint={words("minutesHint", { minutes: rehearsed })}
          {...field("minutes")}
        />
        <TextField label={words("standbyAt")} type="datetime-local" hint={words("standbyHint")} {...field("standbyAt")} />
      </div>
      <fieldset>
        <legend className="mb-1 text-sm font-semibold">{words("cast")}</legend>
        <p className="mb-2 text-sm text-quiet">
          {needs.map(({ role, least }) => `${String(count(draft.cast, role))} / ${counted(opening, least, role)}`).join(" · ")}
        </p>
        <ul className="divide-y divide-rule border-y border-rule">
          {people.map((person) => (
            <CastLine
              key={person.person}
              person={person}
              role={draft.cast[person.person] ?? null}
              onRole={(role) => {
                onDraft({ ...draft, cast: { ...draft.cast, [person.person]: role } });
              }}
            />
          ))}
        </ul>
      </fieldset>
    </>
  );
}
