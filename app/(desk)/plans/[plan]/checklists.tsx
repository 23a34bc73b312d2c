"use client";

import { CircleAlert, CircleCheck, CircleSlash, Clock3 } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/button";
import { SelectField, TextArea, TextField } from "#components/field";
import { DayAndTime } from "#components/moment";
import { Nothing, PageSection } from "#components/page-heading";
import { Sheet } from "#components/sheet";
import { Translations } from "#components/translations";
import { useWords } from "#components/words";
import { LISTS, type List } from "#lib/conduct/plan";
import type { PlanDuty, PlanView } from "#lib/conduct/plan-view";
import { ProblemNotice } from "../../../problem-notice";
import { fieldOf, instantOf } from "../local-time";
import { useAsking } from "./use-asking";

type Owners = readonly { readonly person: string; readonly name: string }[];
/** Which sheet lies on the page: another owner or date, why not done, or a new duty. */
type Open = { readonly sheet: "give" | "not-done"; readonly duty: PlanDuty } | { readonly sheet: "add" } | null;

/** What has to be done before, on the day and after: each somebody's, by a date, and what became of it. */
export function Checklists({ plan, owners }: { plan: Pick<PlanView, "plan" | "duties" | "leads" | "startsAt" | "cancelledAt">; owners: Owners }) {
  const words = useWords("plans");
  const { busy, problem, send } = useAsking();
  const [open, setOpen] = useState<Open>(null);
  const path = `/api/plans/${plan.plan}/duties`;
  const live = plan.cancelledAt === null;
  const close = () => {
    setOpen(null);
  };
  const settle = (duty: string, notDoneBecause: string | null) => send(`${path}/${duty}/settlement`, { notDoneBecause });
  return (
    <PageSection title={words("lists")}>
      <ProblemNotice problem={open ? null : problem} className="mb-4" />
      {LISTS.map((list) => {
        const duties = plan.duties.filter((duty) => duty.list === list);
        const left = duties.filter(({ settled }) => settled === null).length;
        return (
          <div key={list} className="mb-6">
            <h3 className="mb-1 font-semibold">{words("listCount", { title: words(list), open: left, all: duties.length })}</h3>
            {duties.length === 0 ? <Nothing>{words("emptyList")}</Nothing> : null}
            <ul className={duties.length === 0 ? "hidden" : "divide-y divide-rule border-y border-rule"}>
              {duties.map((duty) => (
                <DutyLine
                  key={duty.duty}
                  duty={duty}
                  live={live}
                  leads={plan.leads}
                  busy={busy}
                  onDone={() => void settle(duty.duty, null)}
                  onOpen={setOpen}
                />
              ))}
            </ul>
          </div>
        );
      })}
      {plan.leads && live ? (
        <Button
          onClick={() => {
            setOpen({ sheet: "add" });
          }}
        >
          {words("addDuty")}
        </Button>
      ) : null}
      <Sheet title={words("notDoneTitle")} open={open?.sheet === "not-done"} onClose={close}>
        {open?.sheet === "not-done" ? (
          <NotDone
            duty={open.duty}
            busy={busy}
            onBecause={async (because) => {
              if (await settle(open.duty.duty, because)) close();
            }}
          />
        ) : null}
        <ProblemNotice problem={problem} className="mt-4" />
      </Sheet>
      <Sheet title={words(open?.sheet === "add" ? "addTitle" : "giveTitle")} open={open?.sheet === "give" || open?.sheet === "add"} onClose={close}>
        {open && open.sheet !== "not-done" ? (
          <DutyForm
            owners={owners}
            duty={open.sheet === "give" ? open.duty : null}
            dueAt={plan.startsAt}
            busy={busy}
            onKeep={async (form) => {
              const sent = open.sheet === "give" ? send(`${path}/${open.duty.duty}`, form, "PUT") : send(path, form);
              if (await sent) close();
            }}
          />
        ) : null}
        <ProblemNotice problem={problem} className="mt-4" />
      </Sheet>
    </PageSection>
  );
}

type LineProps = { duty: PlanDuty; live: boolean; leads: boolean; busy: boolean; onDone: () => void; onOpen: (open: Open) => void };

