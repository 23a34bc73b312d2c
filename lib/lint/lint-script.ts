import { checkScript } from "#lib/ceremony/check-script";
import type { Finding } from "#lib/ceremony/lint-code";
import type { OperationBook } from "#lib/ceremony/operation";
import type { Script } from "#lib/ceremony/script";
import { lintLanguages } from "./lint-languages";
import { lintPeople } from "./lint-people";
import { lintSections } from "./lint-sections";
import { lintText } from "./lint-text";
import { watchBackups } from "./watch-backups";
import { watchBags } from "./watch-bags";
import { watchEnds } from "./watch-ends";
import { watchKeys } from "./watch-keys";
import { watchProvider, type LintProfiles } from "./watch-provider";
import { watchRoom } from "./watch-room";
import { watchTime } from "./watch-time";
import { watchTokens } from "./watch-tokens";
import { performIn, type Report } from "./world";

/** What a script is judged by: the operations there are, the kinds of HSM that are known, and, if asked for, one of those. */
export type LintedBy = { readonly book: OperationBook; readonly profiles: LintProfiles; readonly profile?: string | undefined };

/**
 * Everything that is wrong with a well-formed script, or worth a thought: first what makes it unsound (`checkScript`, by which
 * ceremonies are refused), then what comes of performing it in a model of the world. The codes are those of `LINT`.
 */
export function lintScript(script: Script, { book, profiles, profile }: LintedBy): Finding[] {
  const found: Finding[] = checkScript(script, book);
  const report: Report = (code, path, said) => {
    found.push({ code, path, said });
  };
  lintPeople(script, book, report);
  lintSections(script, isInCloud(profile ?? script.profile, profiles), report);
  lintText(script, report);
  lintLanguages(script, report);
  const world = [
    watchKeys(script, report),
    watchBackups(script, report),
    watchEnds(script, report),
    watchTokens(script, report),
    watchRoom(script, report),
    watchBags(report),
    watchTime(script, report),
    watchProvider(script, profiles, profile, report),
  ];
  performIn(world, script, book);
  return found;
}

/** Whether a kind of HSM of that name stands in its provider's building; of one that is not known nobody can say so. */
const isInCloud = (id: string | undefined, profiles: LintProfiles): boolean =>
  id !== undefined && Object.hasOwn(profiles, id) && profiles[id]?.cloud === true;
