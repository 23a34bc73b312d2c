"use client";

import { useRouter } from "next/navigation";
import { useState, useSyncExternalStore } from "react";
import { Button } from "#components/button";
import { TextArea, TextField } from "#components/field";
import { TickBox } from "#components/tick-box";
import { useWords } from "#components/words";
import type { Grant } from "#lib/accounts/grant";
import { ask, type Problem } from "../../../ask";
import { ProblemNotice } from "../../../problem-notice";
import { fieldOf, instantOf } from "../../plans/local-time";
import { ClientKeys } from "./client-keys";
import { draftOf, emptyGroup, grantedIn, type EditionDraft, type KeyChoice } from "./edition-draft";
import { GrantedFields } from "./granted-fields";

type FormProps = {
  /** Null of one that is new. */
  account: string | null;
  /** What the edition begins as; null of one that is new. */
  grant: Grant | null;
  edition: number;
  choices: readonly KeyChoice[];
  /** When it ends unless something else is said. */
  usualEnd: string;
};

const never = () => () => undefined;

/** What an application shall be allowed to do, written down; custodians sign it on the page that comes then. */
export function EditionForm({ account: known, grant, edition, choices, usualEnd }: FormProps) {
  const words = useWords("accounts");
  const router = useRouter();
  const [draft, setDraft] = useState<EditionDraft>(() => draftOf(grant));
  // The zone of the device is not known where the page is made.
  const usualUntil = useSyncExternalStore(never, () => fieldOf(usualEnd), () => "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const change = (part: Partial<EditionDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const text = (name: "account" | "perMinute" | "until" | "reason") => ({
    value: draft[name] ?? usualUntil,
    onChange: (event: { target: { value: string } }) => {
      change({ [name]: event.target.value });
    },
  });
  const write = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const account = known ?? draft.account;
    const { clients, groups, random, perMinute, until, reason } = draft;
    const form = {
      ...{ application: account, edition, random, reason, perMinute: Number(perMinute), until: instantOf(until ?? usualUntil) ?? "" },
      clients: clients.map((client) => JSON.stringify(client)),
      keys: groups.map((group) => grantedIn(group, choices)),
    };
    const answer = await ask("/api/keys/grants", form);
    if (answer.ok) router.push(`/keys/applications/${account}`);
    else {
      setBusy(false);
      setProblem(answer.problem);
    }
  };
  return (
    <form
      className="space-y-10"
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      {known !== null ? null : (
        <TextField
          label={words("form.account")}
          hint={words("form.accountHint")}
          required
          maxLength={64}
          pattern="[a-z0-9][a-z0-9\-]*"
          className="max-w-xl"
          {...text("account")}
        />
      )}
      <ClientKeys
        clients={draft.clients}
        onClients={(clients) => {
          change({ clients });
        }}
      />
      <div className="space-y-6">
        <h2 className="text-lg font-semibold">{words("form.groups")}</h2>
        {draft.groups.map((group) => (
          <GrantedFields
            key={group.id}
            group={group}
            choices={choices}
            onGroup={(changed) => {
              change({ groups: draft.groups.map((one) => (one.id === group.id ? changed : one)) });
            }}
            onRemove={() => {
              change({ groups: draft.groups.filter((one) => one.id !== group.id) });
            }}
          />
        ))}
        <Button
          onClick={() => {
            change({ groups: [...draft.groups, emptyGroup(1 + Math.max(0, ...draft.groups.map(({ id }) => id)))] });
          }}
        >
          {words("form.addGroup")}
        </Button>
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <h2 className="text-lg font-semibold md:col-span-2">{words("form.rest")}</h2>
        <TextField
          label={words("form.perMinute")}
          hint={words("form.perMinuteHint")}
          required
          type="number"
          min={1}
          max={10_000_000}
          {...text("perMinute")}
        />
        <TextField label={words("form.until")} required type="datetime-local" {...text("until")} />
        <TickBox
          label={words("form.random")}
          checked={draft.random}
          onTick={(random) => {
            change({ random });
          }}
        />
        <TextArea label={words("form.reason")} required maxLength={2_000} className="md:col-span-2" {...text("reason")} />
      </div>
      <div className="space-y-3">
        <Button look="turn" size="large" type="submit" aria-disabled={busy}>
          {words(busy ? "form.writing" : "form.write")}
        </Button>
        <ProblemNotice problem={problem} />
      </div>
    </form>
  );
}
