import type { WorldEvent } from "#lib/ceremony/operation";
import type { Script } from "#lib/ceremony/script";
import { told, type Told } from "#lib/ceremony/told";
import type { Path, Report, Watcher, Work } from "./world";

type Listed = { changed: Path | null; listed: boolean; baseline: boolean };
/** Where a device first answered or was made anew, and whether its firmware was compared with what the script expects since. */
type State = { readonly path: Path; readonly made: boolean; compared: boolean };

/** The ceremony's own token has no name among the script's tokens. */
const nameOf = (token: string | null): string => token ?? "";
const calledOf = (token: string): Told => (token === "" ? told`the HSM` : told`the token ${token}`);

/** Which tokens are there, whether people know which device is meant, and whether what is on them is listed before and after. */
export function watchTokens(script: Script, report: Report): Watcher {
  const declared = new Set((script.tokens ?? []).map(({ token }) => token));
  const unused = new Set(declared);
  const undeclared = new Set<string>();
  const lists = new Map<string, Listed>();
  const made = new Map<string, string>();
  const states = new Map<string, State>();
  const hasDevice = !(script.sections?.place !== undefined && "omitted" in script.sections.place);
  let looked = false;

  const listOf = (token: string): Listed => {
    const list = lists.get(token) ?? { changed: null, listed: false, baseline: false };
    lists.set(token, list);
    return list;
  };
  const change = (token: string, path: Path) => {
    const list = listOf(token);
    if (!list.baseline && list.changed === null) {
      report("BASELINE-MISSING", path, told`Nobody has looked at what is on ${calledOf(token)} before this changes it.`);
    }
    list.changed = path;
    list.listed = false;
  };
  const name = (token: string, path: Path) => {
    unused.delete(token);
    if (declared.has(token) || undeclared.has(token)) return;
    undeclared.add(token);
    report("TOKEN-UNDECLARED", path, told`The script lists no token called ${token}.`);
  };
  const answer = (token: string, path: Path, compared: boolean) => {
    const state = states.get(token) ?? { path, made: false, compared: false };
    state.compared ||= compared;
    states.set(token, state);
  };
  const happen = (event: WorldEvent, { path }: Work) => {
    switch (event.event) {
      case "health-read":
      case "keys-listed": {
        const list = listOf(nameOf(event.token));
        list.baseline = true;
        if (event.event === "keys-listed") list.listed = true;
        else answer(nameOf(event.token), path, event.compared);
        break;
      }
      case "key-made":
        made.set("", event.label);
        change("", path);
        break;
      case "key-destroyed":
        change("", path);
        break;
      case "key-cloned":
        made.set(event.to, event.label);
        change(event.to, path);
        break;
      case "token-initialised": {
        const token = nameOf(event.token);
        const lost = made.get(token);
        if (lost !== undefined) {
          report("TOKEN-NOT-EMPTY", path, told`Initialising ${calledOf(token)} destroys ${lost}, which an earlier step put there.`);
        }
        made.delete(token);
        listOf(token).baseline = true;
        change(token, path);
        states.set(token, { path, made: true, compared: false });
        break;
      }
      case "token-condemned":
        // People agree to the loss of what is on it: that it takes two steps, and time between them, others watch.
        made.delete(nameOf(event.token));
        break;
      case "token-zeroised":
        made.delete(nameOf(event.token));
        change(nameOf(event.token), path);
        break;
      default:
        break;
    }
  };

  return {
    step(step, path) {
      if (step.kind !== "check" || !/\bserial\b/i.test(`${step.value} ${step.title}`)) return;
      if (step.physical) looked = true;
      if (step.physical && step.expected === undefined) {
        report("SERIAL-UNEXPECTED", path, told`Step ${step.step} does not say which serial number is expected.`);
      }
    },
    work(work) {
      for (const token of work.rules.tokens?.(work.request) ?? []) name(token, work.path);
      if (hasDevice && !looked && work.rules.effect !== "reads") {
        looked = true;
        report("DEVICE-UNCHECKED", work.path, told`The HSM is put to work before anybody has read its serial number.`);
      }
      for (const event of work.events) happen(event, work);
    },
    end() {
      for (const [token, { changed, listed }] of lists) {
        if (changed && !listed) {
          report("INVENTORY-MISSING", changed, told`Nobody lists what is on ${calledOf(token)} after this last change.`);
        }
      }
      for (const [token, { path, made: anew, compared }] of states) {
        if (compared) continue;
        const said = anew
          ? told`Nobody compares the firmware of ${calledOf(token)} with what is expected after it is initialised.`
          : told`Nobody compares the firmware of ${calledOf(token)} with what is expected.`;
        report("STATE-UNCOMPARED", path, said);
      }
      for (const token of unused) {
        report(
          "TOKEN-UNUSED", ["tokens", (script.tokens ?? []).findIndex((one) => one.token === token)],
          told`No operation works on the token ${token}.`,
        );
      }
    },
  };
}
