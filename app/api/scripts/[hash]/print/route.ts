import { printedScript } from "#lib/wiring/print-script";
import { forPeople } from "../../../interface";
import { printedCopies } from "../../printed-copies";

/** The script for the table, as PDF: `?copies=n` numbered copies. */
export const GET = forPeople(({ request, params }, { person }) => {
  const hash = params["hash"] ?? "";
  const print = { person, of: { script: hash }, name: hash.slice(0, 12) };
  return printedCopies(request, print, (copies) => printedScript(hash, copies));
});
