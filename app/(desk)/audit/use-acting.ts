"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ask, type Problem } from "../../ask";

/** One act at a time; the page is read again when it was done. */
export function useActing() {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** What the interface answered; null when it did not do it, and the problem says why. */
  const act = async <T>(path: string, body: unknown): Promise<T | null> => {
    if (busy) return null;
    setBusy(true);
    const answer = await ask<T>(path, body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    router.refresh();
    return answer.ok ? answer.value : null;
  };
  return { busy, problem, act };
}
