import { deceptiveIn } from "#lib/ceremony/deceptive";
import type { OperationRequest } from "#lib/ceremony/script";
import { told, type Told } from "#lib/ceremony/told";
import type { Json } from "#lib/log/canonical";
import { SUBJECT_ATTRIBUTES, valueInWords, type Subject } from "#lib/x509/distinguished-name";
import type { ParameterSchema } from "./parameters";

const NAMES: readonly string[] = SUBJECT_ATTRIBUTES.map(({ name }) => name);

/** The parameter `subject`. */
export const SUBJECT: ParameterSchema = {
  type: "object",
  properties: Object.fromEntries(SUBJECT_ATTRIBUTES.map(({ name, most }) => [name, { type: "string", maxLength: most }])),
  required: ["commonName"],
  additionalProperties: false,
  description: "Whom the certificate names.",
};

/**
 * The parameter `subject` of a request, or the sentences that say why there is none. It stands quoted in the sentence that people
 * approve, so it must not be able to end the quotation, nor hold what cannot be seen.
 */
export function subjectOf(
  { subject: given }: OperationRequest,
): { readonly subject: Subject | null; readonly problems: Told[] } {
  const subject =
    typeof given === "object" && given !== null && !Array.isArray(given) ? (given as { readonly [name: string]: Json }) : null;
  if (!subject) {
    return { subject: null, problems: [told`The subject is a list of names: ${NAMES.join(", ")}.`] };
  }
  const problems = Object.keys(subject)
    .filter((name) => !NAMES.includes(name))
    .map((name) => told`A subject has no ${name}: it has ${NAMES.join(", ")}.`);
  for (const { name, most } of SUBJECT_ATTRIBUTES) {
    const value = subject[name];
    if (value === undefined && name !== "commonName") continue;
    const wrong = wrongText(name, value, most);
    if (wrong) problems.push(wrong);
  }
  const country = subject["country"];
  if (typeof country === "string" && !/^[A-Z]{2}$/.test(country)) {
    problems.push(told`The subject's country is two capital letters (ISO 3166).`);
  }
  return problems.length > 0 ? { subject: null, problems } : { subject: subject as unknown as Subject, problems };
}

function wrongText(name: string, value: unknown, most: number): Told | null {
  if (typeof value !== "string" || value === "") return told`The subject's ${name} is missing or not text.`;
  if ([...value].length > most) return told`The subject's ${name} has more than ${most} characters.`;
  if (value !== value.trim() || value !== value.normalize("NFC")) {
    return told`The subject's ${name} has blanks at its ends or is not in NFC.`;
  }
  if (quotable(value)) return null;
  return told`The subject's ${name} has a quotation mark, a line break or a character that cannot be seen.`;
}

/** Whether a text can stand between quotation marks in a sentence without ending them or hiding a part of itself. */
export const quotable = (text: string): boolean => !/["“”„«»\n\t]/.test(text) && deceptiveIn(text) === null;

/** The subject as people read it: "C=DE, O=Nordhafen, CN=Root". */
export const subjectInWords = (subject: Subject): string =>
  SUBJECT_ATTRIBUTES.flatMap(({ name, short }) => {
    const value = subject[name];
    return value === undefined ? [] : [`${short}=${valueInWords(value)}`];
  }).join(", ");
