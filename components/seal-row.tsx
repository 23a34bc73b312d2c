"use client";

import { Check, X } from "lucide-react";
import { useId, useState } from "react";
import type { Seal } from "#lib/conduct/room";
import { classNames } from "./class-names";
import { HashHex } from "./hash-block";
import { ClockTime } from "./moment";

const WORDS = { waiting: "not yet", done: "done", approved: "approved", refused: "refused" } as const;
const VERDICTS = {
  agree: "signed, agrees",
  "agree-except-noted": "signed, agrees except as noted",
  "do-not-agree": "signed, does not agree",
} as const;

export const stateInWords = (seal: Seal): string => (seal.verdict ? VERDICTS[seal.verdict] : WORDS[seal.state]);

/** The circle of one person: filled once they agreed, crossed out when they refused, hollow while they are awaited. */
export function SealMark({ seal, size = "usual" }: { seal: Seal; size?: "usual" | "large" }) {
  return (
    <span
      className={classNames(
        "relative grid shrink-0 place-items-center rounded-full border-2 font-semibold",
        size === "large" ? "size-[4.5vw] min-h-14 min-w-14 text-[1.6vw]" : "size-11 text-sm",
        seal.state === "waiting" && "border-dashed border-edge bg-sheet text-quiet",
        (seal.state === "approved" || seal.state === "done") && "border-ink bg-ink text-paper",
        seal.state === "refused" && "border-halt bg-halt-wash text-halt",
      )}
    >
      {seal.initials}
      {seal.state === "waiting" ? null : (
        <span
          className={classNames(
            "absolute -right-1.5 -bottom-1.5 grid place-items-center rounded-full border bg-sheet",
            size === "large" ? "size-[2vw] min-h-6 min-w-6" : "size-5",
            seal.state === "refused" ? "border-halt text-halt" : "border-ink text-ink",
          )}
        >
          {seal.state === "refused" ? (
            <X aria-hidden="true" className="size-3.5" strokeWidth={3} />
          ) : (
            <Check aria-hidden="true" className="size-3.5" strokeWidth={3} />
          )}
        </span>
      )}
    </span>
  );
}

/**
 * Everybody a step asks, as seals. A notch stands where the needed number is reached. A seal opens to who, when, which
 * passkey, over which statement.
 */
export function SealRow({ seals, needed, label }: { seals: readonly Seal[]; needed: number | null; label: string }) {
  const [open, setOpen] = useState<string | null>(null);
  const id = useId();
  const shown = seals.find(({ person }) => person === open);
  const done = [...seals].sort((a, b) => Number(a.state === "waiting") - Number(b.state === "waiting"));
  const ordered = needed === null ? seals : done;
  return (
    <div>
      <ul className="flex flex-wrap items-start gap-x-3 gap-y-3" aria-label={label}>
        {ordered.map((seal, i) => (
          <li key={seal.person} className="flex items-start">
            <button
              type="button"
              aria-expanded={open === seal.person}
              aria-controls={id}
              onClick={() => {
                setOpen(open === seal.person ? null : seal.person);
              }}
              className="flex cursor-pointer rounded-full"
            >
              <SealMark seal={seal} />
              <span className="sr-only">
                {seal.name}, {seal.role}: {stateInWords(seal)}
              </span>
            </button>
            {needed !== null && i + 1 === needed ? (
              <span aria-hidden="true" className="ml-3 h-11 w-0 border-l-2 border-ink" title={`${String(needed)} are needed`} />
            ) : null}
          </li>
        ))}
      </ul>
      <div id={id} aria-live="polite">
        {shown ? <SealDetail seal={shown} /> : null}
      </div>
    </div>
  );
}

function SealDetail({ seal }: { seal: Seal }) {
  return (
    <div className="mt-3 border-l-2 border-rule pl-3 text-sm">
      <p>
        <strong>{seal.name}</strong>, {seal.role}: {stateInWords(seal)}
        {seal.at ? (
          <>
            {" at "}
            <ClockTime at={seal.at} />
          </>
        ) : null}
        {seal.passkey ? (
          <>
            {" with passkey …"}
            <span className="measured">{seal.passkey}</span>
          </>
        ) : null}
      </p>
      {seal.remark ? <p className="mt-1">“{seal.remark}”</p> : null}
      {seal.statementHash ? (
        <p className="mt-1 text-quiet">
          over the statement <HashHex hex={seal.statementHash} />
        </p>
      ) : null}
    </div>
  );
}
