"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextArea } from "#components/field";
import { useWords } from "#components/words";
import { thumbprint, type ClientKey } from "#lib/accounts/grant";
import { readClientKey } from "#lib/accounts/read-client-key";
import type { Problem } from "../../../ask";
import { ProblemNotice } from "../../../problem-notice";

const MOST = 4;

/** The public keys of an application. What is pasted is read here; a private key is refused, and its text taken out of the page at once. */
export function ClientKeys({ clients, onClients }: { clients: readonly ClientKey[]; onClients: (clients: readonly ClientKey[]) => void }) {
  const [words, objections] = [useWords("accounts"), useWords("objections")];
  const [pasted, setPasted] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = () => {
    const read = readClientKey(pasted);
    if (read.ok && clients.some((one) => thumbprint(one) === thumbprint(read.value))) {
      setProblem({ code: "CLIENT-TWICE", sentence: words("form.twice") });
      return;
    }
    if (read.ok || read.refusal === "CLIENT-PRIVATE") setPasted("");
    if (read.ok) onClients([...clients, read.value]);
    const code = read.ok ? null : read.refusal;
    setProblem(code && { code, sentence: objections(`${code}.sentence`), remedy: objections(`${code}.remedy`) });
  };
  return (
    <fieldset className="space-y-3">
      <legend className="text-lg font-semibold">{words("form.clients")}</legend>
      <p className="max-w-prose text-quiet">{words("form.clientsAbout")}</p>
      <ul className="space-y-1">
        {clients.map((client) => {
          const print = thumbprint(client);
          return (
            <li key={print} className="flex flex-wrap items-center gap-x-4">
              <span className="measured min-w-0 [overflow-wrap:anywhere]">{print}</span>
              <Button
                look="quiet"
                aria-label={words("form.removeClient", { thumbprint: print })}
                onClick={() => {
                  onClients(clients.filter((one) => thumbprint(one) !== print));
                }}
              >
                {words("form.remove")}
              </Button>
            </li>
          );
        })}
      </ul>
      {clients.length < MOST ? (
        <>
          <TextArea
            label={words("form.paste")}
            hint={words("form.pasteHint")}
            rows={4}
            spellCheck={false}
            className="max-w-3xl"
            value={pasted}
            onChange={(event) => {
              setPasted(event.target.value);
            }}
          />
          <Button aria-disabled={pasted.trim() === ""} onClick={add}>
            {words("form.addClient")}
          </Button>
        </>
      ) : null}
      <ProblemNotice problem={problem} />
    </fieldset>
  );
}
