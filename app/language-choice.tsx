"use client";

import { useRouter } from "next/navigation";
import { useLanguage, useWords } from "#components/words";
import { LANGUAGE_COOKIE, LANGUAGE_NAMES, LANGUAGES } from "#lib/words/language";

/** The languages the pages can be read in, each by its own name. Kept for a year in this browser. */
export function LanguageChoice() {
  const router = useRouter();
  const words = useWords("frame");
  const chosen = useLanguage();
  return (
    <label className="inline-flex items-center gap-2 text-sm text-quiet">
      {words("language")}
      <select
        className="min-h-9 rounded-[3px] border border-edge bg-sheet px-2 text-ink"
        value={chosen}
        onChange={({ target }) => {
          document.cookie = `${LANGUAGE_COOKIE}=${target.value}; Path=/; Max-Age=31536000; SameSite=Lax`;
          router.refresh();
        }}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
