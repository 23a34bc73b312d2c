"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { useWords } from "#components/words";
import type { MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";
import type { Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { FileChooser } from "./file-chooser";
import { useDraft } from "./use-draft";
import { useFiles, type Files } from "./use-files";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

type Turn<A extends MyAct["act"]> = Extract<MyAct, { act: A }>;
type FormProps<A extends MyAct["act"]> = { view: RoomView; turn: Turn<A>; send: Send };

/**
 * A value read off something, with a photograph of it where somebody takes one. What the other person read is not shown before
 * both are in.
 */
export function ValueForm({ view, turn, send }: FormProps<"enter-value">) {
  const words = useWords("evidence");
  const form = `value-${turn.step}`;
  const [value, setValue] = useDraft(`${form}/value`, "");
  const files = useFiles(1);
  const { doing, problem, submit } = useSendingFiles(view, send, files, form);
  return (
    <form
      className="flex w-full flex-wrap items-end gap-3 lg:w-auto"
      onSubmit={(event) => {
        event.preventDefault();
        const [photo] = files.hashed;
        void submit({ act: "enter-value", step: turn.step, value: value.trim(), ...(photo && { photo }) });
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
        {...(turn.expected === null ? {} : { hint: words("expected", { value: turn.expected }) })}
      />
      <Button look="turn" size="large" type="submit" data-primary aria-disabled={doing !== null}>
        {doing ?? words("enter")}
      </Button>
      {turn.physical ? <FileChooser files={files} label={words("photo")} choose={words("choosePhoto")} photo /> : null}
      {problem}
    </form>
  );
}

/** As many as one entry names. */
const MOST_FILES = 20;

/** Something kept outside the transcript: its name, where it is kept, and its files by their hashes when they exist already. */
export function EvidenceForm({ view, turn, send }: FormProps<"note-evidence">) {
  const words = useWords("evidence");
  const form = `evidence-${turn.step}`;
  const [name, setName] = useDraft(`${form}/name`, "");
  const [kept, setKept] = useDraft(`${form}/kept`, "");
  const files = useFiles(MOST_FILES);
  const { doing, problem, submit } = useSendingFiles(view, send, files, form);
  // The first file's own name will do, as long as nobody has written a better one.
  const named = name === "" ? (files.chosen[0]?.file.name ?? "") : name;
  return (
    <form
      className="flex w-full flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const all = files.hashed.length > 0 ? { files: files.hashed } : {};
        void submit({ act: "note-evidence", step: turn.step, name: named.trim(), kept: kept.trim(), ...all });
      }}
    >
      <TextField
        label={words("what")}
        className="flex-1 basis-44"
        required
        maxLength={200}
        value={named}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextField
        label={words("kept")}
        className="flex-1 basis-44"
        required
        maxLength={200}
        value={kept}
        onChange={(event) => {
          setKept(event.target.value);
        }}
      />
      <FileChooser files={files} label={words("files")} choose={words("choose")} />
      <Button look="turn" size="large" type="submit" data-primary aria-disabled={doing !== null}>
        {doing ?? words("note")}
      </Button>
      {problem}
    </form>
  );
}

/** Hands in the files that are wanted here, then sends the act that names them: neither while a hash is still missing. */
function useSendingFiles(view: RoomView, send: Send, files: Files, form: string) {
  const words = useWords("evidence");
  const { sending, problem, submit: say } = useSending(send, form);
  const [uploading, setUploading] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const submit = async (act: Readonly<Record<string, unknown>>) => {
    if (uploading !== null || sending) return;
    setTrouble(files.hashing ? { code: "HASHING", sentence: words("wait") } : null);
    if (files.hashing) return;
    const whose = view.hands && view.me ? `?person=${view.me.person}` : "";
    const failed = await files.handIn(`/api/ceremonies/${view.id}/files${whose}`, setUploading);
    setTrouble(failed);
    if (!failed) await say(act);
  };
  const doing = uploading === null ? (sending ? words("sending") : null) : words("uploading", { name: uploading });
  return { doing, problem: trouble === null ? problem : <ProblemNotice problem={trouble} />, submit };
}
