import type { Metadata } from "next";
import { LanguageChoice } from "../../language-choice";
import { pageWords } from "../../page-words";
import { Enrol } from "./enrol";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await pageWords("signIn"))("enrol"),
  referrer: "no-referrer",
});

export default async function EnrolPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <main id="main" className="mx-auto grid min-h-[calc(100dvh-var(--frames))] max-w-xl content-center px-5 py-12">
      <p className="text-xl font-bold tracking-tight">Claviger</p>
      <Enrol token={token} />
      <footer className="mt-8">
        <LanguageChoice />
      </footer>
    </main>
  );
}
