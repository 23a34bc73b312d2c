import { joined, told, type Told } from "#lib/ceremony/told";
import { canonicalText } from "#lib/log/canonical";
import { ok, refuse } from "#lib/result";
import type { TokenRefusal } from "#lib/token/fault";
import type { Token } from "#lib/token/token";
import { type BackedUpKey, fingerprintHolds, idOf, isWorkersOwn, keyJson, keysOn, restoreTemplate } from "./backed-up-keys";
import {
  BACKUP_FORM,
  BACKUP_NAME,
  backupKey,
  backupNamed,
  backupProblems,
  FORMATS,
  formOf,
  formProblems,
  isWrapped,
  readMadeBackup,
} from "./backup-parameter";
import type { BackupForm } from "./backup-port";
import { NO_FINGERPRINT } from "./condemned-key";
import { madeKeys } from "./made-key";
import { EXAMPLE_PAIR, EXAMPLE_BACKUP } from "./example-keys";
import type { Operation } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { textOf, type ParameterSchemas } from "./parameters";
import { readToken, tokenJson } from "./token-json";
import { worded } from "./worded-fact";

const PARAMETERS: ParameterSchemas = { backup: BACKUP_NAME, form: BACKUP_FORM };

/**
 * Backs the token up, sealed under a secret of which two custodians hold a half each: `{backup, form?}`. `archive` is the whole
 * token in its provider's own way; `wrapped-keys` every key on it but the worker's own, wrapped by the token for one key that is
 * sealed with them. The outcome says which file, by its hash, and which keys are in it.
 */
export const backupToken: Operation = {
  name: "backup-token",
  effect: "uses",
  parameters: PARAMETERS,
  example: [EXAMPLE_PAIR, EXAMPLE_BACKUP],
  work: {
    en: { doing: "making the backup {backup}", done: "backup {backup} made" },
    de: { doing: "erstellt die Sicherung {backup}", done: "Sicherung {backup} erstellt" },
  },
  rowsIn: {
    de: {
      "each key wrapped by itself": "jeder Schlüssel für sich eingewickelt",
      File: "Datei",
      Form: "Art",
      Sealed: "Versiegelt",
      Size: "Größe",
    },
  },
  problems: (request) => [...backupProblems(request, PARAMETERS), ...formProblems(request)],
  makes: () => [],
  needs: () => [],
  secrets: (request) => backupKey(request, true),
  world: (request) => [{ event: "backup-made", backup: textOf(request, "backup"), wrapped: isWrapped(request) }],
  sentence: (request, token) => SENTENCES[formOf(request) ?? "archive"](token.serial, textOf(request, "backup")),
  sentenceIn: { de: (request, token) => IN_GERMAN[formOf(request) ?? "archive"](token.serial, textOf(request, "backup")) },
  facts: (request) => [
    { name: "Backup", value: textOf(request, "backup"), measured: true },
    ...(isWrapped(request) ? [worded("Form", told`each key wrapped by itself`)] : []),
  ],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const made = readMadeBackup(reader);
    readToken(reader.member("token"), context);
    reader.end();
    const problems = [...reader.problems];
    if (made.backup !== textOf(request, "backup")) problems.push(`the backup is called ${made.backup}`);
    if (made.form !== formOf(request)) problems.push("it was sealed in another way than people agreed to");
    if (made.bytes === 0) problems.push("the file is empty");
    if (!made.keys.every(fingerprintHolds)) problems.push("a fingerprint is not that of its public key");
    if (backupNamed(context.earlier, made.backup)) problems.push(`a backup called ${made.backup} was made before`);
    const missing = madeKeys(context.earlier).filter(({ ckaId }) => !made.keys.some(({ id }) => id === ckaId));
    for (const { label } of missing) problems.push(`the key ${label} is not in the backup`);
    return problems;
  },
  tell(_request, outcome) {
    const reader = new OutcomeReader(outcome);
    const { backup, file, sha256, bytes, keys, form } = readMadeBackup(reader);
    return {
      facts: [
        { name: "Backup", value: backup, measured: true },
        { name: "File", value: file, measured: true },
        worded("Size", told`${bytes} bytes`),
        { name: "Sealed", value: FORMATS[form] },
        worded("Keys in it", keys.length === 0 ? told`none` : joined(keys.map(inWords), "; ")),
      ],
      attributes: [],
      fingerprint: { of: "SHA-256 of the file", value: sha256 },
    };
  },
  async undo(_token, request, context) {
    await context.backups.discard(textOf(request, "backup"), context.ckaId);
  },
  async execute(token, request, context) {
    const no = (name: string) => refuse({ call: request.operation, name });
    const [backup, form] = [textOf(request, "backup"), formOf(request) ?? "archive"];
    if (backupNamed(context.earlier, backup)) return no("BACKUP-NAME-TAKEN");
    const said = await tokenJson(token);
    const keys = await keysIn(form, token);
    const stays = form === "wrapped-keys" ? await whyUnwrappable(token, keys) : null;
    if (stays) return no(stays);
    const manifest = { ceremony: context.ceremony, backup, token: said, keys: keys.map(keyJson) };
    const order = { name: backup, id: context.ckaId, form, manifest, keys };
    const made = await context.backups.make(order, token, await context.secret("backup-key"));
    if (!made.ok) return no(made.refusal);
    // What was on the token while it was copied is what the manifest says only if nothing moved meanwhile.
    if (canonicalText((await keysIn(form, token)).map(keyJson)) !== canonicalText(manifest.keys)) {
      await context.backups.discard(backup, context.ckaId);
      return no("TOKEN-CHANGED-MEANWHILE");
    }
    const outcome = { backup, ...made.value, format: FORMATS[form], keys: manifest.keys, token: said };
    return ok({ outcome, recovered: false, destroyed: [] });
  },
};

