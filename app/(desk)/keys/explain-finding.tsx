"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { TextArea } from "#components/field";
import { useWords } from "#components/words";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { EndorsementSheet } from "../endorsement-sheet";

/** How a finding came about, written down and then signed with the writer's passkey: only that closes it. */
export function ExplainFinding({ finding, me }: { finding: string; me: string }) {
  const words = useWords("keys");
  const router = useRouter();
  const [says, setSays] = useState("");
  const [busy, setBusy] = useState(false);
  const [hash, setHash] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const write = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask<{ hash: string }>("/api/keys/explanations", { finding, says });
    setBusy(false);
    if (answer.ok) setHash(answer.value.hash);
    else setProblem(answer.problem);
  };
  return (
    <details className="no-print mt-2">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">{words("findings.explain")}</summary>
      <form
        className="max-w-prose space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          void write();
        }}
      >
        <TextArea
          label={words("findings.says")}
          required
          maxLength={2_000}
          value={says}
          onChange={(event) => {
            setSays(event.target.value);
          }}
        />
        <Button type="submit" aria-disabled={busy}>
          {words(busy ? "findings.writing" : "findings.write")}
        </Button>
        <ProblemNotice problem={problem} />
      </form>
      {hash !== null ? (
        <EndorsementSheet
          intended={{ what: "finding", hash, person: me }}
          onClose={() => {
            setHash(null);
          }}
          onSigned={() => {
            setHash(null);
            router.refresh();
          }}
        />
      ) : null}
    </details>
  );
}
