"use client";

import "./globals.css";
import PageError from "./error";

/** The same, when not even the frame round the page could be made. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <PageError {...props} />
      </body>
    </html>
  );
}
