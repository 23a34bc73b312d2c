"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import type { MyAct } from "#lib/conduct/room";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

type Turn<A extends MyAct["act"]> = Extract<MyAct, { act: A }>;

/** A value read off something. What the other person read is not shown before both are in. */
export function ValueForm({ turn, send }: { turn: Turn<"enter-value">; send: Send }) {
  const [value, setValue] = useState("");
  const { sending, problem, submit } = useSending(send);
  return (
    <form
      className="flex w-full flex-wrap items-end gap-3 lg:w-auto"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ act: "enter-value", step: turn.step, value: value.trim() });
      }}
    >
      <TextField
        label={turn.value}
        className="flex-1 basis-60"
        required
        maxLength={200}
        spellCheck={false}
        autoCapitalize="off"
        value={value}
        onChange={(event) => {
          setValue(event.target.value);
        }}
        {...(turn.expected === null ? {} : { hint: `Expected: ${turn.expected}` })}
      />
      <Button look="turn" size="large" type="submit" data-primary aria-disabled={sending}>
        {sending ? "Writing it down …" : "Enter the value"}
      </Button>
      {problem}
    </form>
  );
}

/** Something kept outside the transcript: its name, where it is kept, and its hash when the file exists already. */
export function EvidenceForm({ turn, send }: { turn: Turn<"note-evidence">; send: Send }) {
  const [name, setName] = useState("");
  const [kept, setKept] = useState("");
  const [sha256, setSha256] = useState<string | null>(null);
  const [hashing, setHashing] = useState<string | null>(null);
  const { sending, problem, submit } = useSending(send);
  const choose = async (file: File | undefined) => {
    setSha256(null);
    if (!file) return;
    setHashing(`Hashing ${file.name} in this browser …`);
    try {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      setSha256(Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""));
      setName((before) => (before === "" ? file.name : before));
      setHashing(null);
    } catch {
      setHashing("This file could not be read here. Note it without its hash, and add the hash as a deviation later.");
    }
  };
  return (
    <form
      className="flex w-full flex-wrap items-end gap-3 lg:w-auto"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({
          act: "note-evidence",
          step: turn.step,
          name: name.trim(),
          kept: kept.trim(),
          ...(sha256 === null ? {} : { sha256 }),
        });
      }}
    >
      <TextField
        label="What"
        className="flex-1 basis-44"
        required
        maxLength={200}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextField
        label="Kept where"
        className="flex-1 basis-44"
        required
        maxLength={200}
        value={kept}
        onChange={(event) => {
          setKept(event.target.value);
        }}
      />
      <div className="min-w-0 flex-1 basis-52 space-y-1">
        <label className="block text-sm font-semibold" htmlFor="evidence-file">
          File, if there is one yet
        </label>
        <input
          id="evidence-file"
          type="file"
          className="block w-full max-w-full py-2 text-sm file:mr-2 file:rounded-[3px] file:border file:border-edge file:bg-sheet file:px-2 file:py-1"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
        <p className="text-xs text-quiet" aria-live="polite">
          {hashing ??
            (sha256 ? `SHA-256 ${sha256.slice(0, 8)} … The file stays here.` : "Only its hash is noted. It is not uploaded.")}
        </p>
      </div>
      <Button look="turn" size="large" type="submit" data-primary aria-disabled={sending}>
        {sending ? "Writing it down …" : "Note the evidence"}
      </Button>
      {problem}
    </form>
  );
}
