"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { useDraftOf } from "./use-draft";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

type FormProps = { view: RoomView; send: Send; onDone: () => void };
type SealTyped = { readonly key: number; readonly name: string; readonly value: string };

/** Everybody is counted out, and the seals of what stays behind are read. */
export function BeginBreakForm({ view, send, onDone }: FormProps) {
  const words = useWords("presence");
  const [present, setPresent] = usePresent("begin-break", view, view.people.filter(({ away }) => !away).map(({ person }) => person));
  const [seals, setSeals] = useDraftOf<readonly SealTyped[]>("begin-break/seals", [{ key: 0, name: "", value: "" }]);
  const [unsealed, setUnsealed] = useDraftOf("begin-break/unsealed", "");
  const { sending, problem, submit } = useSending(send, "begin-break");
  const read = seals.filter(({ name, value }) => name.trim() !== "" || value.trim() !== "");
  const change = (key: number, to: Partial<SealTyped>) => {
    setSeals(seals.map((seal) => (seal.key === key ? { ...seal, ...to } : seal)));
  };
  const begin = async () => {
    const step = stepOf(view, "begin-break");
    const all = read.map(({ name, value }) => ({ name: name.trim(), value: value.trim() }));
    if (await submit({ act: "begin-break", ...step, present, seals: all, ...(all.length === 0 ? { unsealed: unsealed.trim() } : {}) })) onDone();
  };
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <p>{words("beginAbout")}</p>
      <HeadCount view={view} present={present} onChange={setPresent} />
      <fieldset className="space-y-3">
        <legend className="mb-1 font-semibold">{words("seals")}</legend>
        {seals.map(({ key, name, value }, i) => (
          <div key={key} className="flex flex-wrap items-end gap-3">
            <TextField label={`${words("sealName")} ${String(i + 1)}`} className="flex-1 basis-40" maxLength={200} value={name} onChange={(event) => { change(key, { name: event.target.value }); }} />
            <TextField label={`${words("sealValue")} ${String(i + 1)}`} className="flex-1 basis-40" maxLength={200} spellCheck={false} value={value} onChange={(event) => { change(key, { value: event.target.value }); }} />
          </div>
        ))}
        <Button size="small" onClick={() => { setSeals([...seals, { key: seals.length, name: "", value: "" }]); }}>
          {words("addSeal")}
        </Button>
        <TextField
          label={words("unsealed")}
          required={read.length === 0}
          disabled={read.length > 0}
          maxLength={200}
          value={unsealed}
          onChange={(event) => {
            setUnsealed(event.target.value);
          }}
        />
      </fieldset>
      {problem}
      <Button look="turn" size="large" type="submit" aria-disabled={sending}>
        {sending ? words("writing") : words("doBegin")}
      </Button>
    </form>
  );
}

/** Somebody else counts everybody in and reads the seals again, without being shown what was read before. */
export function EndBreakForm({ view, send, onDone }: FormProps) {
  const words = useWords("presence");
  // As many as are really there: nobody is ticked beforehand.
  const [rest] = useState(view.onBreak);
  const seals = rest?.seals ?? [];
  const form = `end-break-${rest?.at ?? ""}`;
  const [present, setPresent] = usePresent(form, view, view.me ? [view.me.person] : []);
  const [read, setRead] = useDraftOf<Readonly<Record<string, string>>>(`${form}/read`, {});
  const { sending, problem, submit } = useSending(send, form);
  const end = async () => {
    const step = stepOf(view, "end-break");
    const values = seals.map(({ seal }) => ({ seal, value: (read[seal] ?? "").trim() }));
    if (await submit({ act: "end-break", ...step, present, seals: values })) onDone();
  };
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void end();
      }}
    >
      <p>{words("endAbout")}</p>
      <HeadCount view={view} present={present} onChange={setPresent} />
      {seals.map(({ seal, name }) => (
        <TextField key={seal} label={words("sealReads", { name })} required maxLength={200} spellCheck={false} value={read[seal] ?? ""} onChange={(event) => { setRead({ ...read, [seal]: event.target.value }); }} />
      ))}
      {problem}
      <Button look="turn" size="large" type="submit" aria-disabled={sending}>
        {sending ? words("writing") : words("doEnd")}
      </Button>
    </form>
  );
}

type Present = [present: readonly string[], change: (next: readonly string[]) => void];

/** Whom somebody ticked, as far as they still take part. */
function usePresent(form: string, view: RoomView, initial: readonly string[]): Present {
  const [present, setPresent] = useDraftOf(`${form}/present`, initial);
  return [present.filter((one) => view.people.some(({ person }) => person === one)), setPresent];
}

function stepOf(view: RoomView, act: "begin-break" | "end-break"): { step?: string } {
  const mine = view.mine.find((one) => one.act === act);
  return mine?.act === act && mine.step !== null ? { step: mine.step } : {};
}

type CountProps = { view: RoomView; present: readonly string[]; onChange: (present: readonly string[]) => void };

function HeadCount({ view, present, onChange }: CountProps) {
  const words = useWords("presence");
  const roles = useWords("roles");
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{words("headCount")}</legend>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {view.people.map(({ person, name, role }, i) => (
          <label key={person} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              className="size-5"
              data-first={i === 0 ? "" : undefined}
              checked={present.includes(person)}
              onChange={(event) => {
                onChange(event.target.checked ? [...present, person] : present.filter((one) => one !== person));
              }}
            />
            <span>
              {name} <span className="text-quiet">{roles(role)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
