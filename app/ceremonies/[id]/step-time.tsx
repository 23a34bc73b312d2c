"use client";

import type { RoomView } from "#lib/conduct/room";
import { PacedTime, useServerNow } from "./console-panel";
import { paceOf } from "./pace";

type StepProps = { step: string; view: RoomView };

/** How long the open step is taking, beside what the script plans for it. */
export function StepTime({ step, view }: StepProps) {
  return <TimeAt step={step} view={view} now={useServerNow(view)} />;
}

/** How long a step took that is done. */
export function StepTook({ step, view }: StepProps) {
  return <TimeAt step={step} view={view} now={Date.parse(view.chain.at)} />;
}

function TimeAt({ step, view, now }: StepProps & { now: number }) {
  const paced = paceOf(view, now).steps.get(step);
  return paced ? <PacedTime paced={paced} /> : null;
}
