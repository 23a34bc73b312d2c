import { joined, told, type Told } from "#lib/ceremony/told";
import type { Json } from "#lib/log/canonical";
import { fromHex, hex } from "#lib/log/digest";
import { KEY_PAIR_ALGORITHMS, SECRET_KEY_ALGORITHMS, type KeyAlgorithm } from "#lib/token/algorithm";
import { ATTRIBUTE_NAMES, noReadings, type ObjectClass, type ObjectReading } from "#lib/token/attributes";
import type { OutcomeReader } from "./outcome-reader";

const CLASSES: readonly ObjectClass[] =
  ["private-key", "public-key", "secret-key", "certificate", "data", "other", "not offered"];
const ALGORITHMS: readonly string[] = [...KEY_PAIR_ALGORITHMS, ...SECRET_KEY_ALGORITHMS];

const CALLED: Readonly<Record<ObjectClass, Told>> = {
  "private-key": told`private-key`,
  "public-key": told`public-key`,
  "secret-key": told`secret-key`,
  certificate: told`certificate`,
  data: told`data`,
  other: told`other`,
  "not offered": told`not offered`,
};

/** "private-key EC-P256": an object by its class and something else that it is known by. */
export const classAnd = (objectClass: ObjectClass, other: string): Told =>
  other === "" ? told`${CALLED[objectClass]}` : told`${CALLED[objectClass]} ${other}`;

/** "private-key jwt 0a1b": what an outcome names an object by, for a reader of any language; as it stands where it begins with no class. */
export function namedObject(text: string): Told {
  const found = CLASSES.find((one) => text === one || text.startsWith(`${one} `));
  return found ? classAnd(found, text.slice(found.length + 1)) : told`${text}`;
}

/** "private-key jwt; public-key jwt": objects by class and label, or how none of them is called. */
export const objectsInWords = (objects: readonly ObjectReading[], none: Told): Told =>
  objects.length === 0 ? none : joined(objects.map(({ objectClass, label }) => classAnd(objectClass, label)), "; ");

/** Everything read from one object on the token, as an outcome keeps it. Labels are put in NFC, as canonical text must be. */
export function objectJson(object: ObjectReading): Json {
  return {
    objectClass: object.objectClass,
    label: object.label.normalize("NFC"),
    id: hex(object.id),
    keyType: object.keyType,
    algorithm: object.algorithm,
    modulusBits: object.modulusBits,
    keyGenMechanism: object.keyGenMechanism,
    attributes: { ...object.attributes },
    spkiSha256: object.spkiSha256,
  };
}

/** `objectJson` back again; what cannot be read is noted in the reader's problems. */
export function readObject(reader: OutcomeReader): ObjectReading {
  const objectClass = reader.text("objectClass") as ObjectClass;
  if (!CLASSES.includes(objectClass)) reader.problems.push(`there is no class of object called ${objectClass}`);
  const label = reader.text("label");
  const id = reader.text("id");
  const keyType = reader.text("keyType");
  const algorithm = reader.any("algorithm");
  const modulusBits = reader.any("modulusBits");
  const keyGenMechanism = reader.text("keyGenMechanism");
  const attributes = reader.member("attributes");
  const readings = noReadings();
  for (const name of ATTRIBUTE_NAMES) {
    const value = attributes.any(name);
    if (typeof value === "boolean" || value === "not offered") readings[name] = value;
    else reader.problems.push(`the attribute ${name} of ${label} was not read`);
  }
  attributes.end();
  const spkiSha256 = reader.any("spkiSha256");
  reader.end();
  return {
    objectClass,
    label,
    id: /^(?:[0-9a-f]{2})*$/.test(id) ? fromHex(id) : new Uint8Array(),
    keyType,
    algorithm: typeof algorithm === "string" && ALGORITHMS.includes(algorithm) ? (algorithm as KeyAlgorithm) : null,
    modulusBits: typeof modulusBits === "number" ? modulusBits : "not offered",
    keyGenMechanism,
    attributes: readings,
    spkiSha256: typeof spkiSha256 === "string" ? spkiSha256 : null,
  };
}
