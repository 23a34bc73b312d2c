import { z } from "zod";
import { object } from "#lib/conduct/objection";
import { MOST_COPIES } from "#lib/wiring/print-script";
import { noteTaken, type TakenFile } from "#lib/wiring/taken-files";
import { readQuery } from "../interface";

const Copies = z.object({ copies: z.coerce.number().int().min(1).max(MOST_COPIES).default(1) });

/** Who prints what: the name is the file's. */
export type Print = { readonly person: string; readonly of: TakenFile["of"]; readonly name: string };

/** Answers a request for `?copies=n` of a script with the PDF, to be opened and printed; that it is taken is noted. */
export async function printedCopies(
  request: Request,
  { person, of, name }: Print,
  draw: (copies: number) => Promise<Uint8Array | null>,
) {
  const asked = readQuery(request, Copies);
  if (!asked.ok) return asked;
  const pdf = await draw(asked.value.copies);
  if (!pdf) return object("NOT-FOUND");
  await noteTaken(person, { what: "script", of, bytes: pdf });
  return new Response(new Uint8Array(pdf), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="script-${name}.pdf"`,
      "cache-control": "private, no-store",
    },
  });
}
