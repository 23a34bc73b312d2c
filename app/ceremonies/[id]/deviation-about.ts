import type { RoomView } from "#lib/conduct/room";
import type { OpenSheetView } from "#lib/conduct/sheet-view";
import type { RoomSheet } from "./room-sheet";
import { openSheetAt } from "./step-find";
import { useDraft } from "./use-draft";

type DeviationSheet = Extract<RoomSheet, { kind: "deviation" }>;

/** The form for a deviation at that step; where a sheet stands open there, the form that completes it. */
export const deviationAt = (view: RoomView, step: string | null, why: string | null = null): DeviationSheet => ({
  ...{ kind: "deviation", step, why },
  sheet: openSheetAt(view, step)?.number ?? null,
});

/**
 * The form that anybody may open at any time: at the current step. In a stopped room not at one whose sheet stands open: what
 * completes it does not answer the stop.
 */
export const deviationNow = (view: RoomView): DeviationSheet =>
  deviationAt(view, view.phase === "stopped" && openSheetAt(view, view.current) ? null : view.current);

/**
 * What a form says that is about that place. `completes`: the open sheet that whoever fills it in has chosen to complete, also
 * where somebody else has done so since; then the rules say so. `undecided`: one that stands open there and was not chosen.
 */
export function aboutSheet(
  view: RoomView,
  step: string,
  chosen: OpenSheetView | null,
): { readonly completes: OpenSheetView | null; readonly undecided: OpenSheetView | null } {
  const completes = chosen?.step === step ? chosen : null;
  const open = openSheetAt(view, step);
  return { completes, undecided: open && open.number !== completes?.number ? open : null };
}

/**
 * A text of the form. What is typed about a difference, over the sheet's own account of it, and what is typed about anything else
 * are kept apart, so that neither is left standing for the other. `carried`: completing it begins with what was typed already.
 */
export function useTextAbout(
  form: string,
  field: "expected" | "happened",
  completes: OpenSheetView | null,
  carried: boolean,
): [string, (text: string) => void] {
  const own = useDraft(`${form}/${field}`, "");
  const prefilled = completes?.[field] ?? "";
  const ofSheet = useDraft(`${form}/${field}-of-${String(completes?.number ?? 0)}`, carried && own[0] !== "" ? own[0] : prefilled);
  return completes ? ofSheet : own;
}
