import { printedScript } from "#lib/wiring/print-script";
import { forPeople } from "../../../interface";
import { printedCopies } from "../../printed-copies";

/** The script for the table, as PDF: `?copies=n` numbered copies. */
export const GET = forPeople(({ request, params }) => {
  const hash = params["hash"] ?? "";
  return printedCopies(request, hash.slice(0, 12), (copies) => printedScript(hash, copies));
});
