"use client";

import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { Notice } from "#components/notice";
import { useWords } from "#components/words";

/** A link is shown once: the server keeps only its hash. */
export function EnrolmentLink({ name, url, expiresAt }: { name: string; url: string; expiresAt: string | null }) {
  const words = useWords("people");
  const [copied, setCopied] = useState(false);
  return (
    <Notice look="plain" title={words("handOver", { name })} className="mt-3">
      <p className="measured text-sm break-all">{url}</p>
      <p className="text-sm text-quiet">
        {expiresAt ? words.rich("onceUntil", { time: () => <DayAndTime at={expiresAt} /> }) : words("once")}
      </p>
      <Button size="small" onClick={() => void navigator.clipboard.writeText(url).then(() => { setCopied(true); })}>
        <Copy aria-hidden="true" />
        {words(copied ? "copied" : "copy")}
      </Button>
    </Notice>
  );
}
