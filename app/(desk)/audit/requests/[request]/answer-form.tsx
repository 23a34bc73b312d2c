"use client";

import { useId, useState } from "react";
import { Button } from "#components/button";
import { TextArea } from "#components/field";
import { useWords } from "#components/words";
import { ask, type Problem } from "../../../../ask";
import { ProblemNotice } from "../../../../problem-notice";
import { useActing } from "../../use-acting";

/** An administrator's one answer: words, and files that are taken in one after the other before it is sent. */
export function AnswerForm({ request, seen }: { request: string; seen: number }) {
  const words = useWords("audit");
  const field = useId();
  const { busy, problem, act } = useActing();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [taking, setTaking] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const answer = async () => {
    if (taking !== null) return;
    setRefusal(null);
    const files: { name: string; sha256: string }[] = [];
    for (const file of chosen) {
      setTaking(file.name);
      const kept = await ask<{ sha256: string }>("/api/audit/uploads", file);
      setTaking(null);
      if (!kept.ok) {
        setRefusal(kept.problem);
        return;
      }
      files.push({ name: file.name, sha256: kept.value.sha256 });
    }
    await act(`/api/audit/requests/${request}/answer`, { seen, text, files });
  };
  return (
    <form
      className="max-w-2xl space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void answer();
      }}
    >
      <TextArea
        label={words("requestAnswerText")}
        value={text}
        maxLength={2000}
        required
        rows={3}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <div className="space-y-1">
        <label htmlFor={field} className="block text-sm font-semibold">
          {words("requestFiles")}
        </label>
        <input
          id={field}
          type="file"
          multiple
          aria-describedby={`${field}-hint`}
          className="block min-h-11 w-full text-base file:mr-3 file:min-h-11 file:cursor-pointer file:rounded-[3px] file:border file:border-edge file:bg-sheet file:px-4 file:font-semibold"
          onChange={(event) => {
            setChosen([...(event.target.files ?? [])]);
          }}
        />
        <p id={`${field}-hint`} className="text-sm text-quiet">
          {words("requestFilesHint")}
        </p>
      </div>
      <Button look="turn" type="submit" aria-disabled={busy || taking !== null}>
        {words("requestAnswerSend")}
      </Button>
      <p role="status">{taking === null ? "" : words("requestUploading", { name: taking })}</p>
      <ProblemNotice problem={refusal ?? problem} />
    </form>
  );
}