function DutyLine({ duty, live, leads, busy, onDone, onOpen }: LineProps) {
  const words = useWords("plans");
  const { text, owner, dueAt, settled, overdue, fromScript } = duty;
  const Icon = settled ? (settled.notDoneBecause === null ? CircleCheck : CircleSlash) : overdue ? CircleAlert : Clock3;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="flex min-w-0 flex-1 basis-72 gap-2.5">
        <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${overdue ? "text-halt" : settled ? "text-ink" : "text-wait"}`} />
        <div className="min-w-0">
          <p className="whitespace-pre-line">{text}</p>
          <Translations of={duty.translations} className="text-sm whitespace-pre-line" />
          <p className="text-sm text-quiet">
            {settled ? (
              <>
                {settled.notDoneBecause === null
                  ? words("doneBy", { name: settled.by.name })
                  : words("notDoneBy", { name: settled.by.name, reason: settled.notDoneBecause })}
                , <DayAndTime at={settled.at} />
              </>
            ) : (
              <>
                {words("owner")}: {owner.name} · {words("due")} <DayAndTime at={dueAt} />
                {overdue ? <span className="font-semibold text-halt"> · {words("isOverdue")}</span> : null}
              </>
            )}
            {fromScript ? ` · ${words("fromScript")}` : ""}
          </p>
        </div>
      </div>
      {settled === null && live ? (
        <div className="flex flex-wrap gap-2">
          {duty.maySettle ? (
            <>
              <Button size="small" aria-label={words("doneNamed", { text })} aria-disabled={busy} onClick={onDone}>
                {words("done")}
              </Button>
              <Button
                size="small"
                aria-label={words("notDoneNamed", { text })}
                onClick={() => {
                  onOpen({ sheet: "not-done", duty });
                }}
              >
                {words("notDone")}
              </Button>
            </>
          ) : null}
          {leads ? (
            <Button
              size="small"
              look="quiet"
              aria-label={words("giveNamed", { text })}
              onClick={() => {
                onOpen({ sheet: "give", duty });
              }}
            >
              {words("give")}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

function NotDone({ duty, busy, onBecause }: { duty: PlanDuty; busy: boolean; onBecause: (because: string) => Promise<void> }) {
  const words = useWords("plans");
  const [because, setBecause] = useState("");
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void onBecause(because);
      }}
    >
      <p className="spoken text-lg">{duty.text}</p>
      <p>{words("notDoneIntro")}</p>
      <TextField
        label={words("because")}
        required
        maxLength={200}
        value={because}
        onChange={(event) => {
          setBecause(event.target.value);
        }}
      />
      <Button look="turn" size="large" type="submit" aria-disabled={busy}>
        {words("signOff")}
      </Button>
    </form>
  );
}

type Kept = { readonly owner: string; readonly dueAt: string; readonly list?: List; readonly text?: string };
type FormProps = { owners: Owners; duty: PlanDuty | null; dueAt: string; busy: boolean; onKeep: (form: Kept) => Promise<void> };

/** Whose a duty is and by when; of a new one also which list and what. */
function DutyForm({ owners, duty, dueAt, busy, onKeep }: FormProps) {
  const words = useWords("plans");
  const [owner, setOwner] = useState(duty?.owner.person ?? owners[0]?.person ?? "");
  const [due, setDue] = useState(fieldOf(duty?.dueAt ?? dueAt));
  const [list, setList] = useState<List>("after");
  const [text, setText] = useState("");
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void onKeep({ owner, dueAt: instantOf(due) ?? due, ...(duty ? {} : { list, text }) });
      }}
    >
      {duty ? (
        <p className="spoken text-lg">{duty.text}</p>
      ) : (
        <>
          <SelectField
            label={words("list")}
            value={list}
            onChange={(event) => {
              setList(LISTS.find((one) => one === event.target.value) ?? "after");
            }}
          >
            {LISTS.map((one) => (
              <option key={one} value={one}>
                {words(one)}
              </option>
            ))}
          </SelectField>
          <TextArea
            label={words("text")}
            required
            maxLength={2000}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </>
      )}
      <SelectField
        label={words("owner")}
        value={owner}
        onChange={(event) => {
          setOwner(event.target.value);
        }}
      >
        {owners.map(({ person, name }) => (
          <option key={person} value={person}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={words("due")}
        type="datetime-local"
        required
        value={due}
        onChange={(event) => {
          setDue(event.target.value);
        }}
      />
      <Button look="turn" size="large" type="submit" aria-disabled={busy}>
        {words(duty ? "keepDuty" : "add")}
      </Button>
    </form>
  );
}
