import type { WorldEvent } from "#lib/ceremony/operation";
import type { Script } from "#lib/ceremony/script";
import { told, type Told } from "#lib/ceremony/told";
import type { Path, Report, Watcher } from "./world";

/** What the linter needs to know of a kind of HSM; a profile of lib/token has it. */
export interface LintProfile {
  readonly title: string;
  /** It stands in its provider's building. */
  readonly cloud: boolean;
  /** C_InitToken and C_InitPIN work. */
  readonly initialise: boolean;
  /** Whose PINs C_SetPIN changes: "security-officer", "user". */
  readonly changesPin: readonly string[];
  readonly gcmIv: "caller" | "module";
  /** The way in which it wraps a key so that another maker's token can unwrap it (RFC 5649); null when it has none. */
  readonly kwp: string | null;
  /** Algorithms whose keys it wraps in no way, and those whose keys it takes in from no other token. */
  readonly neverWraps: readonly string[];
  readonly neverUnwraps: readonly string[];
  /** It wraps keys that say they cannot leave. */
  readonly wrapsUnextractable: boolean;
  /** A key that only trusted keys may wrap is kept back from all others. */
  readonly wrapsWithTrusted: boolean;
  /** How the whole token is backed up from here; "none" where its maker's own service does that. */
  readonly backup: string;
  /** Two keys on one token may have one label. */
  readonly duplicateLabels: boolean;
  /** Algorithms it is known not to make keys of. */
  readonly refusedAlgorithms: readonly string[];
}

export type LintProfiles = { readonly [id: string]: LintProfile };

/** Whether the kinds of HSM that the script is for can do what it asks. `chosen` stands in for the script's own profile. */
export function watchProvider(script: Script, profiles: LintProfiles, chosen: string | undefined, report: Report): Watcher {
  const own = chosen ?? script.profile;
  const find = (id: string | undefined, path: Path): LintProfile | null => {
    if (id === undefined) return null;
    const profile = Object.hasOwn(profiles, id) ? profiles[id] : undefined;
    if (!profile) {
      report("PROVIDER-UNKNOWN", path, told`There is no profile called ${id}; there are ${Object.keys(profiles).join(", ")}.`);
    }
    return profile ?? null;
  };
  const main = find(own, ["profile"]);
  const others = new Map((script.tokens ?? []).map(({ token, profile }, i) => [token, find(profile, ["tokens", i, "profile"])]));
  const on = (token: string | null): LintProfile | null => (token === null ? main : (others.get(token) ?? null));
  const labels = new Set<string>();
  /** Of what algorithm the keys made so far are, by label; and of what algorithms those in a backup. */
  const algorithms = new Map<string, string>();
  const kept = new Map<string, readonly string[]>();

  const label = (name: string, token: string | null, path: Path) => {
    const profile = on(token);
    const id = `${token ?? ""}/${name}`;
    if (labels.has(id) && profile && !profile.duplicateLabels) {
      report("PROVIDER-LABEL", path, told`${profile.title} refuses a second key called ${name}.`);
    }
    labels.add(id);
  };
  const wraps = (profile: LintProfile | null, what: string | Told, path: Path) => {
    if (profile?.kwp === null) report("PROVIDER-WRAP", path, told`${profile.title} cannot wrap ${what} in the way that other makers understand.`);
  };
  const brings = (algorithm: string, to: LintProfile | null, path: Path) => {
    if (to?.neverUnwraps.includes(algorithm)) report("PROVIDER-WRAP", path, told`${to.title} takes in no ${algorithm} key that comes wrapped.`);
  };
  const takesOut = (algorithm: string, path: Path) => {
    if (main?.neverWraps.includes(algorithm)) report("PROVIDER-WRAP", path, told`${main.title} wraps no ${algorithm} key.`);
  };
  const proves = (name: string, path: Path) => {
    const algorithm = algorithms.get(name) ?? "";
    if (main?.wrapsUnextractable) {
      report("PROVIDER-PROOF", path, told`${main.title} wraps keys that say they cannot leave, and so it will ${name}.`);
    } else if (main?.neverWraps.includes(algorithm)) {
      report("PROVIDER-PROOF", path, told`${main.title} wraps no ${algorithm} key, even one that may leave: that it does not wrap ${name} shows nothing.`);
    }
  };
  const judge = (event: WorldEvent, path: Path) => {
    switch (event.event) {
      case "key-made": {
        label(event.label, null, path);
        algorithms.set(event.label, event.algorithm);
        if (main?.refusedAlgorithms.includes(event.algorithm)) {
          report("PROVIDER-ALGORITHM", path, told`${main.title} makes no ${event.algorithm} keys.`);
        }
        if (main && event.wrapWithTrusted && !main.wrapsWithTrusted) {
          report("PROVIDER-TRUSTED", path, told`${main.title} is not known to keep ${event.label} back from wrapping keys that are not trusted.`);
        }
        const encrypts = event.kind === "secret-key" && event.usage.includes("encrypt");
        if (main?.gcmIv === "module" && encrypts && script.gcmIv !== "module") {
          report("PROVIDER-IV", path, told`${main.title} chooses the IV of AES-GCM for ${event.label} itself.`);
        }
        break;
      }
      case "key-identified":
        label(event.label, null, path);
        break;
      case "key-cloned":
        label(event.label, event.to, path);
        for (const profile of new Set([main, on(event.to)])) wraps(profile, event.label, path);
        takesOut(algorithms.get(event.label) ?? "", path);
        brings(algorithms.get(event.label) ?? "", on(event.to), path);
        break;
      case "key-proven-inside":
        proves(event.label, path);
        break;
      case "key-destroyed":
        algorithms.delete(event.label);
        break;
      case "backup-made":
        kept.set(event.backup, [...new Set(algorithms.values())]);
        if (event.wrapped) {
          wraps(main, told`the keys for ${event.backup}`, path);
          for (const algorithm of kept.get(event.backup) ?? []) takesOut(algorithm, path);
        } else if (main?.backup === "none") {
          report("PROVIDER-BACKUP", path, told`${main.title} has no archive of a whole token: form: wrapped-keys takes each key by itself.`);
        }
        break;
      case "backup-restored": {
        const other = on(event.to);
        if (event.wrapped) {
          wraps(other, told`the keys of ${event.backup}`, path);
          for (const algorithm of kept.get(event.backup) ?? []) brings(algorithm, other, path);
        } else if (main && other && other.backup !== main.backup) {
          report("PROVIDER-BACKUP", path, told`A backup of ${main.title} cannot be restored with the library of ${other.title}.`);
        }
        break;
      }
      // Zeroising destroys each object by itself, which every module does.
      case "token-initialised": {
        const profile = on(event.token);
        if (profile && !profile.initialise) report("PROVIDER-INITIALISE", path, told`${profile.title} has no C_InitToken.`);
        else if (profile && !profile.changesPin.includes("security-officer")) {
          report("PROVIDER-INITIALISE", path, told`${profile.title} has no security officer’s PIN to initialise it with.`);
        }
        break;
      }
      case "pin-changed": {
        const profile = on(event.token);
        const holder = event.pin === "so" ? "security-officer" : "user";
        if (profile && !profile.changesPin.includes(holder)) report("PROVIDER-PIN", path, told`${profile.title} changes that PIN through no call of PKCS#11.`);
        break;
      }
      default:
        break;
    }
  };
  return {
    work({ events, path }) {
      for (const event of events) judge(event, path);
    },
  };
}
