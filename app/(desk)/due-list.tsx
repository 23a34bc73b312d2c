"use client";

import { CalendarClock, CircleAlert, FileBadge, Hourglass, KeyRound, ListChecks, ScrollText } from "lucide-react";
import Link from "next/link";
import { DayAndTime } from "#components/moment";
import { PageSection } from "#components/page-heading";
import { useWords } from "#components/words";
import type { Due } from "#lib/conduct/due";
import type { AreaWords } from "#lib/words/words";

/** So many are seen at once; the rest is behind one line. */
const AT_ONCE = 8;
const ICONS = { answer: CalendarClock, duty: ListChecks, accept: ScrollText, test: KeyRound, certificate: FileBadge, renewal: Hourglass } as const;

const PLACES = { accept: "/readiness", test: "/readiness", certificate: "/hsm", renewal: "/audit/retention" } as const;

/** What is mine to do outside of any room, by its date, each line the way to where it is done. */
export function DueList({ due }: { due: readonly Due[] }) {
  const words = useWords("desk");
  const rest = due.slice(AT_ONCE);
  return (
    <PageSection title={words("due.heading", { n: due.length })}>
      <DueLines due={due.slice(0, AT_ONCE)} />
      {rest.length > 0 ? (
        <details>
          <summary className="flex min-h-11 cursor-pointer items-center underline underline-offset-4">{words("due.more", { n: rest.length })}</summary>
          <DueLines due={rest} />
        </details>
      ) : null}
    </PageSection>
  );
}

function DueLines({ due }: { due: readonly Due[] }) {
  return (
    <ul className="divide-y divide-rule border-b border-rule">
      {due.map((one, i) => (
        <DueLine key={i} due={one} />
      ))}
    </ul>
  );
}

function DueLine({ due }: { due: Due }) {
  const words = useWords("desk");
  const plans = useWords("plans");
  const { by, overdue } = due;
  const Icon = overdue && due.what === "duty" ? CircleAlert : ICONS[due.what];
  return (
    <li>
      <Link
        href={"plan" in due ? `/plans/${due.plan}` : PLACES[due.what]}
        className="group flex flex-wrap items-start gap-x-5 gap-y-1 py-3 hover:bg-sunken"
      >
        <span className="flex min-w-0 flex-1 basis-64 gap-2.5">
          <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${overdue ? "text-wait" : "text-quiet"}`} />
          <span className="min-w-0">
            <span className="font-semibold underline decoration-edge underline-offset-4 group-hover:decoration-ink">
              {words(`due.${due.what}`)}
            </span>
            <span className="block whitespace-pre-line text-quiet">{about(due, words, plans)}</span>
          </span>
        </span>
        <span className={`w-52 shrink-0 text-sm max-sm:pl-7.5 ${overdue ? "font-semibold text-wait" : "text-quiet"}`}>
          {by === null ? words("due.now") : words.rich(overdue ? "due.since" : "due.by", { at: () => <DayAndTime at={by} /> })}
        </span>
      </Link>
    </li>
  );
}

function about(due: Due, words: AreaWords<"desk">, plans: AreaWords<"plans">): string {
  switch (due.what) {
    case "answer":
      return due.title;
    case "duty":
      return words("due.dutyOf", { text: due.review ? plans("review") : due.text, title: due.title });
    case "accept":
      return words(due.by === null ? "due.acceptNever" : "due.acceptAgain", { n: due.scripts });
    case "test":
      return words("due.testWithin", { days: due.days });
    case "certificate":
      return words(due.by === null ? "due.certificateGone" : due.overdue ? "due.certificateEnded" : "due.certificateEnds", { worker: due.worker });
    case "renewal":
      return words("due.renewalOf", { n: due.records });
  }
}
