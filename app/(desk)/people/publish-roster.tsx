"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { useWords } from "#components/words";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";

type PublishProps = { organisation: string; ready: number; custodians: number; usual: number };

/** The next version, from everybody who is enrolled now, and how many custodians decide what comes after it. */
export function PublishRoster({ organisation, ready, custodians, usual }: PublishProps) {
  const words = useWords("people");
  const router = useRouter();
  const [name, setName] = useState(organisation);
  const [approve, setApprove] = useState(String(usual));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const publish = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask("/api/roster", { organisation: name.trim(), approve: Number(approve) });
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
      <TextField
        label={words("organisation")}
        required
        maxLength={200}
        className="flex-1 basis-64"
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextField
        label={words("deciders", { n: custodians })}
        type="number"
        required
        min={2}
        max={Math.max(2, custodians)}
        value={approve}
        onChange={(event) => {
          setApprove(event.target.value);
        }}
      />
      <Button type="submit" disabled={ready === 0} aria-disabled={busy}>
        {busy ? words("publishing") : words("publish", { n: ready })}
      </Button>
      {Number(approve) === custodians ? (
        <p className="basis-full text-sm text-wait">{words("allMustSign")}</p>
      ) : null}
      <ProblemNotice problem={problem} className="basis-full" />
    </form>
  );
}
