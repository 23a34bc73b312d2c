import { z } from "zod";
import { readNotebook, writePage } from "#lib/conduct/notebook";
import { notebookStore, roomPorts } from "#lib/wiring/parts";
import { forPeople } from "../../../interface";

/** My own notebook in this ceremony. Whose it is, the session says: there is no address for another person's. */
export const GET = forPeople(({ params }, actor) => readNotebook(roomPorts(), notebookStore(), actor, params["id"] ?? ""));

const Page = z.strictObject({ text: z.string(), after: z.int().min(0).optional() });

/** Writes a page of it. With `after`, the number of pages before it, it may be sent again when its answer was lost. */
export const POST = forPeople(
  ({ params, form }, actor) => writePage(roomPorts(), notebookStore(), actor, params["id"] ?? "", form),
  Page,
);
