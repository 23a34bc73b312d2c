"use client";

import { useState } from "react";
import { useWords } from "#components/words";
import { appearanceOf, APPEARANCE_COOKIE, APPEARANCES, type Appearance } from "./appearance";

/** Light, dark, high contrast, or as the device asks. Kept for a year in this browser. */
export function AppearanceChoice({ initial }: { initial: Appearance }) {
  const words = useWords("frame");
  const [chosen, setChosen] = useState(initial);
  const choose = (appearance: Appearance) => {
    setChosen(appearance);
    if (appearance === "system") delete document.documentElement.dataset["appearance"];
    else document.documentElement.dataset["appearance"] = appearance;
    document.cookie = `${APPEARANCE_COOKIE}=${appearance}; Path=/; Max-Age=31536000; SameSite=Lax`;
  };
  return (
    <label className="inline-flex items-center gap-2 text-sm text-quiet">
      {words("appearance.label")}
      <select
        className="min-h-9 rounded-[3px] border border-edge bg-sheet px-2 text-ink"
        value={chosen}
        onChange={(event) => {
          choose(appearanceOf(event.target.value));
        }}
      >
        {APPEARANCES.map((one) => (
          <option key={one} value={one}>
            {words(`appearance.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
