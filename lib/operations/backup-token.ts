import { canonicalText } from "#lib/log/canonical";
import { ok, refuse } from "#lib/result";
import { fingerprintHolds, keyJson, keysOn } from "./backed-up-keys";
import { backupKey, backupNamed, backupProblems, readMadeBackup } from "./backup-parameter";
import { madeKeys } from "./made-key";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { textOf } from "./parameters";
import { readToken, tokenJson } from "./token-json";

const FORMAT = "claviger/sealed-archive/v1: scrypt (N 131072, r 8, p 1), AES-256-GCM in chunks of 64 KiB";

/**
 * Backs the whole token up, the way its provider has, sealed under a secret of which two custodians hold a half each:
 * `{backup}`. The outcome says which file, by its hash, and which keys are in it.
 */
export const backupToken: Operation = {
  name: "backup-token",
  effect: "uses",
  problems: (request) => backupProblems(request),
  makes: () => [],
  needs: () => [],
  secrets: (request) => backupKey(request, true),
  world: (request) => [{ event: "backup-made", backup: textOf(request, "backup") }],
  sentence: (request, token) =>
    [
      `Back up token ${token.serial} with every key on it, as ${textOf(request, "backup")}, sealed under a key of which two `,
      "custodians each enter a half. Whoever has the file, both halves and the token's PIN has the keys.",
    ].join(""),
  facts: (request) => [{ name: "Backup", value: textOf(request, "backup"), measured: true }],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const made = readMadeBackup(reader);
    const format = reader.text("format");
    readToken(reader.member("token"), context);
    reader.end();
    const problems = [...reader.problems];
    if (made.backup !== textOf(request, "backup")) problems.push(`the backup is called ${made.backup}`);
    if (format !== FORMAT) problems.push("it was sealed in another way than this operation has");
    if (made.bytes === 0) problems.push("the file is empty");
    if (!made.keys.every(fingerprintHolds)) problems.push("a fingerprint is not that of its public key");
    if (backupNamed(context.earlier, made.backup)) problems.push(`a backup called ${made.backup} was made before`);
    const missing = madeKeys(context.earlier).filter(({ ckaId }) => !made.keys.some(({ id }) => id === ckaId));
    for (const { label } of missing) problems.push(`the key ${label} is not in the backup`);
    return problems;
  },
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const { backup, file, sha256, bytes, keys } = readMadeBackup(reader);
    return {
      facts: [
        { name: "Backup", value: backup, measured: true },
        { name: "File", value: file, measured: true },
        { name: "Size", value: `${String(bytes)} bytes` },
        { name: "Sealed", value: reader.text("format") },
        {
          name: "Keys in it",
          value: keys.map(({ label, fingerprint }) => `${label} (${fingerprint.slice(0, 16)})`).join("; ") || "none",
        },
      ],
      attributes: [],
      fingerprint: { of: "SHA-256 of the file", value: sha256 },
    };
  },
  async execute(token, request, context) {
    const backup = textOf(request, "backup");
    if (backupNamed(context.earlier, backup)) return refuse({ call: request.operation, name: "BACKUP-NAME-TAKEN" });
    const said = await tokenJson(token);
    const keys = (await keysOn(token)).map(keyJson);
    const manifest = { ceremony: context.ceremony, backup, token: said, keys };
    const made = await context.backups.make(backup, context.ckaId, await context.secret("backup-key"), manifest);
    if (!made.ok) return refuse({ call: request.operation, name: made.refusal });
    // What was on the token while it was copied is what the manifest says only if nothing moved meanwhile.
    if (canonicalText((await keysOn(token)).map(keyJson)) !== canonicalText(keys))
      return refuse({ call: request.operation, name: "TOKEN-CHANGED-MEANWHILE" });
    return ok({ outcome: { backup, ...made.value, format: FORMAT, keys, token: said }, recovered: false, destroyed: [] });
  },
};
