"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useEffect, useState } from "react";
import { TextField } from "#components/field";
import { PageSection } from "#components/page-heading";
import { useWords } from "#components/words";
import type { GoNoGo as Found } from "#lib/conduct/find-go-no-go";
import type { GoCheck, Looked } from "#lib/conduct/go-no-go";
import type { Role } from "#lib/ceremony/roles";
import { ask, type Problem } from "../ask";
import { ProblemNotice } from "../problem-notice";

/** What a ceremony would be opened with. */
export type GoingFor = {
  readonly scriptHash: string;
  readonly rosterHash: string;
  readonly participants: readonly { readonly person: string; readonly role: Role }[];
  readonly plan?: string | undefined;
};

/** Whether the ceremony can be opened as things stand, and what was looked at in the room: it goes with the opening. */
export type Going = { readonly looked: Looked; readonly may: boolean };

/** What the boxes and fields come to; a device is named by both its numbers or not at all. */
type Ticks = { present: boolean; room: boolean; recording: boolean; backupOn: string; serial: string; firmware: string };
const NOTHING_TICKED: Ticks = { present: false, room: false, recording: false, backupOn: "", serial: "", firmware: "" };
const lookedAt = ({ present, room, recording, backupOn, serial, firmware }: Ticks): Looked => ({
  ...{ present, room, recording },
  backupOn: backupOn === "" ? null : backupOn,
  hsm: serial.trim() === "" || firmware.trim() === "" ? null : { serial: serial.trim(), firmware: firmware.trim() },
});

/** Somebody is still typing for so long. */
const SETTLE_MS = 300;
const LOOK_AGAIN_MS = 10_000;

/**
 * One page's go / no-go: each line green or red with its reason and what to do, found anew as boxes are ticked and as time goes on.
 * Green and red differ in sign and word, not in colour alone.
 */
export function GoNoGo({ going, title, onChange }: { going: GoingFor; title: string; onChange: (going: Going) => void }) {
  const words = useWords("readiness");
  const [ticks, setTicks] = useState(NOTHING_TICKED);
  const [found, setFound] = useState<Found | null>(null);
  const [accepted, setAccepted] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = JSON.stringify({ ...going, looked: lookedAt(ticks) });
  useEffect(() => {
    let wanted = true;
    const look = async () => {
      const answer = await ask<Found>("/api/go-no-go", JSON.parse(asked));
      if (!wanted) return;
      setProblem(answer.ok ? null : answer.problem);
      setFound(answer.ok ? answer.value : null);
    };
    const soon = setTimeout(() => void look(), SETTLE_MS);
    const again = setInterval(() => void look(), LOOK_AGAIN_MS);
    return () => {
      wanted = false;
      clearTimeout(soon);
      clearInterval(again);
    };
  }, [asked]);

  const red = found?.lines.filter(({ go }) => !go) ?? [];
  const demanded = found !== null && found.asked && found.production;
  const may = found !== null && !red.some(({ stops }) => stops) && (!demanded || red.length === 0 || accepted);
  useEffect(() => {
    onChange({ looked: (JSON.parse(asked) as { looked: Looked }).looked, may });
  }, [asked, may, onChange]);

  return (
    <PageSection title={title}>
      <Verdict found={found} red={red.length} />
      <ProblemNotice problem={problem} className="mb-4" />
      <div className="grid gap-x-10 gap-y-5 lg:grid-cols-[18rem_1fr]">
        <LookedForm ticks={ticks} expected={found?.expected ?? null} onTicks={setTicks} />
        <ol aria-label={words("go.heading")} className="divide-y divide-rule self-start border-y border-rule">
          {found?.lines.map((line) => (
            <GoLineRow key={line.line} check={line} />
          ))}
        </ol>
      </div>
      {demanded && red.length > 0 && !red.some(({ stops }) => stops) ? (
        <label className="mt-4 flex min-h-11 items-center gap-3 border-l-4 border-halt px-4 py-2">
          <input
            type="checkbox"
            className="size-6 shrink-0"
            checked={accepted}
            onChange={(event) => {
              setAccepted(event.target.checked);
            }}
          />
          <span>
            {words("go.accept")} <span className="block text-sm text-quiet">{words("go.deviation")}</span>
          </span>
        </label>
      ) : null}
    </PageSection>
  );
}

/** Go or no go, in one word to be read from a distance, and how many lines say so. Its place is kept while it is being found out. */
function Verdict({ found, red }: { found: Found | null; red: number }) {
  const words = useWords("readiness");
  const edge = found === null ? "border-rule" : red > 0 ? "border-halt" : "border-proof";
  return (
    <div className={`mb-6 min-h-24 border-l-8 py-1 pl-5 ${edge}`}>
      <p role="status">
        <span className={`spoken block text-3xl font-semibold ${found && red > 0 ? "text-halt" : ""}`}>
          {found ? words(red > 0 ? "go.noGo" : "go.go") : "…"}
        </span>
        <span className="font-semibold">{found ? words("go.summary", { red }) : words("go.asking")}</span>
      </p>
      <p className="text-quiet">{found ? words(!found.asked ? "go.notAsked" : found.production ? "go.intro" : "go.rehearsing") : ""}</p>
    </div>
  );
}

function GoLineRow({ check: { line, go, found, remedy, whose, stops } }: { check: GoCheck }) {
  const words = useWords("readiness");
  const Mark = go ? CircleCheck : CircleX;
  return (
    <li className="flex gap-3 py-2">
      <Mark aria-label={words(go ? "go.green" : "go.red")} className={`mt-0.5 size-5 shrink-0 ${go ? "text-proof" : "text-halt"}`} />
      <div className="min-w-0">
        <p className="font-semibold">{words(`line.${line}`)}</p>
        <p>
          {found} <span className="text-sm text-quiet">({words(`go.whose.${whose}`)})</span>
        </p>
        {go ? null : (
          <p className="text-sm">
            {remedy} {stops ? words("go.blocked") : ""}
          </p>
        )}
      </div>
    </li>
  );
}

type LookedProps = { ticks: Ticks; expected: Found["expected"]; onTicks: (ticks: Ticks) => void };

function LookedForm({ ticks, expected, onTicks }: LookedProps) {
  const words = useWords("readiness");
  const hintOf = (name: "backupOn" | "serial" | "firmware") =>
    expected && name !== "backupOn" && ticks.serial === "" && ticks.firmware === "" ? words("go.expectedHint", { value: expected[name] }) : undefined;
  const field = (name: "backupOn" | "serial" | "firmware", type?: "date") => (
    <TextField
      label={words(`go.${name}`)}
      maxLength={64}
      spellCheck={false}
      autoComplete="off"
      {...(type && { type })}
      {...(hintOf(name) !== undefined && { hint: hintOf(name) })}
      value={ticks[name]}
      onChange={(event) => {
        onTicks({ ...ticks, [name]: event.target.value });
      }}
    />
  );
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{words("go.ticks")}</legend>
      <div className="flex flex-wrap gap-x-8 lg:block">
        {(["present", "room", "recording"] as const).map((name) => (
          <label key={name} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              className="size-6 shrink-0"
              checked={ticks[name]}
              onChange={(event) => {
                onTicks({ ...ticks, [name]: event.target.checked });
              }}
            />
            {words(`go.${name}`)}
          </label>
        ))}
      </div>
      <div className="mt-2 grid gap-5 sm:grid-cols-3 lg:grid-cols-1">
        {field("serial")}
        {field("firmware")}
        {field("backupOn", "date")}
      </div>
    </fieldset>
  );
}
