import { useRouter } from "next/navigation";
import { useState } from "react";
import type { OpenCeremony } from "#lib/conduct/open-ceremony";
import { ask, type Problem } from "../ask";

/** Opens a ceremony once, however often it is asked, and goes to its room; or says what stood in the way. */
export function useOpening(): { busy: boolean; problem: Problem | null; open: (form: OpenCeremony) => Promise<void> } {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const open = async (form: OpenCeremony): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask<{ id: string }>("/api/ceremonies", form);
    if (answer.ok) {
      router.push(`/ceremonies/${answer.value.id}`);
      return;
    }
    setBusy(false);
    setProblem(answer.problem);
  };
  return { busy, problem, open };
}
