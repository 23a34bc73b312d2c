"use client";

import { Button } from "#components/button";
import { useWords } from "#components/words";
import { ProblemNotice } from "../../../../problem-notice";
import { useActing } from "../../../audit/use-acting";

/** Takes a proposal back that not enough custodians have signed. */
export function Withdraw({ hash }: { hash: string }) {
  const words = useWords("accounts");
  const { busy, problem, act } = useActing();
  return (
    <div className="no-print space-y-1">
      <Button aria-disabled={busy} onClick={() => void act("/api/keys/withdrawals", { hash })}>
        {words(busy ? "withdraw.busy" : "withdraw.act")}
      </Button>
      <p className="max-w-prose text-sm text-quiet">{words("withdraw.about")}</p>
      <ProblemNotice problem={problem} />
    </div>
  );
}
