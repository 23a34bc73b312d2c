import { told } from "#lib/ceremony/told";
import { canonicalText, type Json } from "#lib/log/canonical";
import { ok, refuse } from "#lib/result";
import { keyJson } from "./backed-up-keys";
import { BACKUP_NAME, backupKey, backupNamed, backupProblems, type MadeBackup } from "./backup-parameter";
import { EXAMPLE_PAIR, EXAMPLE_BACKUP } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { textOf, type ParameterSchemas } from "./parameters";
import { readToken, tokenJson } from "./token-json";
import { worded } from "./worded-fact";

const PARAMETERS: ParameterSchemas = { backup: BACKUP_NAME };

/**
 * Reads a backup back, opens it with the custodians' key, and compares every byte and every key with what was said of it:
 * `{backup}`.
 */
export const verifyBackup: Operation = {
  name: "verify-backup",
  effect: "uses",
  parameters: PARAMETERS,
  example: [EXAMPLE_PAIR, EXAMPLE_BACKUP, { operation: "verify-backup", backup: EXAMPLE_BACKUP.backup }],
  work: {
    en: { doing: "opening the backup {backup}", done: "backup {backup} opened and compared" },
    de: { doing: "öffnet die Sicherung {backup}", done: "Sicherung {backup} geöffnet und verglichen" },
  },
  rowsIn: {
    de: {
      "{0}, as listed when it was made": "{0}, wie aufgelistet, als sie entstand",
      "{0}, not as listed": "{0}, nicht wie aufgelistet",
      "Files in it, each with the hash that was written": "Dateien darin, jede mit dem geschriebenen Hash",
      "Opened with the custodians' key": "Mit dem Schlüssel der Schlüsselverwahrer geöffnet",
    },
  },
  problems: (request) => backupProblems(request, PARAMETERS),
  makes: () => [],
  needs: () => [],
  secrets: (request) => backupKey(request, false),
  world: (request) => [{ event: "backup-verified", backup: textOf(request, "backup") }],
  sentence: (request, token) =>
    [
      `Read the backup ${textOf(request, "backup")} of token ${token.serial} back, open it with the custodians' key, and `,
      "compare everything in it with what was written. Nothing is restored.",
    ].join(""),
  sentenceIn: {
    de: (request, token) =>
      `Die Sicherung ${textOf(request, "backup")} von Token ${token.serial} zurücklesen, mit dem Schlüssel der ` +
      "Schlüsselverwahrer öffnen und alles darin mit dem vergleichen, was geschrieben wurde. Nichts wird " +
      "wiederhergestellt.",
  },
  facts: (request) => [{ name: "Backup", value: textOf(request, "backup"), measured: true }],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const [backup, sha256, bytes, files, keys] = [
      reader.text("backup"),
      reader.hash("sha256"),
      reader.count("bytes"),
      reader.count("files"),
      reader.count("keys"),
    ];
    const same = reader.flag("manifestSame");
    readToken(reader.member("token"), context);
    reader.end();
    const made = backupNamed(context.earlier, textOf(request, "backup"));
    if (!made) return [...reader.problems, `no backup called ${textOf(request, "backup")} was made before`];
    const problems = [...reader.problems];
    if (backup !== made.backup) problems.push("another backup was read");
    if (sha256 !== made.sha256 || bytes !== made.bytes) problems.push("the file is not the one that was written");
    if (files === 0) problems.push("the backup holds no file");
    if (keys !== made.keys.length || !same) problems.push("the keys in it are not those that were on the token");
    return problems;
  },
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    return {
      facts: [
        { name: "Backup", value: reader.text("backup"), measured: true },
        worded("Opened with the custodians' key", told`yes`),
        { name: "Files in it, each with the hash that was written", value: String(reader.count("files")), measured: true },
        worded(
          "Keys in it",
          reader.flag("manifestSame")
            ? told`${reader.count("keys")}, as listed when it was made`
            : told`${reader.count("keys")}, not as listed`,
        ),
      ],
      attributes: [],
      fingerprint: { of: "SHA-256 of the file", value: reader.text("sha256") },
    };
  },
  async execute(token, request, context) {
    const made = backupNamed(context.earlier, textOf(request, "backup"));
    if (!made) return refuse({ call: request.operation, name: "BACKUP-NOT-MADE-HERE" });
    const read = await context.backups.verify(made.file, await context.secret("backup-key"));
    if (!read.ok) return refuse({ call: request.operation, name: read.refusal });
    const { sha256, bytes, files, manifest } = read.value;
    if (sha256 !== made.sha256) return refuse({ call: request.operation, name: "BACKUP-IS-ANOTHER" });
    if (!isManifestOf(manifest, made)) return refuse({ call: request.operation, name: "BACKUP-HOLDS-OTHER-KEYS" });
    const outcome = {
      backup: made.backup,
      sha256,
      bytes,
      files,
      keys: made.keys.length,
      manifestSame: true,
      token: await tokenJson(token),
    };
    return ok({ outcome, recovered: false, destroyed: [] });
  },
};

/** Whether what is sealed inside a backup lists the keys that its outcome lists. */
export function isManifestOf(manifest: Json, { backup, keys }: MadeBackup): boolean {
  const inside = manifest as { readonly backup?: Json; readonly keys?: Json } | null;
  return inside?.backup === backup && canonicalText(inside.keys ?? null) === canonicalText(keys.map(keyJson));
}
