"use client";

import { Download } from "lucide-react";
import { Button } from "#components/button";
import { HashBlock, HashHex } from "#components/hash-block";
import { useWords } from "#components/words";
import type { DecidingAct } from "#lib/ceremony/statement";
import type { RoomView } from "#lib/conduct/room";
import type { Opening } from "#lib/log/commitment";
import type { SignedAssertion } from "../../sign-statement";

export type Receipt = {
  readonly act: DecidingAct;
  readonly hash: string;
  readonly statement: string;
  readonly openings: readonly Opening[];
  readonly assertion: SignedAssertion;
  readonly entry: { readonly seq: number; readonly hash: string };
};

/** What a person takes home: exactly what they signed, and where it stands in the transcript. */
export function SignedReceipt({ receipt, view, onClose }: { receipt: Receipt; view: RoomView; onClose: () => void }) {
  const words = useWords("signing");
  const { seq, hash } = receipt.entry;
  const save = () => {
    const { act: _, hash: statementHash, ...kept } = receipt;
    const text = JSON.stringify(
      { v: "claviger/receipt/v1", ceremony: view.id, title: view.title, statementHash, ...kept },
      null,
      2,
    );
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `receipt-${view.id}-${String(seq)}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="space-y-6">
      <p className="spoken text-2xl" role="status">
        {words(`done.${receipt.act}`)}{" "}
        {words.rich("receiptEntry", { n: () => <span className="clock">{seq + 1}</span> })}
      </p>
      <HashBlock of={words("receiptHash")} hex={receipt.hash} />
      <div>
        <p className="text-sm text-quiet">{words("entryHash")}</p>
        <HashHex hex={hash} />
      </div>
      <p>{words("receiptAbout")}</p>
      <div className="flex flex-wrap gap-3">
        <Button onClick={save}>
          <Download aria-hidden="true" />
          {words("save")}
        </Button>
        <Button look="turn" onClick={onClose}>
          {words("back")}
        </Button>
      </div>
    </div>
  );
}
