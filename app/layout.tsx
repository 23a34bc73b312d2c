import "@fontsource-variable/jetbrains-mono/wght.css";
import "@fontsource-variable/source-sans-3/wght.css";
import "@fontsource-variable/source-serif-4/opsz.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { RehearsalFrame } from "#components/rehearsal-frame";
import { InLanguage } from "#components/words";
import * as wiring from "#lib/wiring";
import { appearanceOf, APPEARANCE_COOKIE } from "./appearance";
import { pageLanguage } from "./page-words";

export const metadata: Metadata = {
  title: { default: "Claviger", template: "%s · Claviger" },
  robots: { index: false, follow: false },
};
export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** Every page: the typefaces, the language and appearance chosen, and the frame where everything here is a rehearsal. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ mode }, jar, language] = await Promise.all([wiring.standing(), cookies(), pageLanguage()]);
  const appearance = appearanceOf(jar.get(APPEARANCE_COOKIE)?.value);
  return (
    <html lang={language} {...(appearance === "system" ? {} : { "data-appearance": appearance })}>
      <body>
        <InLanguage language={language}>
          {mode === "rehearsal" ? <RehearsalFrame /> : null}
          {children}
        </InLanguage>
      </body>
    </html>
  );
}
