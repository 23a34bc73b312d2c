import type { WorldEvent } from "#lib/ceremony/operation";
import { stepsOf, type Script, type Step } from "#lib/ceremony/script";
import { told } from "#lib/ceremony/told";
import { stepTranslations, translationsOf } from "#lib/ceremony/translated";
import { deniesExport } from "./denies-export";
import type { Path, Report, Watcher, Work } from "./world";

type Made = Extract<WorldEvent, { event: "key-made" }>;
type Key = { readonly path: Path; readonly made: Made; tested: boolean; proven: boolean; cloned: boolean };

const SIGNING: readonly string[] = ["sign", "verify"];
const ENCRYPTING: readonly string[] = ["encrypt", "decrypt"];
const CARRYING: readonly string[] = ["wrap", "unwrap"];

/** What becomes of the keys that are made: tried, shown to stay inside, read aloud, and made as the text says. */
export function watchKeys(script: Script, report: Report): Watcher {
  const keys = new Map<string, Key>();
  const exports = new Map<string, { readonly path: Path; readonly label: string; read: boolean }>();
  const steps = stepsOf(script);

  const make = (made: Made, { path, step }: Work) => {
    for (const other of keys.keys()) {
      if (lookAlike(other) === lookAlike(made.label)) {
        report("LABEL-ALIKE", path, told`The labels ${other} and ${made.label} look alike.`);
      }
    }
    keys.set(made.label, { path, made, tested: false, proven: false, cloned: false });
    checkUsage(made, path, report);
    if (made.extractable && saysItStays(script, step)) {
      report(
        "KEY-EXTRACTABLE-DENIED", path,
        told`The text says that ${made.label} cannot leave the HSM, and the order lets it leave.`,
      );
    }
  };

  const clone = (label: string, { path }: Work) => {
    const key = keys.get(label);
    if (key?.made.extractable === false) {
      report("CLONE-UNEXTRACTABLE", path, told`${label} is made so that it can never leave the HSM.`);
    }
    if (key && !canBeCompared(key.made)) {
      report("CLONE-UNCOMPARED", path, told`${label} may only ${key.made.usage.join(", ")}: nothing would show that its copy is the same key.`);
    }
    set(keys, label, "cloned");
  };

  /** Every key made so far goes into a backup of wrapped keys, or the whole of it is refused. */
  const wrapAll = ({ path }: Work) => {
    for (const [label, key] of keys) {
      if (!key.made.extractable) report("BACKUP-UNEXTRACTABLE", path, told`${label} is made so that it can never leave the HSM.`);
      key.cloned = true;
    }
  };

  return {
    step(step) {
      const before = steps[steps.indexOf(step) - 1]?.step;
      const from = step.kind === "statement" ? (step.aloud ?? before) : undefined;
      const exported = exports.get(from ?? "");
      if (exported) exported.read = true;
    },
    work(work) {
      for (const event of work.events) {
        if (event.event === "key-made") make(event, work);
        if (event.event === "key-tested") set(keys, event.label, "tested");
        if (event.event === "key-proven-inside") set(keys, event.label, "proven");
        if (event.event === "key-cloned") clone(event.label, work);
        if (event.event === "backup-made" && event.wrapped) wrapAll(work);
        if (event.event === "key-exported") {
          exports.set(exportId(work), { path: work.path, label: event.label, read: false });
        }
      }
    },
    end() {
      for (const [label, { path, made, tested, cloned }] of keys) {
        // One that goes into another token has to be able to leave this one.
        if (made.extractable && !cloned && script.environment === "production") {
          report("KEY-EXTRACTABLE", path, told`${label} can be taken out of the HSM in wrapped form, and nothing here needs that.`);
        }
        if (!tested && canBeTested(made)) report("KEY-UNTESTED", path, told`${label} is made and never tested.`);
      }
      const unproven = [...keys.values()].filter(({ proven, made }) => !proven && !made.extractable);
      if (unproven[0]) {
        report(
          "KEY-UNPROVEN", unproven[0].path,
          told`Nothing shows that these cannot leave the HSM: ${unproven.map(({ made }) => made.label).join(", ")}.`,
        );
      }
      for (const { path, label, read } of exports.values()) {
        if (!read) {
          report(
            "FINGERPRINT-UNREAD", path,
            told`The public key of ${label} is exported, and its fingerprint is read aloud in no step.`,
          );
        }
      }
    },
  };
}

/** The room shows what came last of a step; an export that is followed by more work in its step is shown to nobody. */
const exportId = ({ step, last, path }: Work): string => (last ? step.step : path.join("/"));

function set(keys: ReadonlyMap<string, Key>, label: string, what: "tested" | "proven" | "cloned"): void {
  const key = keys.get(label);
  if (key) key[what] = true;
}

/** Whether the purpose, what is read aloud anywhere or the step itself says so, in whatever language the script carries. */
function saysItStays(script: Script, step: Step): boolean {
  const aloud = [step, ...stepsOf(script).filter(({ kind }) => kind === "statement")];
  const purposes = [script.purpose, ...translationsOf(script.in).map(({ purpose }) => purpose)];
  const said = aloud.flatMap((one) => [one.say, ...stepTranslations(one).map(({ say }) => say)]);
  return [...purposes, ...said].some(deniesExport);
}

function checkUsage({ label, usage }: Made, path: Path, report: Report): void {
  const kinds = [SIGNING, ENCRYPTING, CARRYING].filter((kind) => kind.some((use) => usage.includes(use)));
  if (kinds.length < 2) return;
  report("USAGE-MIXED", path, told`${label} may ${usage.join(", ")}: that is more than one purpose.`);
}

/** Whether there is an operation that tries such a key: signing, a MAC, or decrypting what it or its public half encrypted. */
const canBeTested = ({ usage, algorithm }: Made): boolean =>
  usage.includes("sign") || (usage.includes("decrypt") && (usage.includes("encrypt") || algorithm.startsWith("RSA")));

/** Whether a copy can be shown to be the same key: a secret key by its check value at least, a pair by what it signs or opens. */
const canBeCompared = ({ kind, usage }: Made): boolean => kind === "secret-key" || usage.includes("sign") || usage.includes("decrypt");

const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[o0]/g, "0"],
  [/[il1]/g, "1"],
  [/[s5]/g, "5"],
  [/[z2]/g, "2"],
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/[._:-]/g, "-"],
];

/** One spelling for all labels that a reader may take for each other. */
const lookAlike = (label: string): string =>
  ALIKE.reduce((text, [signs, sign]) => text.replaceAll(signs, sign), label.toLowerCase());
