"use client";

import { useCallback, useEffect, useState } from "react";
import type { RoomView } from "#lib/conduct/room";
import type { RoomSheet } from "./room-sheet";

const PLACE = "claviger/sheet";

/**
 * Which sheet lies over the room, the same one when the page is loaded again. Nothing is kept without a scope, on a shared
 * browser.
 */
export function useKeptSheet(scope: string | null, initial: RoomView): [RoomSheet | null, (sheet: RoomSheet | null) => void] {
  const [sheet, setSheet] = useState<RoomSheet | null>(null);
  const place = scope === null ? null : `${PLACE}/${scope}`;
  const keep = useCallback(
    (next: RoomSheet | null) => {
      setSheet(next);
      if (place === null) return;
      if (next) sessionStorage.setItem(place, JSON.stringify(next));
      else sessionStorage.removeItem(place);
    },
    [place],
  );
  useEffect(() => {
    const kept = place === null ? null : sessionStorage.getItem(place);
    const before = kept === null ? null : (JSON.parse(kept) as RoomSheet);
    // After the first drawing, which is the server's and has no sheet.
    const drawn = setTimeout(() => {
      if (before && isStillAsked(before, initial)) setSheet(before);
    });
    return () => {
      clearTimeout(drawn);
    };
  }, [place, initial]);
  return [sheet, keep];
}

/** A decision belongs to the step at which it was asked; any other sheet may be opened at any time. */
const isStillAsked = (sheet: RoomSheet, { mine, current }: RoomView): boolean =>
  sheet.kind !== "sign" || (sheet.step === current && mine.some(({ act }) => act === sheet.act));
