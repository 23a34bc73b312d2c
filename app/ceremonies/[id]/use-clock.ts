"use client";

import { useEffect, useState } from "react";
import { CLOCK_STEP_MS } from "#lib/ceremony/admit-people";
import type { RoomView } from "#lib/conduct/room";
import { ask } from "../../ask";

const KEPT = "claviger/device";
const TRIES = 3;

/**
 * How far this device's clock is ahead of the server's, once it has been measured: half of the shortest of three round trips is
 * taken off. Kept in the transcript once for each device, and again when it changes by more than a second; of whoever only looks
 * on as an audit event, once a visit.
 */
export function useClock(view: RoomView): number | null {
  const [ahead, setAhead] = useState<number | null>(null);
  const { id, me, hands, phase } = view;
  const mayTell = hands === null && phase !== "aborted" && phase !== "closed";
  const takesPart = me !== null && me.role !== "auditor";
  useEffect(() => {
    let here = true;
    void measure().then((found) => {
      if (here) setAhead(found);
    });
    return () => {
      here = false;
    };
  }, [id]);
  useEffect(() => {
    if (ahead === null || !mayTell) return;
    const device = deviceId();
    if (!takesPart) {
      void ask(`/api/ceremonies/${id}/clock`, { device, milliseconds: ahead });
      return;
    }
    const known = view.clocks.find((clock) => clock.device === device);
    if (known && Math.abs(known.milliseconds - ahead) <= CLOCK_STEP_MS) return;
    void ask(`/api/ceremonies/${id}/acts`, { act: "compare-clock", device, name: deviceName(), milliseconds: ahead });
    // Once for each measurement: what the others' devices say changes nothing about this one.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ahead, mayTell, takesPart, id]);
  return ahead;
}

async function measure(): Promise<number | null> {
  let best: { readonly took: number; readonly ahead: number } | null = null;
  for (let i = 0; i < TRIES; i++) {
    const asked = Date.now();
    const answer = await ask<{ readonly now: string }>("/api/time");
    if (!answer.ok) return null;
    const took = Date.now() - asked;
    const ahead = Math.round(asked + took / 2 - Date.parse(answer.value.now));
    if (!best || took < best.took) best = { took, ahead };
  }
  return best?.ahead ?? null;
}

/** Of this browser's own making, and of no meaning but that it is the same one. */
function deviceId(): string {
  const kept = localStorage.getItem(KEPT);
  if (kept !== null) return kept;
  const made = `device-${crypto.randomUUID()}`;
  localStorage.setItem(KEPT, made);
  return made;
}

/** "Chrome on Linux", as far as the browser says so. */
function deviceName(): string {
  const { userAgent } = navigator;
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//u.exec(userAgent)?.[1] ?? "Browser";
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|CrOS|Linux)/u.exec(userAgent)?.[1] ?? "unknown system";
  return `${browser} on ${system}`;
}
