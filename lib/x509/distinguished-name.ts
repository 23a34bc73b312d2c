import { children, derElement, DerFields, oid, TAG, type DerElement } from "./der";
import { der, derOid, derSequence, derSet, derUtf8 } from "./der-writer";
import { must } from "./malformed";
import { OID } from "./object-identifiers";

/**
 * Whom a certificate names: the attributes RFC 5280 section 4.1.2.4 wants every reader to know, as far as they name
 * organisations.
 */
export interface Subject {
  readonly country?: string;
  readonly state?: string;
  readonly locality?: string;
  readonly organisation?: string;
  readonly organisationalUnit?: string;
  readonly commonName: string;
}

/** From the largest thing to the smallest, as it is written; bounds of X.520, as RFC 5280 appendix A.1 gives them. */
export const SUBJECT_ATTRIBUTES = [
  { name: "country", short: "C", id: OID.country, most: 2 },
  { name: "state", short: "ST", id: OID.state, most: 128 },
  { name: "locality", short: "L", id: OID.locality, most: 128 },
  { name: "organisation", short: "O", id: OID.organisation, most: 64 },
  { name: "organisationalUnit", short: "OU", id: OID.organisationalUnit, most: 64 },
  { name: "commonName", short: "CN", id: OID.commonName, most: 64 },
] as const satisfies readonly { name: keyof Subject; short: string; id: string; most: number }[];

const PRINTABLE = 0x13;
const IA5 = 0x16;

/**
 * Name in DER: one attribute in each part; the country is a PrintableString, all others UTF8String (RFC 5280 section 4.1.2.4).
 */
export const distinguishedName = (subject: Subject): Uint8Array =>
  derSequence(
    ...SUBJECT_ATTRIBUTES.flatMap(({ name, id }) => {
      const value = subject[name];
      if (value === undefined) return [];
      const text = name === "country" ? der(PRINTABLE, new TextEncoder().encode(value)) : derUtf8(value);
      return [derSet([derSequence(derOid(id), text)])];
    }),
  );

/**
 * The attributes of a Name as people read them, in its order: "O=Nordhafen, CN=Root", and those of one part joined by a plus
 * sign. Throws `Malformed` for what is not text.
 */
export function nameInWords(name: Uint8Array): string {
  const parts = children(derElement(name, TAG.sequence), TAG.sequence);
  return parts.map((part) => children(part, TAG.set).map(attributeInWords).join(" + ")).join(", ");
}

/**
 * A value as it stands among others: what would begin another attribute there has a backslash before it, as in RFC 4514. Every
 * other comma stays as people know it.
 */
export const valueInWords = (value: string): string => value.replace(/\\|[,+;](?=\s*[\w.-]+\s*=)/g, "\\$&");

function attributeInWords(attribute: DerElement): string {
  const fields = DerFields.of(attribute);
  const id = oid(fields.next(TAG.oid));
  const value = fields.any();
  fields.end();
  must([TAG.utf8, PRINTABLE, IA5].includes(value.tag), `name: attribute ${id} is not text`);
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return `${SUBJECT_ATTRIBUTES.find((known) => known.id === id)?.short ?? id}=${valueInWords(decoded(text, value.content))}`;
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    must(false, "name: text that is not UTF-8");
  }
}
