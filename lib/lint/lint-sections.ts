import { SECTIONS } from "#lib/ceremony/script.schema";
import { stepsOf, type Script } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import type { Report } from "./world";

/** Sections that a cloud profile may leave out: somebody else's building. */
const MAY_OMIT: readonly string[] = ["place", "storage"];

/**
 * The eight things that a key generation script has to hold: each answered by steps; with an HSM in a cloud, place and storage may
 * be left out with a reason.
 */
export function lintSections(script: Script, inCloud: boolean, report: Report): void {
  const { sections } = script;
  if (!sections) {
    report("SECTIONS-MISSING", [], told`The script does not name its sections: ${SECTIONS.join(", ")}.`);
    return;
  }
  const acts = script.acts.map(({ act }) => act);
  const known = new Set([...Object.keys(script), ...acts, ...stepsOf(script).map(({ step }) => step)]);
  for (const section of SECTIONS) {
    const answer = sections[section];
    const path = ["sections", section];
    if (!answer) report("SECTIONS-MISSING", ["sections"], told`The section ${section} is missing.`);
    else if ("omitted" in answer) {
      if (!MAY_OMIT.includes(section)) report("SECTION-OMITTED", path, told`The section ${section} may not be left out.`);
      else if (!inCloud) report("SECTION-OMITTED", path, told`The section ${section} may be left out only for an HSM in a cloud.`);
    } else {
      for (const id of answer) if (!known.has(id)) {
        report("SECTION-UNKNOWN", path, told`${section} names ${id}, which is no act, step or member of the header.`);
      }
    }
  }
}
