"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { DayAndTime } from "#components/moment";
import { Nothing } from "#components/page-heading";
import { TickBox } from "#components/tick-box";
import { useWords } from "#components/words";
import type { DeskFilter } from "#lib/conduct/desk-filter";
import { ProblemNotice } from "../../../problem-notice";
import { useActing } from "../use-acting";

export type Closable = {
  readonly records: readonly { readonly ceremony: string; readonly title: string; readonly closedAt: string }[];
  readonly matters: readonly { readonly id: string; readonly name: string; readonly says: string; readonly at: string }[];
  readonly filter: DeskFilter;
};

/** What goes into the file; once it is closed nothing is added. */
export function CloseForm({ records, matters, filter }: Closable) {
  const words = useWords("audit");
  const { busy, problem, act } = useActing();
  const [title, setTitle] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [withLog, setWithLog] = useState(false);
  const [text, setText] = useState(filter.text ?? "");
  const toggle = (id: string) => {
    setChosen(chosen.has(id) ? new Set([...chosen].filter((one) => one !== id)) : new Set([...chosen, id]));
  };
  const choice = (id: string, name: string, says: string, at: string) => (
    <li key={id}>
      <label className="flex min-h-11 cursor-pointer items-center gap-3 py-1">
        <input
          type="checkbox"
          className="size-5 shrink-0"
          checked={chosen.has(id)}
          onChange={() => {
            toggle(id);
          }}
        />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {name} <span className="text-sm text-quiet">{says}</span>{" "}
          <span className="text-sm text-quiet">
            <DayAndTime at={at} />
          </span>
        </span>
      </label>
    </li>
  );
  const close = async () => {
    const ids = [...chosen];
    const form = {
      title,
      records: ids.filter((id) => !id.includes("/")),
      matters: ids.filter((id) => id.includes("/")),
      log: withLog ? { ...filter, ...(text.trim() === "" ? {} : { text }) } : null,
    };
    if (await act("/api/audit/closed", form)) {
      setTitle("");
      setChosen(new Set());
    }
  };
  if (records.length === 0 && matters.length === 0) return <Nothing>{words("fileNothing")}</Nothing>;
  return (
    <form
      className="max-w-3xl space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void close();
      }}
    >
      <TextField
        label={words("fileTitle")}
        value={title}
        maxLength={200}
        required
        onChange={(event) => {
          setTitle(event.target.value);
        }}
      />
      {records.length === 0 ? null : (
        <fieldset>
          <legend className="text-sm font-semibold">{words("fileRecords")}</legend>
          <ul className="max-h-72 overflow-y-auto">{records.map((one) => choice(one.ceremony, one.title, one.ceremony, one.closedAt))}</ul>
        </fieldset>
      )}
      {matters.length === 0 ? null : (
        <fieldset>
          <legend className="text-sm font-semibold">{words("fileMatters")}</legend>
          <ul className="max-h-72 overflow-y-auto">{matters.map((one) => choice(one.id, one.name, one.says, one.at))}</ul>
        </fieldset>
      )}
      <TickBox label={words("fileLog")} checked={withLog} onTick={setWithLog} />
      {withLog ? (
        <TextField
          label={words("field.text")}
          value={text}
          maxLength={200}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      ) : null}
      <Button look="turn" type="submit" aria-disabled={busy || chosen.size === 0}>
        {words("fileClose")}
      </Button>
      <p role="status">{busy ? words("fileClosing") : ""}</p>
      <ProblemNotice problem={problem} />
    </form>
  );
}
