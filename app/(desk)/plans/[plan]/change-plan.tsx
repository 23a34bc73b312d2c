"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { Sheet } from "#components/sheet";
import { useWords } from "#components/words";
import type { RosterLine } from "#lib/conduct/desk";
import type { PlanView } from "#lib/conduct/plan-view";
import { ProblemNotice } from "../../../problem-notice";
import type { Need } from "../../ceremonies/new/cast";
import { fieldOf } from "../local-time";
import { PlanFields, type Draft } from "../plan-fields";
import { planForm } from "../plan-form";
import { useAsking } from "./use-asking";

type ChangeProps = { plan: PlanView; people: RosterLine["people"]; needs: readonly Need[]; rehearsed: number };

const draftOf = ({ title, startsAt, minutes, room, standbyAt, cast }: PlanView): Draft => ({
  title,
  room,
  startsAt: fieldOf(startsAt),
  minutes: String(minutes),
  standbyAt: fieldOf(standbyAt),
  cast: Object.fromEntries(cast.map(({ person, role }) => [person, role])),
});

/** Changes, moves or cancels a plan; each with a reason that everybody concerned is told. */
export function ChangePlan({ plan, people, needs, rehearsed }: ChangeProps) {
  const words = useWords("plans");
  const { busy, problem, send } = useAsking();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const close = () => {
    setDraft(null);
    setCancelling(false);
    setReason("");
    setTyped("");
  };
  const seen = plan.sequence;
  const keep = async () => {
    if (draft && (await send(`/api/plans/${plan.plan}`, { ...planForm(draft), seen, reason }, "PUT"))) close();
  };
  const cancel = async () => {
    if (typed.trim() === plan.title && (await send(`/api/plans/${plan.plan}/cancellation`, { seen, reason }))) close();
  };
  const reasonField = (
    <TextField
      label={words("reason")}
      required
      maxLength={200}
      value={reason}
      onChange={(event) => {
        setReason(event.target.value);
      }}
    />
  );
  return (
    <>
      <Button
        onClick={() => {
          setDraft(draftOf(plan));
        }}
      >
        {words("change")}
      </Button>
      <Button
        look="halt"
        onClick={() => {
          setCancelling(true);
        }}
      >
        {words("cancel")}
      </Button>
      <Sheet title={words("changeTitle")} open={draft !== null} onClose={close} wide>
        {draft ? (
          <form
            className="space-y-5"
            onSubmit={(event) => {
              event.preventDefault();
              void keep();
            }}
          >
            <p>{words("changeIntro")}</p>
            <PlanFields draft={draft} onDraft={setDraft} people={people} needs={needs} rehearsed={rehearsed} />
            {reasonField}
            <ProblemNotice problem={problem} />
            <Button look="turn" size="large" type="submit" aria-disabled={busy}>
              {words("keep")}
            </Button>
          </form>
        ) : null}
      </Sheet>
      <Sheet title={words("cancelTitle")} open={cancelling} onClose={close}>
        <form
          className="space-y-5"
          onSubmit={(event) => {
            event.preventDefault();
            void cancel();
          }}
        >
          <p>{words("cancelIntro")}</p>
          {reasonField}
          <TextField
            label={words("cancelConfirm")}
            required
            placeholder={plan.title}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
          />
          <ProblemNotice problem={problem} />
          <Button look="stop" size="large" type="submit" disabled={typed.trim() !== plan.title} aria-disabled={busy}>
            {words("cancelNow")}
          </Button>
        </form>
      </Sheet>
    </>
  );
}
