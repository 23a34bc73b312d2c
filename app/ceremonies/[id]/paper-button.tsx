"use client";

import { Button } from "#components/button";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { may } from "./may";
import type { RoomSheet } from "./room-sheet";

/** For when everything had died: the open step was done on paper. Nothing that is asked of anybody, so it is quiet. */
export function PaperButton({ view, onSheet }: { view: RoomView; onSheet: (sheet: RoomSheet) => void }) {
  const words = useWords("sheets");
  if (view.turn?.act === "paper" || !may(view, "paper")) return null;
  return (
    <Button
      look="quiet"
      className="no-print"
      onClick={() => {
        onSheet({ kind: "paper" });
      }}
    >
      {words("paperOpen")}
    </Button>
  );
}
