"use client";

import { useRef, useState, type ReactNode } from "react";
import type { Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { useTyped } from "./use-draft";
import type { Send } from "./use-room";

/**
 * Sends one act at a time and keeps what went wrong beside the button that was pressed. `form` is the name under which what was
 * typed is kept, and forgotten once it was written down.
 */
export function useSending(
  send: Send,
  form?: string,
): {
  sending: boolean;
  problem: ReactNode;
  submit: (act: Readonly<Record<string, unknown>>) => Promise<boolean>;
} {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const busy = useRef(false);
  const typedInto = useTyped();
  const submit = async (act: Readonly<Record<string, unknown>>): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    setSending(true);
    setProblem(null);
    const answer = await send(act, form === undefined ? [] : typedInto(form));
    busy.current = false;
    setSending(false);
    if (!answer.ok) setProblem(answer.problem);
    return answer.ok;
  };
  return { sending, problem: <ProblemNotice problem={problem} />, submit };
}
