"use client";

import { useId, useState } from "react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import { ProblemNotice } from "../../../../problem-notice";
import { useActing } from "../../use-acting";

/** An administrator hands in what `claviger record renew` made of the newest edition. */
export function RenewalForm({ ceremony }: { ceremony: string }) {
  const words = useWords("audit");
  const field = useId();
  const { busy, problem, act } = useActing();
  const [file, setFile] = useState<File | null>(null);
  return (
    <form
      className="no-print max-w-2xl space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (file) void act(`/api/audit/renewals/${ceremony}`, file);
      }}
    >
      <label htmlFor={field} className="block text-sm font-semibold">
        {words("renewalHandIn")}
      </label>
      <input
        id={field}
        type="file"
        accept="application/pdf,.pdf"
        required
        className="block min-h-11 w-full text-base file:mr-3 file:min-h-11 file:cursor-pointer file:rounded-[3px] file:border file:border-edge file:bg-sheet file:px-4 file:font-semibold"
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null);
        }}
      />
      <Button type="submit" aria-disabled={busy}>
        {words("renewalSend")}
      </Button>
      <ProblemNotice problem={problem} />
    </form>
  );
}
