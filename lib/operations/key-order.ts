import type { Fact, KeyMention } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { joined, told, type Told } from "#lib/ceremony/told";
import { fromHex } from "#lib/log/digest";
import { KEY_PAIR_ALGORITHMS, SECRET_KEY_ALGORITHMS, shapeOf, type KeyAlgorithm } from "#lib/token/algorithm";
import { FAMILY_USES, unsoundness, type KeyTemplate, type KeyUsage } from "#lib/token/template";
import { inWords, KEY_LABEL, labelProblems, textOf, unknownParameters, type ParameterSchema, type ParameterSchemas } from "./parameters";
import { worded } from "./worded-fact";

/** A key as the script orders it. The CKA_ID is not the script's to choose: it follows from who approved. */
export interface KeyOrder {
  readonly label: string;
  readonly algorithm: KeyAlgorithm;
  readonly usage: readonly (keyof KeyUsage)[];
  readonly extractable: boolean;
  /** It can leave only under a key that the security officer made trusted. */
  readonly wrapWithTrusted?: true;
}

/** What a key may be made to do, as scripts say it. */
export const KEY_USES = ["sign", "verify", "encrypt", "decrypt", "wrap", "unwrap", "derive"] as const satisfies readonly (keyof KeyUsage)[];
const ANY_ID = new Uint8Array(32);

const KINDS: { readonly [kind in KeyMention["kind"]]: Told } = { "key-pair": told`a key pair`, "secret-key": told`a secret key` };

const algorithmsOf = (kind: KeyMention["kind"]): readonly KeyAlgorithm[] =>
  kind === "key-pair" ? KEY_PAIR_ALGORITHMS : SECRET_KEY_ALGORITHMS;

/** The parameter `usage`. */
export const KEY_USAGE: ParameterSchema = {
  type: "array",
  items: { enum: KEY_USES },
  minItems: 1,
  uniqueItems: true,
  description: "What the key may do, and nothing else.",
};

/** The parameters by which a script orders a key of that kind. */
export const orderParameters = (kind: KeyMention["kind"]): ParameterSchemas => ({
  label: KEY_LABEL,
  algorithm: { enum: algorithmsOf(kind), description: `Kind and size of the ${kind.replace("-", " ")}.` },
  usage: KEY_USAGE,
  extractable: { type: "boolean", description: "Whether the key can ever leave the HSM, in wrapped form." },
  wrapWithTrusted: {
    type: "boolean",
    description: "Whether it can leave only under a wrapping key that the security officer made trusted; not, if left out.",
  },
});

/** What is wrong with a list of uses, in sentences. */
export function usageProblems(usage: unknown): Told[] {
  const uses: unknown[] = Array.isArray(usage) ? usage : [];
  const problems: Told[] = [];
  if (uses.length === 0) problems.push(told`The usage says what the key may do: a list of ${KEY_USES.join(", ")}.`);
  for (const use of uses) {
    if ((KEY_USES as readonly unknown[]).includes(use)) continue;
    problems.push(told`A key cannot ${String(use)}: usage is a list of ${KEY_USES.join(", ")}.`);
  }
  if (new Set(uses).size !== uses.length) problems.push(told`The usage names a use twice.`);
  return problems;
}

/** The order in a request's parameters, or the sentences that say why there is none. */
export function orderOf(request: OperationRequest, kind: KeyMention["kind"]): { order: KeyOrder | null; problems: Told[] } {
  const problems = unknownParameters(request, orderParameters(kind));
  const label = textOf(request, "label");
  problems.push(...labelProblems(request));

  const known: readonly string[] = algorithmsOf(kind);
  const algorithm = textOf(request, "algorithm");
  if (!known.includes(algorithm)) problems.push(told`The algorithm of ${KINDS[kind]} is one of ${known.join(", ")}.`);

  problems.push(...usageProblems(request["usage"]));

  const extractable = request["extractable"];
  if (typeof extractable !== "boolean") problems.push(told`Whether the key is extractable must be said: true or false.`);
  const wrapWithTrusted = request["wrapWithTrusted"] ?? false;
  if (typeof wrapWithTrusted !== "boolean") problems.push(told`Whether only trusted keys may wrap it is said by true or false.`);

  if (problems.length > 0) return { order: null, problems };
  const order: KeyOrder = {
    label,
    algorithm: algorithm as KeyAlgorithm,
    usage: request["usage"] as unknown as (keyof KeyUsage)[],
    extractable: extractable === true,
    ...(wrapWithTrusted === true ? { wrapWithTrusted } : {}),
  };
  const unsound = unsoundOrder(order);
  return unsound.length > 0 ? { order: null, problems: unsound } : { order, problems: [] };
}

/** Why no token makes such a key: uses that its family does not have, else what `unsoundness` says. */
function unsoundOrder(order: KeyOrder): Told[] {
  const { algorithm, usage } = order;
  const strange = usage.filter((use) => !FAMILY_USES[shapeOf(algorithm).family].includes(use));
  if (strange.length > 0) return strange.map((use) => told`The key cannot be made: ${algorithm} cannot ${use}.`);
  const wrong = unsoundness({ ...templateOf(order, ""), id: ANY_ID });
  return wrong.map((why) => told`The key cannot be made: ${{ text: why, values: [] }}.`);
}

