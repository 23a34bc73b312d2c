"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { Nothing, PageSection } from "#components/page-heading";
import { useWords } from "#components/words";
import { shortPasskey } from "#lib/ceremony/roster";
import type { PasskeyTestLine, ReadinessView } from "#lib/conduct/readiness-view";
import { OwnMark } from "./own-mark";
import { OwnStatementSheet } from "./own-statement-sheet";

/** What a browser says that tells no model. */
const NO_MODEL = "00000000-0000-0000-0000-000000000000";

type SectionProps = { view: ReadinessView; me: string };

/** Every custodian's passkeys, what is known of each, and when it was last shown to work. */
export function PasskeysSection({ view: { passkeys, testedDays }, me }: SectionProps) {
  const words = useWords("readiness");
  return (
    <PageSection title={words("passkeys.heading")}>
      {passkeys.length === 0 ? <Nothing>{words("passkeys.none")}</Nothing> : null}
      {testedDays === null ? null : <p className="mb-3 text-quiet">{words("passkeys.within", { days: testedDays })}</p>}
      <ul className="divide-y divide-rule border-y border-rule">
        {passkeys.map((line) => (
          <PasskeyLine key={line.id} line={line} me={me} />
        ))}
      </ul>
    </PageSection>
  );
}

function PasskeyLine({ line, me }: { line: PasskeyTestLine; me: string }) {
  const words = useWords("readiness");
  const router = useRouter();
  const [testing, setTesting] = useState(false);
  const [done, setDone] = useState(false);
  const { id, name, aaguid, synced, backedUp, attestation, hash, person } = line;
  const known = [
    words(synced ? "passkeys.synced" : "passkeys.bound"),
    ...(backedUp === null ? [] : [words(backedUp ? "passkeys.backedUp" : "passkeys.notBackedUp")]),
    aaguid === NO_MODEL ? words("passkeys.noModel") : words("passkeys.model", { aaguid }),
    attestation ? words(`passkeys.proof.${attestation}`) : words("passkeys.unasked"),
  ];
  return (
    <li aria-label={words("passkeyOf", { id: shortPasskey(id), name })} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0">
        <p>
          <span className="font-semibold">{name}</span> <span className="measured">{shortPasskey(id)}…</span>
        </p>
        <p className="text-sm text-quiet [overflow-wrap:anywhere]">{known.join(" · ")}</p>
        <p className="text-sm">
          <OwnMark line={line} said="tested" />
        </p>
        <p role="status" className={done ? "font-semibold text-proof" : "sr-only"}>
          {done ? words("passkeys.done") : ""}
        </p>
      </div>
      {person === me ? (
        <Button
          look={line.counts ? "plain" : "turn"}
          onClick={() => {
            setTesting(true);
          }}
        >
          {words("passkeys.test")}
        </Button>
      ) : null}
      {testing ? (
        <OwnStatementSheet
          intended={{ what: "passkey", hash, person: me }}
          onClose={() => {
            setTesting(false);
          }}
          onSigned={() => {
            setTesting(false);
            setDone(true);
            router.refresh();
          }}
        />
      ) : null}
    </li>
  );
}
