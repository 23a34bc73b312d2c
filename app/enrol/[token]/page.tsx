import type { Metadata } from "next";
import { Enrol } from "./enrol";

export const metadata: Metadata = { title: "Enrol a passkey", referrer: "no-referrer" };

export default async function EnrolPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <main id="main" className="mx-auto grid min-h-[calc(100dvh-var(--frames))] max-w-xl content-center px-5 py-12">
      <p className="text-xl font-bold tracking-tight">Claviger</p>
      <Enrol token={token} />
    </main>
  );
}
