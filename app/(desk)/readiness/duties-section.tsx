"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { Nothing, PageSection } from "#components/page-heading";
import { useWords } from "#components/words";
import type { DutiesLine, ReadinessView } from "#lib/conduct/readiness-view";
import { OwnMark } from "./own-mark";
import { OwnStatementSheet } from "./own-statement-sheet";

type SectionProps = { view: ReadinessView; me: string };

/** The duties that published scripts name, whole, and who has accepted them. */
export function DutiesSection({ view, me }: SectionProps) {
  const words = useWords("readiness");
  return (
    <PageSection title={words("duties.heading")}>
      {view.duties.length === 0 ? <Nothing>{words("duties.none")}</Nothing> : null}
      <ul className="space-y-8">
        {view.duties.map((duties) => (
          <Duties key={duties.hash} duties={duties} me={me} />
        ))}
      </ul>
    </PageSection>
  );
}

function Duties({ duties: { hash, says, scripts, days, people }, me }: { duties: DutiesLine; me: string }) {
  const words = useWords("readiness");
  const router = useRouter();
  const [reading, setReading] = useState(false);
  const [done, setDone] = useState(false);
  const mine = people.find(({ person }) => person === me);
  return (
    <li className={`border-l-4 px-5 py-4 ${mine && !mine.counts ? "border-turn bg-turn-wash" : "border-ink"}`}>
      <p className="spoken text-lg whitespace-pre-line">{says}</p>
      <p className="mt-2 text-sm text-quiet">
        {words("duties.of", { n: scripts.length, days })} {scripts.join(" · ")}
      </p>
      <ul aria-label={words("people")} className="mt-3 space-y-1">
        {people.map((line) => (
          <li key={line.person} className="flex flex-wrap gap-x-3">
            {line.name} <OwnMark line={line} said="accepted" />
          </li>
        ))}
      </ul>
      <p role="status" className={done ? "mt-2 font-semibold text-proof" : "sr-only"}>
        {done ? words("duties.done") : ""}
      </p>
      {mine ? (
        <Button
          look={mine.counts ? "plain" : "turn"}
          className="mt-4"
          onClick={() => {
            setReading(true);
          }}
        >
          {words(mine.counts ? "duties.renew" : "duties.accept")}
        </Button>
      ) : null}
      {reading ? (
        <OwnStatementSheet
          intended={{ what: "duties", hash, person: me }}
          onClose={() => {
            setReading(false);
          }}
          onSigned={() => {
            setReading(false);
            setDone(true);
            router.refresh();
          }}
        />
      ) : null}
    </li>
  );
}
