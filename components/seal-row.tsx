"use client";

import { Check, X } from "lucide-react";
import { useId, useState } from "react";
import type { Seal } from "#lib/conduct/step-view";
import { classNames } from "./class-names";
import { HashHex } from "./hash-block";
import { ClockTime } from "./moment";
import { useWords } from "./words";

const VERDICTS = { agree: "seal.agree", "agree-except-noted": "seal.exceptNoted", "do-not-agree": "seal.doNotAgree" } as const;

/** Who a seal is of, and what they have done, as a sentence's arguments. */
export function useSealWords(seal: Seal): { readonly name: string; readonly role: string; readonly state: string } {
  const words = useWords("parts");
  const roles = useWords("roles");
  const state = words(seal.verdict ? VERDICTS[seal.verdict] : `seal.${seal.state}`);
  return { name: seal.name, role: roles(seal.role), state };
}

/** Whose seal it is and what they have done, in one line, for readers of screens. */
export function SealInWords({ seal }: { seal: Seal }) {
  return useWords("parts")("seal.person", useSealWords(seal));
}

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
  const words = useWords("parts");
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
                <SealInWords seal={seal} />
              </span>
            </button>
            {needed !== null && i + 1 === needed ? (
              <span aria-hidden="true" className="ml-3 h-11 w-0 border-l-2 border-ink" title={words("seal.needed", { n: needed })} />
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
  const words = useWords("parts");
  const { at, passkey, remark, statementHash } = seal;
  return (
    <div className="mt-3 border-l-2 border-rule pl-3 text-sm">
      <p>
        {words.rich("seal.detail", { ...useSealWords(seal), b: (text) => <strong>{text}</strong> })}
        {at ? words.rich("seal.at", { time: () => <ClockTime at={at} /> }) : null}
        {passkey ? words.rich("seal.passkey", { key: () => <span className="measured">{passkey}</span> }) : null}
      </p>
      {remark ? <p className="mt-1">{words("seal.said", { remark })}</p> : null}
      {statementHash ? (
        <p className="mt-1 text-quiet">{words.rich("seal.over", { hash: () => <HashHex hex={statementHash} /> })}</p>
      ) : null}
    </div>
  );
}
