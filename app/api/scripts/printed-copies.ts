import { z } from "zod";
import { object } from "#lib/conduct/objection";
import { MOST_COPIES } from "#lib/wiring/print-script";
import { readQuery } from "../interface";

const Copies = z.object({ copies: z.coerce.number().int().min(1).max(MOST_COPIES).default(1) });

/** Answers a request for `?copies=n` of a script with the PDF, to be opened and printed. */
export async function printedCopies(request: Request, name: string, draw: (copies: number) => Promise<Uint8Array | null>) {
  const asked = readQuery(request, Copies);
  if (!asked.ok) return asked;
  const pdf = await draw(asked.value.copies);
  if (!pdf) return object("NOT-FOUND");
  return new Response(new Uint8Array(pdf), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="script-${name}.pdf"`,
      "cache-control": "private, no-store",
    },
  });
}
