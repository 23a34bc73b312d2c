import { printedScriptOf } from "#lib/wiring/print-script";
import { forPeople } from "../../../interface";
import { printedCopies } from "../../../scripts/printed-copies";

/** The script of this ceremony for the table, its token named, as PDF: `?copies=n` numbered copies. */
export const GET = forPeople(({ request, params }, { person }) => {
  const id = params["id"] ?? "";
  return printedCopies(request, { person, of: { ceremony: id }, name: id }, (copies) => printedScriptOf(id, person, copies));
});
