"use client";

import "./globals.css";
import { InLanguage, wordsHere } from "#components/words";
import PageError from "./error";

/** The same, when not even the frame round the page could be made. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  // The page that is replaced was in the reader's language; where there was none, the browser says.
  const { language } = wordsHere();
  return (
    <html lang={language}>
      <body>
        <InLanguage language={language}>
          <PageError {...props} />
        </InLanguage>
      </body>
    </html>
  );
}
