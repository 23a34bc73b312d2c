import { sha256Hex, utf8 } from "#lib/log/digest";
import { isKeyPairAlgorithm, shapeOf, type KeyAlgorithm } from "#lib/token/algorithm";
import type { Register, RegisteredKey } from "./registered-key";

type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };
/** What only the store knows of a ceremony: the SHA-256 of its sealed record, or null while there is none. */
export type RecordOf = (ceremony: string) => string | null;

/**
 * The register as a cryptography bill of materials: CycloneDX 1.6 (ECMA-424), one `cryptographic-asset` for each key and one for
 * each algorithm, with the ceremonies and records that say so as properties. Pure, so that the same register gives the same bytes.
 */
export function cbomOf(register: Register, recordOf: RecordOf): { readonly [member: string]: Json } {
  const algorithms = [...new Set(register.keys.map(({ algorithm }) => algorithm))].sort();
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(`${register.at}/${register.keys.map(({ head }) => head).join("/")}`)}`,
    version: 1,
    metadata: {
      timestamp: register.at,
      tools: { components: [{ type: "application", name: "claviger" }] },
      properties: [{ name: "claviger:mode", value: register.mode }],
    },
    components: [...algorithms.map(algorithmComponent), ...register.keys.map((key) => keyComponent(key, recordOf))],
    dependencies: register.keys.map((key) => ({ ref: keyRef(key), dependsOn: [algorithmRef(key.algorithm)] })),
  };
}

const keyRef = ({ key }: RegisteredKey): string => `key/${key}`;
const algorithmRef = (algorithm: string): string => `algorithm/${algorithm}`;

/** Version 8 of RFC 9562: of our own making, from what it stands for. */
function uuidOf(text: string): string {
  const hex = sha256Hex(utf8(text));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function algorithmComponent(algorithm: string): Json {
  const pair = isKeyPairAlgorithm(algorithm as KeyAlgorithm);
  const primitive = pair ? (algorithm.startsWith("RSA") ? "pke" : "signature") : algorithm.startsWith("HMAC") ? "mac" : "block-cipher";
  return {
    type: "cryptographic-asset",
    "bom-ref": algorithmRef(algorithm),
    name: algorithm,
    cryptoProperties: {
      assetType: "algorithm",
      algorithmProperties: { primitive, parameterSetIdentifier: algorithm, executionEnvironment: "hardware" },
    },
  };
}

function keyComponent(key: RegisteredKey, recordOf: RecordOf): Json {
  const { label, kind, spkiSha256, algorithm, state, born, activeSince, endsAt, compromised } = key;
  const size = shapeOf(algorithm as KeyAlgorithm).bits;
  return {
    type: "cryptographic-asset",
    "bom-ref": keyRef(key),
    name: label,
    ...(spkiSha256 === null ? {} : { hashes: [{ alg: "SHA-256", content: spkiSha256 }] }),
    cryptoProperties: {
      assetType: "related-crypto-material",
      relatedCryptoMaterialProperties: {
        type: kind === "key-pair" ? "private-key" : "secret-key",
        id: key.key,
        state,
        algorithmRef: algorithmRef(algorithm),
        creationDate: born.at,
        ...(activeSince === null ? {} : { activationDate: activeSince }),
        ...(endsAt === null ? {} : { expirationDate: endsAt }),
        size,
        securedBy: { mechanism: "HSM" },
      },
    },
    properties: properties([
      ["claviger:born", born.how],
      ["claviger:ceremony", born.ceremony],
      ["claviger:record-sha256", recordOf(born.ceremony)],
      ["claviger:script-sha256", born.script.hash],
      ["claviger:outcome", born.entry],
      ["claviger:recorder-spki-sha256", born.recorder],
      ["claviger:check-value", key.checkValue],
      ["claviger:environment", key.environment],
      ["claviger:uses", key.uses.join(" ")],
      ["claviger:processed-until", key.processedUntil],
      ["claviger:was-compromised", compromised ? "true" : null],
      ["claviger:destroyed-by", key.destroyed?.ceremony ?? null],
      ...key.places.filter(({ gone }) => gone === null).map(({ token }) => ["claviger:token", token] as const),
      ...key.backups.map(({ backup }) => ["claviger:backup", backup] as const),
    ]),
  };
}

const properties = (named: readonly (readonly [string, string | null])[]): Json =>
  named.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
