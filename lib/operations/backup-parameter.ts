import type { RecheckContext, SecretAsked } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { type BackedUpKey, readBackedUpKey } from "./backed-up-keys";
import { OutcomeReader } from "./outcome-reader";
import { textOf, unknownParameters } from "./parameters";

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** What is wrong with the name of a backup; `others` are the operation's further parameters. */
export function backupProblems(request: OperationRequest, others: readonly string[] = []): string[] {
  const name = textOf(request, "backup");
  const unknown = unknownParameters(request, ["backup", ...others]);
  if (name === "") return [...unknown, `${request.operation} needs the name of the backup: backup.`];
  return NAME.test(name) ? unknown : [...unknown, "A backup's name has small letters, digits and hyphens, 32 at most."];
}

/** The secret that a backup is kept under; two custodians hold a half each. */
export const backupKey = (request: OperationRequest, chosen: boolean): readonly SecretAsked[] => [
  { name: "backup-key", title: `the key of the backup ${textOf(request, "backup")}`, chosen, length: { least: 16, most: 256 } },
];

/** A backup made earlier in the ceremony, as its outcome says. */
export interface MadeBackup {
  readonly backup: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly keys: readonly BackedUpKey[];
}

export function readMadeBackup(reader: OutcomeReader): MadeBackup {
  const [backup, file, sha256, bytes] = [
    reader.text("backup"),
    reader.text("file"),
    reader.hash("sha256"),
    reader.count("bytes"),
  ];
  return { backup, file, sha256, bytes, keys: reader.list("keys", readBackedUpKey) };
}

/** The backup of that name, or null. */
export function backupNamed(earlier: RecheckContext["earlier"], name: string): MadeBackup | null {
  const found = earlier.findLast(({ request, outcome }) => request.operation === "backup-token" && outcome["backup"] === name);
  return found ? readMadeBackup(new OutcomeReader(found.outcome)) : null;
}
