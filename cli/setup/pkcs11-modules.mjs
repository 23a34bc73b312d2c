import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SetupFault } from "./fault.mjs";
import { stage } from "./stage.mjs";
import { installSystemPackages } from "./system-packages.mjs";

const triplets = ["x86_64-linux-gnu", "aarch64-linux-gnu"];
const brew = ["/opt/homebrew", "/usr/local"];

/** Where systems put SoftHSM2's PKCS#11 module: Debian and Ubuntu, Fedora, openSUSE, Homebrew. */
const softHsmPlaces = [
  "/usr/lib/softhsm/libsofthsm2.so",
  ...triplets.map((triplet) => `/usr/lib/${triplet}/softhsm/libsofthsm2.so`),
  "/usr/lib64/pkcs11/libsofthsm2.so",
  "/usr/lib64/softhsm/libsofthsm2.so",
  ...brew.map((prefix) => `${prefix}/lib/softhsm/libsofthsm2.so`),
];

const nssPlaces = [
  ...triplets.flatMap((triplet) => [`/usr/lib/${triplet}/libsoftokn3.so`, `/usr/lib/${triplet}/nss/libsoftokn3.so`]),
  "/usr/lib64/libsoftokn3.so",
  ...brew.map((prefix) => `${prefix}/opt/nss/lib/libsoftokn3.dylib`),
];

/**
 * Makes sure that SoftHSM2 is on this machine.
 * @returns {Promise<string>} the path of its PKCS#11 module
 */
export function ensureSoftHsm() {
  return ensureModule(softHsmPlaces, { what: "SoftHSM2", apt: ["softhsm2"], brew: ["softhsm"] });
}

/**
 * Makes sure that NSS's software token is on this machine: a second PKCS#11 module, for the tests that every token must pass.
 * @returns {Promise<string>} the path of its PKCS#11 module
 */
export function ensureNssToken() {
  return ensureModule(nssPlaces, { what: "NSS's software token", apt: ["libnss3"], brew: ["nss"] });
}

/**
 * @param {string[]} places
 * @param {{ what: string, apt: string[], brew: string[] }} wanted
 */
async function ensureModule(places, wanted) {
  const present = () => places.find((place) => existsSync(place));
  const before = present();
  if (before !== undefined) return before;
  await stage(`installing ${wanted.what}`, () => installSystemPackages(wanted));
  const after = present();
  if (after !== undefined) return after;
  throw new SetupFault(`${wanted.what} was installed, but its PKCS#11 module is in none of the places known.`, {
    remedy: `link it to one of:\n  ${places.join("\n  ")}`,
  });
}

/**
 * Makes a folder in which SoftHSM2 keeps tokens, readable by its owner only.
 * @param {string} folder
 * @returns {{ SOFTHSM2_CONF: string }} the environment a process needs to see exactly these tokens
 */
export function softHsmFolder(folder) {
  const tokens = path.join(path.resolve(folder), "tokens");
  mkdirSync(tokens, { recursive: true, mode: 0o700 });
  const conf = path.join(path.resolve(folder), "softhsm2.conf");
  const lines = [
    `directories.tokendir = ${tokens}`,
    "objectstore.backend = file",
    "log.level = ERROR",
    "slots.removable = false",
    "slots.mechanisms = ALL",
  ];
  writeFileSync(conf, `${lines.join("\n")}\n`, { mode: 0o600 });
  return { SOFTHSM2_CONF: conf };
}
