"use client";

import { useEffect, useMemo, useState } from "react";
import { packed, type Carried } from "#lib/carried/carried";
import { codeDrawing, type CodeDrawing } from "#lib/carried/code-modules";
import { canonicalText, type Json } from "#lib/log/canonical";
import { classNames } from "./class-names";

/** Long enough for a telephone's camera to look several times, and slower than anything that flashes (WCAG 2.3.1). */
const TURN_EVERY_MS = 900;

type TurningCodeProps = {
  carried: Carried;
  /** What it is the code of, for whoever cannot see it. */
  label: string;
  /** Words for which of how many is shown. */
  counted: (part: number, parts: number) => string;
  className?: string;
};

/** What a second screen is to read: a QR code, or several in turn where one would be too dense. Black on white in every look. */
export function TurningCode({ carried, label, counted, className }: TurningCodeProps) {
  const text = canonicalText(carried as unknown as Json);
  const codes = useCodes(text);
  const [turn, setTurn] = useState(0);
  const several = (codes?.length ?? 0) > 1;
  useEffect(() => {
    if (!several) return;
    const timer = setInterval(() => {
      setTurn((before) => before + 1);
    }, TURN_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [several]);

  const at = codes ? turn % codes.length : 0;
  const shown = codes?.[at];
  return (
    <figure className={classNames("w-full", className)} data-code={shown ? at + 1 : 0} data-codes={codes?.length ?? 0}>
      <Code drawing={shown ?? null} label={label} />
      <figcaption className="min-h-[1.5em] text-center text-[0.9em] text-quiet" aria-live="off">
        {codes && several ? counted(at + 1, codes.length) : ""}
      </figcaption>
    </figure>
  );
}

/** The codes of a text; null until they are made, and while another text's are still there. */
function useCodes(text: string): readonly CodeDrawing[] | null {
  const [made, setMade] = useState<{ readonly text: string; readonly codes: readonly CodeDrawing[] } | null>(null);
  useEffect(() => {
    let wanted = true;
    void packed(JSON.parse(text) as Carried).then((parts) => {
      if (wanted) setMade({ text, codes: parts.map(codeDrawing) });
    });
    return () => {
      wanted = false;
    };
  }, [text]);
  return made?.text === text ? made.codes : null;
}

function Code({ drawing, label }: { drawing: CodeDrawing | null; label: string }) {
  const side = drawing?.size ?? 1;
  const box = useMemo(() => `0 0 ${String(side)} ${String(side)}`, [side]);
  return (
    <svg role="img" aria-label={label} viewBox={box} shapeRendering="crispEdges" className="aspect-square w-full bg-[#fff]">
      {drawing ? <path d={drawing.path} fill="#000" /> : null}
    </svg>
  );
}
