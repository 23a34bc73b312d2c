import type { Finding } from "#lib/ceremony/lint-code";
import type { OperationBook } from "#lib/ceremony/operation";
import type { Script } from "#lib/ceremony/script";
import { watchEnds } from "./watch-ends";
import { performIn } from "./world";

/**
 * Where a sound script destroys without time after the condemnation (DESTROY-HASTY). The rule book would perform it, and a record of
 * one stays what it is; nobody should begin with it.
 */
export function hastyEnds(script: Script, book: OperationBook): Finding[] {
  const found: Finding[] = [];
  const watcher = watchEnds(script, (code, path, said) => {
    if (code === "DESTROY-HASTY") found.push({ code, path, said });
  });
  performIn([watcher], script, book);
  return found;
}
