"use client";

import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";

/** What witnesses wrote for themselves and then released. */
export function ReleasedNotebooks({ view }: { view: RoomView }) {
  const words = useWords("sheets");
  return (
    <ul className="space-y-4 text-sm">
      {view.notebooks.map(({ name, at, statementHash, pages }) => (
        <li key={statementHash}>
          <p className="font-semibold">{words.rich("releasedBy", { name, at: () => <ClockTime at={at} /> })}</p>
          <ol className="mt-1 space-y-2">
            {pages.map(({ page, at: written, text }) => (
              <li key={page} className="border-l-2 border-rule pl-2">
                <span className="text-quiet">
                  {words("pageNumber", { page })}, <ClockTime at={written} />
                </span>
                <p className="whitespace-pre-wrap">{text}</p>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}
