"use client";

import { useState } from "react";
import { appearanceOf, APPEARANCE_COOKIE, APPEARANCES, type Appearance } from "./appearance";

const NAMES = { system: "As the device", light: "Light", dark: "Dark", contrast: "High contrast" } as const;

/** Light, dark, high contrast, or as the device asks. Kept for a year in this browser. */
export function AppearanceChoice({ initial }: { initial: Appearance }) {
  const [chosen, setChosen] = useState(initial);
  const choose = (appearance: Appearance) => {
    setChosen(appearance);
    if (appearance === "system") delete document.documentElement.dataset["appearance"];
    else document.documentElement.dataset["appearance"] = appearance;
    document.cookie = `${APPEARANCE_COOKIE}=${appearance}; Path=/; Max-Age=31536000; SameSite=Lax`;
  };
  return (
    <label className="inline-flex items-center gap-2 text-sm text-quiet">
      Appearance
      <select
        className="min-h-9 rounded-[3px] border border-edge bg-sheet px-2 text-ink"
        value={chosen}
        onChange={(event) => {
          choose(appearanceOf(event.target.value));
        }}
      >
        {APPEARANCES.map((one) => (
          <option key={one} value={one}>
            {NAMES[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
