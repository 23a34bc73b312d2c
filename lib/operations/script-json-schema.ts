import { scriptJsonSchema } from "#lib/ceremony/script-json.schema";
import { KEY_PAIR_ALGORITHMS, SECRET_KEY_ALGORITHMS, SIGNATURE_ALGORITHMS } from "#lib/token/algorithm";
import { BACKUP_FORMS } from "./backup-port";
import { OPERATIONS } from "./book";
import { ISSUED_PROFILES } from "./certificate-profile";
import { KEY_USES } from "./key-order";
import type { Operation } from "./operation";

type Schema = { readonly [member: string]: unknown };

const text = (description: string, more: Schema = {}): Schema => ({ type: "string", description, ...more });
const subject = Object.fromEntries(
  ["commonName", "organisation", "organisationalUnit", "country", "state", "locality"].map((name) => [name, { type: "string" }]),
);

/** Every parameter that an operation may have. Which of them one has, the operation itself says: see `parametersOf`. */
const PARAMETERS: { readonly [name: string]: Schema } = {
  label: text("The label of a key, as it stands on the token.", { pattern: "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$" }),
  algorithm: { enum: [...KEY_PAIR_ALGORITHMS, ...SECRET_KEY_ALGORITHMS], description: "Kind and size of the key." },
  usage: {
    type: "array",
    items: { enum: KEY_USES },
    minItems: 1,
    uniqueItems: true,
    description: "What the key may do, and nothing else.",
  },
  extractable: { type: "boolean", description: "Whether the key can ever leave the HSM, in wrapped form." },
  wrapWithTrusted: {
    type: "boolean",
    description: "Whether it can leave only under a wrapping key that the security officer made trusted; not, if left out.",
  },
  signature: { enum: SIGNATURE_ALGORITHMS, description: "The signature that is tried." },
  key: { enum: ["key-pair", "secret-key"], description: "Which kind of key the label names; a key pair, if left out." },
  kind: { enum: ["key-pair", "secret-key"], description: "Which kind of key it is." },
  spkiSha256: text("SHA-256 of the public key, hex: which key is meant."),
  token: text("One of the script's other tokens; the ceremony's own, if left out."),
  to: text("The other token that receives it."),
  backup: text("The backup's own name in this script."),
  form: { enum: BACKUP_FORMS, description: "The whole token as its provider archives it, or each key wrapped by itself." },
  subject: {
    type: "object",
    properties: subject,
    required: ["commonName"],
    additionalProperties: false,
    description: "Whom the certificate names.",
  },
  years: { type: "integer", minimum: 1, description: "How long the certificate is valid." },
  days: { type: "integer", minimum: 1, description: "How long the certificate is valid." },
  issuer: text("The label of the CA's key."),
  request: text("The certificate request (PKCS#10) in PEM."),
  profile: { enum: ISSUED_PROFILES, description: "The kind of certificate." },
  issuerCertificate: text("The certificate of the CA's key in PEM, when it was not issued in this ceremony."),
  pathLength: {
    type: "integer",
    minimum: 0,
    maximum: 4,
    description: "How many authorities may stand one below the other; any number, if left out.",
  },
  expect: { type: "object", description: "What the token must be: model, firmware, flags, mechanisms." },
};

/** Algorithms differ between the two that make keys. */
const OWN: { readonly [operation: string]: { readonly [name: string]: Schema } } = {
  "generate-key-pair": { algorithm: { enum: KEY_PAIR_ALGORITHMS, description: "Kind and size of the key pair." } },
  "generate-secret-key": { algorithm: { enum: SECRET_KEY_ALGORITHMS, description: "Kind and size of the secret key." } },
};

/** The parameters that an operation knows: those it does not call unknown. */
export function parametersOf(operation: Operation): readonly string[] {
  const { name } = operation;
  return Object.keys(PARAMETERS).filter(
    (parameter) => !operation.problems({ operation: name, [parameter]: null }).includes(`${name} has no parameter called ${parameter}.`),
  );
}

function branchOf(operation: Operation): Schema {
  const parameters = parametersOf(operation).map((name) => [name, OWN[operation.name]?.[name] ?? PARAMETERS[name]]);
  return {
    type: "object",
    properties: { operation: { const: operation.name }, ...(Object.fromEntries(parameters) as Schema) },
    required: ["operation"],
    additionalProperties: false,
  };
}

/** The looser schema of any operation, wherever it stands, replaced by one branch for each that there is. */
function withOperations(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withOperations);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, member]) =>
      name === "operations" ? [name, { ...(member as Schema), items: { oneOf: OPERATIONS.map(branchOf) } }] : [name, withOperations(member)],
    ),
  );
}

/** What a script may hold, operations and their parameters included, as JSON Schema 2020-12: for completion in any editor. */
export const scriptSchema: Schema = {
  title: "Claviger script",
  ...(withOperations(scriptJsonSchema) as Schema),
};
