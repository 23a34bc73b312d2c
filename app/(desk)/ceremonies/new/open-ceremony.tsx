"use client";

import { CircleCheck, Clock3 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "#components/button";
import { SelectField, TextField } from "#components/field";
import { HashHex } from "#components/hash-block";
import { ModeMark } from "#components/mode-mark";
import { Notice } from "#components/notice";
import { PageSection } from "#components/page-heading";
import { useWords } from "#components/words";
import type { Role } from "#lib/ceremony/roles";
import type { RosterLine } from "#lib/conduct/desk";
import type { RehearsalLine } from "#lib/conduct/rehearsal-line";
import { ProblemNotice } from "../../../problem-notice";
import { GoNoGo, type Going } from "../../go-no-go";
import { RehearsalList } from "../../rehearsal-list";
import { useOpening } from "../../use-opening";
import { count, counted, problemsOf, proposeCast, rolesFor, type Cast, type Need } from "./cast";

/** `missing`: how many endorsements it still needs before production may use it. */
type Choice = {
  hash: string;
  missing: number;
  title: string;
  edition: number;
  purpose: string;
  minutes: number;
  needs: readonly Need[];
  /** Closed rehearsals of the same text, and within how many days the script wants one; null where it does not say. */
  rehearsals: readonly RehearsalLine[];
  days: number | null;
  /** Whether the script asks for a go / no-go. */
  goNoGo: boolean;
};

/** What a plan says already. */
export type Planned = Readonly<Record<"plan" | "hash" | "title" | "place", string>> & { readonly cast: Cast };

type OpenProps = { scripts: readonly Choice[]; roster: RosterLine; me: string; planned: Planned | null };

/** Script, title, place and cast, from a plan where there is one; what is wrong with the cast is said while it is put together. */
export function OpenCeremony({ scripts, roster, me, planned }: OpenProps) {
  const words = useWords("opening");
  const [hash, setHash] = useState(planned?.hash ?? (scripts.find(({ missing }) => missing === 0) ?? scripts[0])?.hash ?? "");
  const script = scripts.find((one) => one.hash === hash);
  const needs = script?.needs ?? [];
  const [title, setTitle] = useState(planned?.title ?? "");
  const [place, setPlace] = useState(planned?.place ?? "");
  const [cast, setCast] = useState<Cast>(() => planned?.cast ?? proposeCast(roster.people, needs, me));
  const [going, setGoing] = useState<Going | null>(null);
  const { busy, problem, open } = useOpening();
  const problems = problemsOf(cast, needs, me, words);
  const participants = Object.entries(cast).flatMap(([person, role]) => (role ? [{ person, role }] : []));
  const waits = script?.goNoGo === true && going?.may !== true;

  const choose = (next: string) => {
    setHash(next);
    setCast(proposeCast(roster.people, scripts.find((one) => one.hash === next)?.needs ?? [], me));
  };
  const openIt = () => {
    if (waits || problems.length > 0) return;
    const named = title.trim() === "" ? (script?.title ?? "") : title.trim();
    void open({
      title: named,
      place: place.trim(),
      scriptHash: hash,
      rosterHash: roster.hash,
      participants,
      ...(planned ? { plan: planned.plan } : {}),
      ...(script?.goNoGo && going ? { looked: going.looked } : {}),
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        openIt();
      }}
    >
      <PageSection title={words("script")}>
        <div className="grid gap-5 md:grid-cols-2">
          <SelectField
            label={words("reviewed")}
            value={hash}
            disabled={planned !== null}
            onChange={(event) => {
              choose(event.target.value);
            }}
          >
            {scripts.map((one) => (
              <option key={one.hash} value={one.hash}>
                {words(one.missing > 0 ? "choiceMissing" : "choice", { title: one.title, edition: one.edition })}
              </option>
            ))}
          </SelectField>
          <div className="text-sm">
            <p className="text-quiet">{words("hash")}</p>
            <HashHex hex={hash} />
          </div>
          <TextField
            label={words("name")}
            maxLength={200}
            placeholder={script?.title}
            value={title}
            onChange={(event) => {
              setTitle(event.target.value);
            }}
          />
          <TextField
            label={words("place")}
            required
            maxLength={200}
            placeholder={words("placeExample")}
            value={place}
            onChange={(event) => {
              setPlace(event.target.value);
            }}
          />
        </div>
      </PageSection>
      {script && script.missing > 0 ? (
        <Notice look="wait" title={words("notEndorsed")} className="mb-5">
          <p>
            {words.rich("notEndorsedWhy", {
              n: script.missing,
              page: (text) => (
                <Link href={`/scripts/${script.hash}`} className="underline underline-offset-4">
                  {text}
                </Link>
              ),
            })}
          </p>
        </Notice>
      ) : null}
      {script ? (
        <PageSection title={words("rehearsals")}>
          {script.days === null ? null : <p className="mb-2">{words("rehearsalAsked", { days: script.days })}</p>}
          <RehearsalList lines={script.rehearsals} />
        </PageSection>
      ) : null}
      <PageSection title={words("cast")}>
        <p className="mb-4 flex flex-wrap items-center gap-3">
          {words("fromRoster", { version: roster.version })} <ModeMark mode={roster.mode} />
        </p>
        <ul className="mb-5 flex flex-wrap gap-x-6 gap-y-1" aria-label={words("needs")}>
          {needs.map(({ role, least }) => {
            const enough = count(cast, role) >= least;
            return (
              <li key={role} className="flex items-center gap-1.5">
                {enough ? (
                  <CircleCheck aria-hidden="true" className="size-4" />
                ) : (
                  <Clock3 aria-hidden="true" className="size-4 text-wait" />
                )}
                {words("have", { n: count(cast, role), needed: counted(words, least, role) })}
              </li>
            );
          })}
        </ul>
        <ul className="divide-y divide-rule border-y border-rule">
          {roster.people.map((person) => (
            <CastLine
              key={person.person}
              person={person}
              role={cast[person.person] ?? null}
              onRole={(role) => {
                setCast({ ...cast, [person.person]: role });
              }}
            />
          ))}
        </ul>
      </PageSection>
      {problems.length > 0 ? (
        <Notice look="wait" title={words("cannot")} className="mb-5">
          <ul className="list-disc pl-5">
            {problems.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {script?.goNoGo ? (
        <GoNoGo
          going={{ scriptHash: hash, rosterHash: roster.hash, participants, plan: planned?.plan }}
          title={words("goNoGo")}
          onChange={setGoing}
        />
      ) : null}
      <ProblemNotice problem={problem} className="mb-5" />
      <Button
        look="turn"
        size="large"
        type="submit"
        disabled={waits || problems.length > 0 || (script?.missing ?? 0) > 0}
        aria-disabled={busy}
      >
        {words(busy ? "opening" : "open")}
      </Button>
    </form>
  );
}

type LineProps = { person: RosterLine["people"][number]; role: Role | null; onRole: (role: Role | null) => void };

/** Somebody of the roster, and what they do in the ceremony. */
export function CastLine({ person, role, onRole }: LineProps) {
  const words = useWords("opening");
  const named = useWords("roles");
  const roles = rolesFor(person);
  return (
    <li className="grid items-center gap-x-4 gap-y-1 py-2 sm:grid-cols-[1fr_14rem]">
      <span className="min-w-0">
        <span className="font-semibold">{person.name}</span> <span className="text-quiet">{person.title}</span>
        {person.passkeys === 0 ? (
          <span className="block text-sm text-wait">{words("noPasskey")}</span>
        ) : null}
      </span>
      <select
        aria-label={words("roleOf", { name: person.name })}
        className="min-h-11 w-full rounded-[3px] border border-edge bg-sheet px-3"
        value={role ?? ""}
        onChange={(event) => {
          onRole(roles.find((one) => one === event.target.value) ?? null);
        }}
      >
        <option value="">{words("noRole")}</option>
        {roles.map((one) => (
          <option key={one} value={one}>
            {named(one)}
          </option>
        ))}
      </select>
    </li>
  );
}
