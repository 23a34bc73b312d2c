import { run, hasCommand } from "./command.mjs";
import { SetupFault } from "./fault.mjs";

const isRoot = () => process.getuid?.() === 0;

/**
 * How this machine installs system packages without asking anybody: apt as root or by a sudo that wants no password, or
 * Homebrew. `null` when it has no such way.
 * @returns {Promise<{ kind: "apt" | "brew", prefix: string[] } | null>}
 */
export async function systemInstaller() {
  if (process.platform === "darwin") return hasCommand("brew") ? { kind: "brew", prefix: [] } : null;
  if (!hasCommand("apt-get")) return null;
  if (isRoot()) return { kind: "apt", prefix: [] };
  if (hasCommand("sudo") && (await run("sudo", ["-n", "true"])).code === 0) return { kind: "apt", prefix: ["sudo", "-n"] };
  return null;
}

let listsAreFresh = false;

/**
 * Installs system packages, or says which one command would.
 * @param {{ what: string, apt: string[], brew: string[], aptOptions?: string[] }} wanted `what` completes "… is missing"
 */
export async function installSystemPackages({ what, apt, brew, aptOptions = [] }) {
  const installer = await systemInstaller();
  const command = installCommand({ apt, brew });
  if (installer === null) {
    throw new SetupFault(`${what} is missing, and this user may not install it.`, {
      remedy: `run this one command, then the same command again:\n\n  ${command}\n`,
    });
  }
  const steps =
    installer.kind === "brew"
      ? [["brew", "install", ...brew]]
      : [
          ...(listsAreFresh ? [] : [[...installer.prefix, "apt-get", ...aptOptions, "update"]]),
          [...installer.prefix, "apt-get", ...aptOptions, "install", "-y", "--no-install-recommends", ...apt],
        ];
  for (const [first = "", ...rest] of steps) {
    const { code, output } = await run(first, rest, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    // An update that could not reach every archive may still leave what is needed; the installation is what decides.
    if (code !== 0 && !rest.includes("update")) {
      throw new SetupFault(`${what} is missing, and installing it failed:\n${output.trim().split("\n").slice(-8).join("\n")}`, {
        remedy: `see that this works, then run the same command again:\n\n  ${command}\n`,
      });
    }
  }
  listsAreFresh = true;
}

/** @param {{ apt: string[], brew: string[] }} wanted */
function installCommand({ apt, brew }) {
  if (process.platform === "darwin") return `brew install ${brew.join(" ")}`;
  if (!hasCommand("apt-get")) return `(with the package manager of this system; Debian's names are: ${apt.join(" ")})`;
  const line = `apt-get update && apt-get install -y --no-install-recommends ${apt.join(" ")}`;
  if (isRoot()) return line;
  return hasCommand("sudo") ? `sudo sh -c '${line}'` : `su -c '${line}'`;
}
