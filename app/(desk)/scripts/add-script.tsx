"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { TextArea } from "#components/field";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";

/** A script as YAML; what is unsound about it is said with its line, and nothing is kept. */
export function AddScript() {
  const router = useRouter();
  const [yaml, setYaml] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask<{ hash: string }>("/api/scripts", { yaml });
    setBusy(false);
    if (answer.ok) router.push(`/scripts/${answer.value.hash}`);
    else setProblem(answer.problem);
  };
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextArea label="The script, as YAML" hint="It is read, checked line by line, put into canonical form and hashed. Only a sound script is kept." required rows={10} spellCheck={false} className="measured" value={yaml} onChange={(event) => { setYaml(event.target.value); }} />
      <ProblemNotice problem={problem} />
      <Button type="submit" aria-disabled={busy}>
        {busy ? "Checking …" : "Check and keep this edition"}
      </Button>
    </form>
  );
}