/** The template that orders this key from a token under the given CKA_ID (hex). */
export function templateOf(order: KeyOrder, ckaId: string): KeyTemplate {
  const usage = Object.fromEntries(order.usage.map((use) => [use, true])) as KeyUsage;
  const { algorithm, label, extractable, wrapWithTrusted } = order;
  const trusted = wrapWithTrusted ? { wrapWithTrusted } : {};
  return { algorithm, label, id: fromHex(ckaId), usage, extractable, ...trusted, sensitive: true };
}

/** "signing key", "key for encrypting and decrypting": what people call a key by what it may do. */
function calling(order: KeyOrder): string {
  if (order.usage.length === 1 && order.usage[0] === "sign") return "signing key";
  if (order.usage.length === 2 && order.usage.includes("encrypt") && order.usage.includes("decrypt")) return "encryption key";
  return "key";
}

/** What keys of its kind can do, and this one cannot. */
const missingUses = ({ algorithm, usage }: KeyOrder) => FAMILY_USES[shapeOf(algorithm).family].filter((use) => !usage.includes(use));

/** The sentence people approve: what is made, where, what it can do, what it cannot, and whether it can ever leave. */
export function orderSentence(order: KeyOrder, serial: string): string {
  const cannot = missingUses(order);
  return [
    `Generate an ${order.algorithm} ${calling(order)} named ${order.label} on token ${serial}`,
    `; it can ${inWords(order.usage)}`,
    cannot.length > 0 ? `, it cannot ${cannot.length === 1 ? cannot.join() : `${cannot.slice(0, -1).join(", ")} or ${cannot.at(-1) ?? ""}`}` : "",
    `, and it can ${LEAVES[leaving(order)].sentence}.`,
  ].join("");
}

const USES: Readonly<Record<string, Told>> = {
  sign: told`sign`,
  verify: told`verify`,
  encrypt: told`encrypt`,
  decrypt: told`decrypt`,
  wrap: told`wrap`,
  unwrap: told`unwrap`,
  derive: told`derive`,
};

/** "sign and derive": what a key may do, for a row. */
export function usesInWords(uses: readonly string[]): Told {
  const said = uses.map((use) => USES[use] ?? use);
  const last = said.at(-1) ?? "";
  return said.length < 2 ? told`${last}` : told`${joined(said.slice(0, -1), ", ")} and ${last}`;
}

const USE_IN_GERMAN: Readonly<Record<string, string>> = {
  sign: "signieren",
  verify: "Signaturen prüfen",
  encrypt: "verschlüsseln",
  decrypt: "entschlüsseln",
  wrap: "Schlüssel einwickeln",
  unwrap: "Schlüssel auswickeln",
  derive: "Schlüssel ableiten",
};
const LEAVES_IN_GERMAN = {
  never: "das HSM nie verlassen",
  wrapped: "eingewickelt aus dem HSM geholt werden",
  trusted:
    "nur eingewickelt von einem Schlüssel aus dem HSM geholt werden, dem der Sicherheitsbeauftragte das Vertrauen gegeben hat",
} as const;

/** "signieren und Schlüssel ableiten". */
export function usesInGerman(uses: readonly string[], word: "und" | "oder" = "und"): string {
  const said = uses.map((use) => USE_IN_GERMAN[use] ?? use);
  return said.length < 2 ? said.join() : `${said.slice(0, -1).join(", ")} ${word} ${said.at(-1) ?? ""}`;
}

/** The same in German. */
export function orderInGerman(order: KeyOrder, serial: string): string {
  const cannot = missingUses(order);
  return [
    `Auf Token ${serial} einen Schlüssel ${order.label} der Art ${order.algorithm} erzeugen`,
    `; er kann ${usesInGerman(order.usage)}`,
    cannot.length > 0 ? `, er kann nicht ${usesInGerman(cannot, "oder")}` : "",
    `, und er kann ${LEAVES_IN_GERMAN[leaving(order)]}.`,
  ].join("");
}

/** The order as rows, for the signing sheet and the record. */
export const orderFacts = (order: KeyOrder): Fact[] => [
  { name: "Key label", value: order.label, measured: true },
  { name: "Algorithm", value: order.algorithm, measured: true },
  worded("It can", usesInWords(order.usage)),
  worded("Can leave the HSM", LEAVES[leaving(order)].row),
];

const leaving = ({ extractable, wrapWithTrusted }: KeyOrder) => (!extractable ? "never" : wrapWithTrusted ? "trusted" : "wrapped");

const LEAVES = {
  never: { sentence: "never leave the HSM", row: told`never` },
  wrapped: { sentence: "be taken out of the HSM in wrapped form", row: told`yes, wrapped` },
  trusted: {
    sentence: "be taken out of the HSM only wrapped by a key that the security officer made trusted",
    row: told`yes, wrapped by a trusted key only`,
  },
} as const;
