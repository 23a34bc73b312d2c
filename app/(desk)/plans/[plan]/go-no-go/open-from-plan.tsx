"use client";

import Link from "next/link";
import { useMemo, useState } from "react";
import { Button } from "#components/button";
import { PageSection } from "#components/page-heading";
import { useWords } from "#components/words";
import type { Role } from "#lib/ceremony/roles";
import { ProblemNotice } from "../../../../problem-notice";
import { GoNoGo, type Going } from "../../../go-no-go";
import { useOpening } from "../../../use-opening";

type OpenProps = {
  plan: Readonly<Record<"plan" | "title" | "room" | "scriptHash", string>>;
  cast: readonly { readonly person: string; readonly name: string; readonly role: Role }[];
  /** Hash of the roster in force. */
  roster: string;
  /** Whether the script asks for a go / no-go: else its lines hold nobody up. */
  asked: boolean;
};

/** The lines for a planned ceremony, the cast they are about, and the button that opens it as planned. */
export function OpenFromPlan({ plan, cast, roster, asked }: OpenProps) {
  const words = useWords("readiness");
  const roles = useWords("roles");
  const [going, setGoing] = useState<Going | null>(null);
  const { busy, problem, open } = useOpening();
  const about = useMemo(
    () => ({
      scriptHash: plan.scriptHash,
      rosterHash: roster,
      participants: cast.map(({ person, role }) => ({ person, role })),
      plan: plan.plan,
    }),
    [plan, cast, roster],
  );
  const openIt = () => {
    if (!going?.may) return;
    const { title, room: place } = plan;
    void open({ ...about, title, place, ...(asked ? { looked: going.looked } : {}) });
  };
  return (
    <>
      <GoNoGo going={about} title={words("go.found")} onChange={setGoing} />
      <PageSection title={words("go.castHeading")}>
        <ul className="mb-3 grid gap-x-8 gap-y-1 sm:grid-cols-2 xl:grid-cols-3">
          {cast.map(({ person, name, role }) => (
            <li key={person}>
              {name} <span className="text-quiet">{roles(role)}</span>
            </li>
          ))}
        </ul>
        <Link href={`/ceremonies/new?plan=${plan.plan}`} className="inline-flex min-h-11 items-center underline underline-offset-4">
          {words("go.change")}
        </Link>
      </PageSection>
      <ProblemNotice problem={problem} className="mb-5" />
      <Button look="turn" size="large" disabled={going?.may !== true} aria-disabled={busy} onClick={openIt}>
        {words(busy ? "go.opening" : "go.open")}
      </Button>
    </>
  );
}
