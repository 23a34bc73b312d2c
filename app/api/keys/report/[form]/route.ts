import { object } from "#lib/conduct/objection";
import { REPORTS, takenReport, type ReportForm } from "#lib/wiring/key-report";
import { languageAsked } from "#lib/words/language";
import { forPeople } from "../../../interface";

const isForm = (form: string | undefined): form is ReportForm => REPORTS.some((one) => one === form);

/** The register as a file: CSV, PDF, or a CBOM. Taking it is an audit event. */
export const GET = forPeople(async ({ request, params }, actor) => {
  const { form } = params;
  if (!isForm(form)) return object("NOT-FOUND");
  const taken = await takenReport(form, actor, languageAsked(request.headers));
  if (!taken.ok) return taken;
  const { name, type, bytes } = taken.value;
  const body = typeof bytes === "string" ? bytes : new Uint8Array(bytes);
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  });
});
