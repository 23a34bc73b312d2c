"use client";

import { Printer } from "lucide-react";
import { Button } from "#components/button";
import { useLanguage, useWords } from "./words";

/** Asks for the script as PDF, so many numbered copies: a plain form, that works before any script has run. */
export function PrintForm({ action, people }: { action: string; people: number }) {
  const words = useWords("parts");
  const language = useLanguage();
  return (
    <form action={action} method="get" className="no-print flex flex-wrap items-end gap-2">
      <label className="text-sm font-semibold">
        <span className="block">{words("copies")}</span>
        <input
          name="copies"
          type="number"
          min={1}
          max={40}
          required
          defaultValue={people}
          className="clock mt-1 min-h-11 w-20 rounded-[3px] border border-edge bg-sheet px-3 text-base"
        />
      </label>
      <Button type="submit">
        <Printer aria-hidden="true" /> {words("printForTable")}
      </Button>
      {language === "en" ? null : <p className="basis-full text-sm text-quiet">{words("printLanguage")}</p>}
    </form>
  );
}
