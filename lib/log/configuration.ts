import { hashOf } from "./canonical";

/** How a process is configured, as far as it may be told: the names of the settings that are given, and one digest over what they say. */
export type Configuration = { readonly settings: readonly string[]; readonly digest: string };

/** The settings a process knows, and those of them whose values are nobody's to know: of these it only counts that they are given. */
export type SettingNames = { readonly known: readonly string[]; readonly secret: readonly string[] };

type Variables = { readonly [name: string]: string | undefined };

/**
 * The configuration that stands in these variables. An empty one is not given, as everywhere; what the process does not know is left out.
 * The digest is SHA-256 over canonical bytes, hex: the same for the same settings, whatever their order. It is not salted, and goes to nobody
 * but the database, which salts it (claviger_note_configuration).
 */
export function configurationOf(variables: Variables, { known, secret }: SettingNames): Configuration {
  const given = [...known].sort().flatMap((name) => {
    const value = variables[name];
    return value === undefined || value === "" ? [] : [[name, secret.includes(name) ? null : publicPart(value)] as const];
  });
  const values = Object.fromEntries(given.map(([name, value]) => [name, value?.normalize("NFC") ?? null]));
  return { settings: given.map(([name]) => name), digest: hashOf({ domain: "claviger/settings/v1", values }) };
}

/** Of an address only where it leads: who signs in there, and by which password, can stand in it. Null when that cannot be told apart. */
function publicPart(value: string): string | null {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return value;
  if (!URL.canParse(value)) return null;
  const { protocol, host, pathname } = new URL(value);
  return `${protocol}//${host}${pathname}`;
}
