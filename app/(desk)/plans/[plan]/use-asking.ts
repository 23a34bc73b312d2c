"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ask, type Problem } from "../../../ask";

/** One request at a time; the page is read again when it was done. */
export function useAsking() {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (path: string, body: unknown, method = "POST"): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    const answer = await ask(path, body, method);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    router.refresh();
    return answer.ok;
  };
  return { busy, problem, send };
}
