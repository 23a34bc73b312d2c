import { distinguishedName, nameInWords, SUBJECT_ATTRIBUTES, type Subject } from "./distinguished-name";

/**
 * A name as people read it, "C=DE, O=Example AG, CN=Claviger recorder", as data: null unless it has a common name, every value its length, and
 * exactly these words come of it again.
 */
export function readSubject(words: string): Subject | null {
  const read: Record<string, string> = {};
  for (const part of words.split(/(?<!\\), (?=[A-Z]+=)/)) {
    const [short, ...value] = part.split("=");
    const known = SUBJECT_ATTRIBUTES.find((attribute) => attribute.short === short);
    const text = value.join("=").replace(/\\([\\,+;])/g, "$1");
    if (!known || text === "" || text.length > known.most || (known.name === "country" && !/^[A-Z]{2}$/.test(text))) return null;
    read[known.name] = text;
  }
  const { commonName } = read;
  if (commonName === undefined) return null;
  const subject = { ...read, commonName };
  return nameInWords(distinguishedName(subject)) === words ? subject : null;
}
