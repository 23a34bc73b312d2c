"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextArea, TextField } from "#components/field";
import { useDraft } from "./use-draft";
import type { Send } from "./use-room";
import { useSending } from "./use-sending";

type HaltProps = { send: Send; onDone: () => void };

/** Stop, at once: the reason may come later. */
export function StopForm({ send, onDone }: HaltProps) {
  const [reason, setReason] = useDraft("stop/reason", "");
  const { sending, problem, submit } = useSending(send, "stop");
  const stop = async () => {
    const said = reason.trim() === "" ? "No reason was given at once." : reason.trim();
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
      <p>
        Anybody may stop, at any time. Nothing more is opened, approved or done until the operator has noted what happened. An
        operation already at the token is allowed to finish, so that no half a key is left; its outcome is written down.
      </p>
      <Button look="stop" size="large" type="submit" data-first aria-disabled={sending} className="w-full">
        {sending ? "Stopping …" : "Stop the ceremony now"}
      </Button>
      {problem}
      <TextArea
        label="Why, if you want to say so now"
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
  const [reason, setReason] = useDraft("abort/reason", "");
  const [typed, setTyped] = useState("");
  const { sending, problem, submit } = useSending(send, "abort");
  const abort = async () => {
    if (await submit({ act: "abort", reason: reason.trim() })) onDone();
  };
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim().toLowerCase() === "abort") void abort();
      }}
    >
      <p>
        The ceremony ends here for good. Keys made so far stay on the token. The record is sealed all the same and says that it
        was aborted, by whom and why. To try again, a new ceremony is opened.
      </p>
      <TextArea
        label="Why the ceremony is aborted"
        data-first
        required
        maxLength={1000}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <TextField
        label="Type the word abort"
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
        disabled={typed.trim().toLowerCase() !== "abort" || reason.trim() === ""}
        aria-disabled={sending}
      >
        {sending ? "Aborting …" : "Abort the ceremony for good"}
      </Button>
    </form>
  );
}
