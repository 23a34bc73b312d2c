"use client";

import { Download, FileCheck2 } from "lucide-react";
import { byteSize } from "#components/byte-size";
import { useLanguage, useWords } from "#components/words";
import type { StepView } from "#lib/conduct/step-view";

/** The files that are evidence at a step, with their hashes; those kept here can be had, as downloads and never as pages. */
export function StepFiles({ ceremony, files }: { ceremony: string; files: StepView["files"] }) {
  const words = useWords("evidence");
  const language = useLanguage();
  if (files.length === 0) return null;
  return (
    <section aria-label={words("named")}>
      <ul className="space-y-2">
        {files.map(({ sha256, name, by, size, mediaType, held }) => (
          <li key={sha256} className="flex gap-3">
            <FileCheck2 aria-hidden="true" className="mt-1 size-4 shrink-0" />
            <div className="min-w-0 text-sm">
              <p>
                {words("by", { name, person: by })}
                <span className="text-quiet">
                  {" "}
                  · {byteSize(size, language)} · {mediaType}
                  {held ? null : ` · ${words("notHeld")}`}
                </span>
              </p>
              <p className="measured break-all text-quiet">SHA-256 {sha256}</p>
            </div>
            {held ? (
              <a
                href={`/api/ceremonies/${ceremony}/files/${sha256}`}
                download
                className="no-print grid size-11 shrink-0 place-items-center hover:bg-sunken"
                aria-label={words("download", { name })}
              >
                <Download aria-hidden="true" className="size-5" />
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
