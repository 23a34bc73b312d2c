"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextArea, TextField } from "#components/field";
import { useWords } from "#components/words";
import { useDraft } from "./use-draft";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

type HaltProps = { send: Send; onDone: () => void };

/** Stop, at once: the reason may come later. */
export function StopForm({ send, onDone }: HaltProps) {
  const words = useWords("turn");
  const [reason, setReason] = useDraft("stop/reason", "");
  const { sending, problem, submit } = useSending(send, "stop");
  const stop = async () => {
    const said = reason.trim() === "" ? words("stopNoReason") : reason.trim();
    if (await submit({ act: "stop", reason: said })) onDone();
  };
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void stop();
      }}
    >
      <p>{words("stopAbout")}</p>
      <Button look="stop" size="large" type="submit" data-first aria-disabled={sending} className="w-full">
        {words(sending ? "stopping" : "stopNow")}
      </Button>
      {problem}
      <TextArea
        label={words("stopWhy")}
        maxLength={1000}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
    </form>
  );
}

/** The end without the goal: said why, and typed out, never a second click on the same spot. */
export function AbortForm({ send, onDone }: HaltProps) {
  const words = useWords("turn");
  const [reason, setReason] = useDraft("abort/reason", "");
  const [typed, setTyped] = useState("");
  const { sending, problem, submit } = useSending(send, "abort");
  const word = words("abortWord");
  const isTyped = typed.trim().toLowerCase() === word;
  const abort = async () => {
    if (await submit({ act: "abort", reason: reason.trim() })) onDone();
  };
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped) void abort();
      }}
    >
      <p>{words("abortAbout")}</p>
      <TextArea
        label={words("abortWhy")}
        data-first
        required
        maxLength={1000}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <TextField
        label={words("abortType", { word })}
        required
        spellCheck={false}
        autoCapitalize="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
      {problem}
      <Button
        look="stop"
        size="large"
        type="submit"
        disabled={!isTyped || reason.trim() === ""}
        aria-disabled={sending}
      >
        {words(sending ? "aborting" : "abortNow")}
      </Button>
    </form>
  );
}