const inWords = ({ label, fingerprint }: BackedUpKey): Told =>
  told`${label} (${fingerprint === NO_FINGERPRINT ? told`known by name only` : fingerprint.slice(0, 16)})`;

const IN_GERMAN: Readonly<Record<BackupForm, (serial: string, backup: string) => string>> = {
  archive: (serial, backup) =>
    [
      `Token ${serial} mit jedem Schlüssel darauf als ${backup} sichern, versiegelt unter einem Schlüssel, von dem zwei `,
      "Schlüsselverwahrer je eine Hälfte eingeben. Wer die Datei, beide Hälften und die PIN des Tokens hat, hat die Schlüssel.",
    ].join(""),
  "wrapped-keys": (serial, backup) =>
    [
      `Jeden Schlüssel auf Token ${serial} außer dem des Schriftführers selbst, jeden für sich eingewickelt, als ` +
      `${backup} sichern, versiegelt `,
      "unter einem Schlüssel, von dem zwei Schlüsselverwahrer je eine Hälfte eingeben. Wer die Datei und beide Hälften hat, hat die Schlüssel.",
    ].join(""),
};

const SENTENCES: Readonly<Record<BackupForm, (serial: string, backup: string) => string>> = {
  archive: (serial, backup) =>
    [
      `Back up token ${serial} with every key on it, as ${backup}, sealed under a key of which two `,
      "custodians each enter a half. Whoever has the file, both halves and the token's PIN has the keys.",
    ].join(""),
  "wrapped-keys": (serial, backup) =>
    [
      `Back up every key on token ${serial} but the recorder's own, each wrapped by itself, as ${backup}, sealed under a key of `,
      "which two custodians each enter a half. Whoever has the file and both halves has the keys.",
    ].join(""),
};

/** The recorder's keys never leave their token; an archive of the whole token holds them under its PIN. */
async function keysIn(form: BackupForm, token: Token): Promise<readonly BackedUpKey[]> {
  const keys = await keysOn(token);
  return form === "archive" ? keys : keys.filter(({ label }) => !isWorkersOwn(label));
}

/** Why a key of the token cannot be wrapped, before anything is begun; null when each can. */
async function whyUnwrappable(token: Token, keys: readonly BackedUpKey[]): Promise<TokenRefusal["reason"] | null> {
  if (token.profile.kwp === null) return "NO-KEY-WRAPPING";
  const trusted = (await token.listObjects()).some(({ attributes: { TRUSTED, WRAP } }) => TRUSTED === true && WRAP === true);
  for (const key of keys) {
    const id = idOf(key);
    if (id.length === 0 || id.length > 32) return "TEMPLATE-UNSOUND";
    const found = await token.lookById(id);
    if (found.found !== "complete") return "TEMPLATE-UNSOUND";
    const { EXTRACTABLE, WRAP_WITH_TRUSTED } = (found.key.kind === "pair" ? found.key.privateKey : found.key.secretKey).attributes;
    if (EXTRACTABLE !== true) return "NOT-EXTRACTABLE";
    if (WRAP_WITH_TRUSTED === true && !trusted) return "WRAPS-WITH-TRUSTED-ONLY";
    if (!restoreTemplate(found.key)) return "TEMPLATE-UNSOUND";
  }
  return null;
}
