"use client";

import { useLanguage, useWords } from "./words";

/** What an operation's sentence says in the reader's language, marked as what nobody signs; nothing where there is none. */
export function OperationTranslation({ text }: { text: string | null }) {
  const words = useWords("parts");
  const language = useLanguage();
  if (text === null) return null;
  return (
    <div className="mt-1.5 text-quiet">
      <p className="text-sm font-semibold">{words("translation")}</p>
      <p lang={language} className="spoken max-w-[46em] leading-normal">
        {text}
      </p>
    </div>
  );
}
