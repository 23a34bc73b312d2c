"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";

/** The next version, from everybody who is enrolled now. It counts once the worker trusts it. */
export function PublishRoster({ organisation, ready }: { organisation: string; ready: number }) {
  const router = useRouter();
  const [name, setName] = useState(organisation);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const publish = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask("/api/roster", { organisation: name.trim() });
    setBusy(false);
    if (!answer.ok) setProblem(answer.problem);
    router.refresh();
  };
  return (
    <form
      className="flex flex-wrap items-end gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void publish();
      }}
    >
      <TextField label="Organisation" required maxLength={200} className="flex-1 basis-64" value={name} onChange={(event) => { setName(event.target.value); }} />
      <Button type="submit" disabled={ready === 0} aria-disabled={busy}>
        {busy ? "Publishing …" : `Publish a roster of ${String(ready)} people`}
      </Button>
      <ProblemNotice problem={problem} className="basis-full" />
    </form>
  );
}
