"use client";

import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { Notice } from "#components/notice";

/** A link is shown once: the server keeps only its hash. */
export function EnrolmentLink({ name, url, expiresAt }: { name: string; url: string; expiresAt: string | null }) {
  const [copied, setCopied] = useState(false);
  return (
    <Notice look="plain" title={`Hand this link to ${name}, and to nobody else.`} className="mt-3">
      <p className="measured text-sm break-all">{url}</p>
      <p className="text-sm text-quiet">
        It works once{expiresAt ? <>, until <DayAndTime at={expiresAt} /></> : null}, and is not shown again.
      </p>
      <Button size="small" onClick={() => void navigator.clipboard.writeText(url).then(() => { setCopied(true); })}>
        <Copy aria-hidden="true" />
        {copied ? "Copied" : "Copy the link"}
      </Button>
    </Notice>
  );
}
