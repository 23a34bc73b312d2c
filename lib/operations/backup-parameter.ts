import type { RecheckContext, SecretAsked } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { told, type Told } from "#lib/ceremony/told";
import { type BackedUpKey, readBackedUpKey } from "./backed-up-keys";
import { BACKUP_FORMS, type BackupForm } from "./backup-port";
import { OutcomeReader } from "./outcome-reader";
import { textOf, unknownParameters, type ParameterSchema, type ParameterSchemas } from "./parameters";

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** The parameter `backup`. */
export const BACKUP_NAME: ParameterSchema = { type: "string", description: "The backup's own name in this script." };
/** The parameter `form`. */
export const BACKUP_FORM: ParameterSchema = {
  enum: BACKUP_FORMS,
  description: "The whole token as its provider archives it, or each key wrapped by itself.",
};

/** What is wrong with the name of a backup, and parameters that the operation does not have. */
export function backupProblems(request: OperationRequest, parameters: ParameterSchemas): Told[] {
  const name = textOf(request, "backup");
  const unknown = unknownParameters(request, parameters);
  if (name === "") return [...unknown, told`${request.operation} needs the name of the backup: ${"backup"}.`];
  return NAME.test(name) ? unknown : [...unknown, told`A backup's name has small letters, digits and hyphens, 32 at most.`];
}

/** The form that a request asks for: the provider's archive where it says nothing. Null for one that there is not. */
export function formOf({ form = "archive" }: OperationRequest): BackupForm | null {
  return BACKUP_FORMS.find((known) => known === form) ?? null;
}

export const isWrapped = (request: OperationRequest): boolean => formOf(request) === "wrapped-keys";

export const formProblems = (request: OperationRequest): Told[] =>
  formOf(request) ? [] : [told`The form of a backup is one of ${BACKUP_FORMS.join(", ")}.`];

/** What an outcome says of how its backup was made; a reader can find out from it how to open one without this software. */
export const FORMATS: Readonly<Record<BackupForm, string>> = {
  archive: "claviger/sealed-archive/v1: scrypt (N 131072, r 8, p 1), AES-256-GCM in chunks of 64 KiB",
  "wrapped-keys": [
    "claviger/wrapped-keys/v1: each key under a one-time AES-256 key (RFC 5649), that under the backup's RSA-3072 key ",
    "(OAEP, SHA-1); its private half in claviger/sealed-archive/v1: scrypt (N 131072, r 8, p 1), AES-256-GCM",
  ].join(""),
};

/** The secret that a backup is kept under; two custodians hold a half each. */
export const backupKey = (request: OperationRequest, chosen: boolean): readonly SecretAsked[] => [
  {
    name: "backup-key",
    title: `the key of the backup ${textOf(request, "backup")}`,
    titleIn: { de: `der Schlüssel der Sicherung ${textOf(request, "backup")}` },
    chosen,
    whole: `backup ${textOf(request, "backup")}`,
    length: { least: 16, most: 256 },
  },
];

/** A backup made earlier in the ceremony, as its outcome says. */
export interface MadeBackup {
  readonly backup: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly keys: readonly BackedUpKey[];
  readonly form: BackupForm;
}

export function readMadeBackup(reader: OutcomeReader): MadeBackup {
  const [backup, file, sha256, bytes] = [
    reader.text("backup"),
    reader.text("file"),
    reader.hash("sha256"),
    reader.count("bytes"),
  ];
  const format = reader.text("format");
  const form = BACKUP_FORMS.find((known) => FORMATS[known] === format);
  if (!form) reader.problems.push("it was sealed in a way that this operation does not have");
  return { backup, file, sha256, bytes, keys: reader.list("keys", readBackedUpKey), form: form ?? "archive" };
}

/** The backup of that name, or null. */
export function backupNamed(earlier: RecheckContext["earlier"], name: string): MadeBackup | null {
  const found = earlier.findLast(({ outcome }) => "format" in outcome && outcome["backup"] === name);
  return found ? readMadeBackup(new OutcomeReader(found.outcome)) : null;
}
