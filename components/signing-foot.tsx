"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { useWords } from "./words";

type SigningFootProps = {
  /** What one says by ticking the box: without it nothing can be signed. */
  said: string;
  /** How long it can still be signed. */
  left?: ReactNode;
  /** Whether what is to be signed is in order. */
  sound: boolean;
  compared: boolean;
  onCompared: (compared: boolean) => void;
  signing: boolean;
  /** What the button says, and whether it is a refusal. */
  sign: string;
  stops?: boolean;
  onSign: () => void;
  onClose: () => void;
};

/** The foot of a sheet on which something is signed: first that one has compared, then the passkey. */
export function SigningFoot({
  said,
  left,
  sound,
  compared,
  onCompared,
  signing,
  sign,
  stops = false,
  onSign,
  onClose,
}: SigningFootProps) {
  const words = useWords("parts");
  return (
    <div className="sticky bottom-0 -mx-5 -mb-5 space-y-3 border-t border-rule bg-sheet px-5 py-4 md:-mx-8 md:-mb-6 md:px-8">
      {left ? <p className="text-sm first-letter:uppercase">{left}</p> : null}
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className="size-6 shrink-0"
          checked={compared}
          disabled={!sound}
          onChange={(event) => {
            onCompared(event.target.checked);
          }}
        />
        <span>{said}</span>
      </label>
      <div className="flex flex-wrap gap-3">
        <Button
          look={stops ? "stop" : "turn"}
          size="large"
          className="flex-1 basis-48 sm:flex-none sm:basis-auto"
          disabled={!sound || !compared}
          aria-disabled={signing}
          onClick={onSign}
        >
          {signing ? words("waitingForPasskey") : sign}
        </Button>
        <Button size="large" onClick={onClose}>
          {words("notNow")}
        </Button>
      </div>
    </div>
  );
}
