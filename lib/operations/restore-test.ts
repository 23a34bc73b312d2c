import type { RecheckContext } from "#lib/ceremony/operation";
import { joined, told } from "#lib/ceremony/told";
import type { Json } from "#lib/log/canonical";
import { base64url, sameBytes, sha256Hex } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import { isKeyPairAlgorithm, type KeyAlgorithm, SIGNATURE_ALGORITHMS, testSignatureOf } from "#lib/token/algorithm";
import type { Token } from "#lib/token/token";
import { type BackedUpKey, keyJson, namesOnly } from "./backed-up-keys";
import {
  BACKUP_FORM,
  BACKUP_NAME,
  backupKey,
  backupNamed,
  backupProblems,
  formOf,
  formProblems,
  isWrapped,
  type MadeBackup,
} from "./backup-parameter";
import type { RestoredToken } from "./backup-port";
import { EXAMPLE_PAIR, EXAMPLE_BACKUP } from "./example-keys";
import { madeKeys } from "./made-key";
import type { ExecuteContext, Operation, OperationRefusal } from "./operation";
import { OutcomeReader } from "./outcome-reader";
import { textOf, type ParameterSchemas } from "./parameters";
import { testMessage } from "./test-message";
import { calling, callingInGerman, readToken, tokenJson } from "./token-json";
import { otherTokenProblems, RECEIVING_TOKEN } from "./token-parameter";
import { worded } from "./worded-fact";

/** An archive comes back as a token of its own, wrapped keys come back into the other token. */
const RESTORED = {
  archive: {
    restored: "Restored token",
    gone: told`the restored token was taken away`,
    there: told`the restored token is still there`,
  },
  wrapped: {
    restored: "Unwrapped in",
    gone: told`what was unwrapped was destroyed there again`,
    there: told`what was unwrapped is still there`,
  },
} as const;

const PARAMETERS: ParameterSchemas = { backup: BACKUP_NAME, to: RECEIVING_TOKEN, form: BACKUP_FORM };

/**
 * Restores a backup for a moment: `{backup, to}`. An archive becomes a throw-away token that another process opens with the
 * library of the other token; wrapped keys are unwrapped in the other token itself, under names of their own. Every key must come
 * back with its fingerprint, and every signing key signs something that its public key, as archived, verifies: the recheck misses
 * the signature of each one that the ceremony made or identified. Whether a key that it knows from the backup's list alone may
 * sign, only the token says. Keys of which the token gives no fingerprint are compared by name and kind alone, and the outcome
 * names them. Nothing stays behind, and nothing else on the other token is touched.
 */
export const restoreTest: Operation = {
  name: "restore-test",
  effect: "uses",
  parameters: PARAMETERS,
  example: [EXAMPLE_PAIR, EXAMPLE_BACKUP, { operation: "restore-test", backup: EXAMPLE_BACKUP.backup, to: "vault" }],
  work: {
    en: { doing: "restoring the backup {backup} into {to}", done: "backup {backup} restored and tried" },
    de: { doing: "stellt die Sicherung {backup} in {to} wieder her", done: "Sicherung {backup} wiederhergestellt und erprobt" },
  },
  rowsIn: {
    de: {
      "no key of it signs": "keiner ihrer Schlüssel signiert",
      "the restored token was taken away": "das wiederhergestellte Token wurde beseitigt",
      "the restored token is still there": "das wiederhergestellte Token ist noch da",
      "what was unwrapped was destroyed there again": "was ausgewickelt wurde, wurde dort wieder vernichtet",
      "what was unwrapped is still there": "was ausgewickelt wurde, ist noch da",
      Afterwards: "Danach",
      "Beside token": "Neben dem Token",
      "Keys compared, all alike": "Verglichene Schlüssel, alle gleich",
      "Known by name only, without a fingerprint": "Nur dem Namen nach bekannt, ohne Fingerabdruck",
      "Restored token": "Wiederhergestelltes Token",
      "Signed with restored keys, and verified with archived public keys":
        "Mit wiederhergestellten Schlüsseln signiert, mit archivierten öffentlichen Schlüsseln geprüft",
      "Unwrapped in": "Ausgepackt in",
    },
  },
  problems: (request) => [...backupProblems(request, PARAMETERS), ...formProblems(request), ...otherTokenProblems(request, "to")],
  makes: () => [],
  needs: () => [],
  tokens: (request) => [textOf(request, "to")],
  secrets: (request) => backupKey(request, false),
  world: (request) => [
    { event: "backup-restored", backup: textOf(request, "backup"), to: textOf(request, "to"), wrapped: isWrapped(request) },
  ],
  sentence(request, token) {
    const [backup, to] = [textOf(request, "backup"), calling(textOf(request, "to"), token)];
    return isWrapped(request)
      ? [
          `Unwrap the keys of the backup ${backup} of token ${token.serial} into ${to} for a moment; compare every key and let `,
          "each signing key sign once; then destroy them there again.",
        ].join("")
      : [
          `Restore the backup ${backup} of token ${token.serial} for a moment, beside ${to} and with its library; compare every `,
          "key and let each signing key sign once; then take the restored token away.",
        ].join("");
  },
  sentenceIn: {
    de(request, token) {
      const [backup, to] = [textOf(request, "backup"), callingInGerman(textOf(request, "to"), token)];
      return isWrapped(request)
        ? `Die Schlüssel der Sicherung ${backup} von Token ${token.serial} für einen Augenblick in ${to} auswickeln; jeden Schlüssel vergleichen und jeden Signaturschlüssel einmal signieren lassen; dann dort wieder vernichten.`
        : `Die Sicherung ${backup} von Token ${token.serial} für einen Augenblick wiederherstellen, neben ${to} und mit dessen Bibliothek; jeden Schlüssel vergleichen und jeden Signaturschlüssel einmal signieren lassen; dann das wiederhergestellte Token wegnehmen.`;
    },
  },
  facts: (request) => [
    { name: "Backup", value: textOf(request, "backup"), measured: true },
    { name: "Beside token", value: textOf(request, "to"), measured: true },
  ],
  recheck(request, outcome, context) {
    const reader = new OutcomeReader(outcome);
    const [backup, sha256, keys, discarded] = [
      reader.text("backup"),
      reader.hash("sha256"),
      reader.count("keysCompared"),
      reader.flag("discarded"),
    ];
    const byName = reader.texts("knownByNameOnly");
    const signatures = reader.list("signatures", readSigned);
    const restored = readToken(reader.member("restored"), { ...context, earlier: [] });
    const other = readToken(reader.member("other"), context, textOf(request, "to"));
    const own = readToken(reader.member("token"), context);
    reader.end();
    const made = backupNamed(context.earlier, textOf(request, "backup"));
    if (!made) return [...reader.problems, `no backup called ${textOf(request, "backup")} was made before`];
    const problems = [...reader.problems];
    if (backup !== made.backup || sha256 !== made.sha256) problems.push("another backup was restored");
    if (keys !== made.keys.length)
      problems.push(`${String(keys)} keys were compared, ${String(made.keys.length)} are in the backup`);
    if (byName.join("\n") !== namesOnly(made.keys).join("\n"))
      problems.push("the keys without a fingerprint are not those that the backup lists so");
    // An archive comes back as the token it was made of; wrapped keys come back into the other one.
    if (restored.serial !== (made.form === "archive" ? own : other).serial) problems.push("another token came out of the backup");
    if (made.form !== formOf(request)) problems.push("it was restored in another way than it was made");
    if (!discarded) problems.push("the restored token was not taken away");
    problems.push(...missingSignatures(signatures, signersIn(made, context.earlier)));
    return [...problems, ...signedProblems(signatures, made, request.operation, context)];
  },
  async recheckSignatures(outcome, verifier) {
    const signatures = new OutcomeReader(outcome).list("signatures", readSigned);
    const checked = await Promise.all(
      signatures.map(async ({ label, signature, spki, message, value }) => {
        const known = SIGNATURE_ALGORITHMS.find((name) => name === signature);
        return known && (await verifier.verify(known, spki, message, value))
          ? []
          : [`the signature of the restored key ${label} does not verify`];
      }),
    );
    return checked.flat();
  },
  tell(request, outcome) {
    const reader = new OutcomeReader(outcome);
    const signed = reader.list("signatures", readSigned);
    const byName = reader.texts("knownByNameOnly");
    const kind = RESTORED[isWrapped(request) ? "wrapped" : "archive"];
    return {
      facts: [
        { name: "Backup", value: reader.text("backup"), measured: true },
        worded(
          kind.restored,
          told`${reader.member("restored").text("label")}, serial ${reader.member("restored").text("serial")}`,
          { measured: true },
        ),
        { name: "Keys compared, all alike", value: String(reader.count("keysCompared") - byName.length), measured: true },
        ...(byName.length === 0
          ? []
          : [{ name: "Known by name only, without a fingerprint", value: `${String(byName.length)}: ${byName.join("; ")}` }]),
        worded(
          "Signed with restored keys, and verified with archived public keys",
          signed.length === 0 ? told`no key of it signs` : joined(signed.map(({ label }) => label), "; "),
        ),
        worded("Afterwards", reader.flag("discarded") ? kind.gone : kind.there),
      ],
      attributes: [],
      fingerprint: { of: "SHA-256 of the file", value: reader.text("sha256") },
    };
  },
  async undo(_token, request, context) {
    if (isWrapped(request)) await context.backups.sweep(await context.other(textOf(request, "to")));
  },
  async execute(token, request, context) {
    const made = backupNamed(context.earlier, textOf(request, "backup"));
    if (!made) return refuse({ call: request.operation, name: "BACKUP-NOT-MADE-HERE" });
    if (made.form !== formOf(request)) return refuse({ call: request.operation, name: "BACKUP-OF-ANOTHER-FORM" });
    const name = textOf(request, "to");
    const device = await context.other(name);
    const other = await tokenJson(device);
    const restored = await context.backups.restore(made.file, await context.secret("backup-key"), { name, token: device });
    if (!restored.ok) return refuse({ call: request.operation, name: restored.refusal });
    let tried: Result<Tried, OperationRefusal>;
    let discarded = false;
    try {
      tried = await tryRestored(restored.value, made, request.operation, context);
    } finally {
      discarded = await restored.value.discard();
    }
    if (!tried.ok) return tried;
    if (!discarded) return refuse({ call: request.operation, name: "RESTORED-TOKEN-STILL-THERE" });
    const outcome = {
      backup: made.backup,
      sha256: made.sha256,
      keysCompared: made.keys.length,
      knownByNameOnly: namesOnly(made.keys),
      ...tried.value,
      discarded,
      other,
      token: await tokenJson(token),
    };
    return ok({ outcome, recovered: false, destroyed: [] });
  },
};

interface Tried {
  readonly signatures: readonly Json[];
  readonly restored: Json;
}

/** Compares every key of the restored token with the backup's list, and signs with those that sign. */
async function tryRestored(
  { token, keys, idOf }: RestoredToken,
  made: MadeBackup,
  operation: string,
  context: ExecuteContext,
): Promise<Result<Tried, OperationRefusal>> {
  const listOf = (keys: readonly BackedUpKey[]): string => JSON.stringify(keys.map(keyJson));
  if (listOf(await keys()) !== listOf(made.keys)) return refuse({ call: operation, name: "RESTORED-KEYS-DIFFER" });
  const signatures: Json[] = [];
  const signers = signersIn(made, context.earlier);
  for (const key of made.keys) {
    const signature = await signatureOf(token, key, idOf(key));
    if (!signature || !key.spki) {
      if (signers.includes(key)) return refuse({ call: operation, name: "RESTORED-KEYS-DIFFER" });
      continue;
    }
    const message = testMessage(operation, key.label, context, context.nonce);
    const value = await token.sign(idOf(key), signature, message);
    if (!(await context.verifySignature(signature, key.spki, message, value)))
      return refuse({ call: operation, name: "RESTORED-KEY-SIGNS-WRONGLY" });
    const { label, spki } = key;
    signatures.push({
      label,
      signature,
      nonce: context.nonce,
      message: base64url(message),
      value: base64url(value),
      spki: base64url(spki),
    });
  }
  return ok({ signatures, restored: await tokenJson(token) });
}

/** The keys of the backup that may sign as the ceremony's own outcomes say: pairs that it made so, or identified as such. */
function signersIn({ keys }: MadeBackup, earlier: RecheckContext["earlier"]): BackedUpKey[] {
  const signing = madeKeys(earlier).flatMap(({ kind, usage, ckaId }) => (kind === "key-pair" && usage.includes("sign") ? [ckaId] : []));
  return keys.filter(({ id }) => signing.includes(id));
}

/** How a restored key is asked to sign; null for one that may not. */
async function signatureOf(
  token: Token,
  { algorithm }: BackedUpKey,
  id: Uint8Array,
): Promise<ReturnType<typeof testSignatureOf> | null> {
  const known = algorithm as KeyAlgorithm;
  if (!isKeyPairAlgorithm(known)) return null;
  const found = await token.lookById(id);
  const signs = found.found === "complete" && found.key.kind === "pair" && found.key.privateKey.attributes.SIGN === true;
  return signs ? testSignatureOf(known) : null;
}

interface Signed {
  readonly label: string;
  readonly signature: string;
  readonly nonce: string;
  readonly message: Uint8Array;
  readonly value: Uint8Array;
  readonly spki: Uint8Array;
}

function readSigned(reader: OutcomeReader): Signed {
  const [label, signature, nonce] = [reader.text("label"), reader.text("signature"), reader.hash("nonce")];
  const [message, value, spki] = [reader.bytes("message"), reader.bytes("value"), reader.bytes("spki")];
  reader.end();
  return { label, signature, nonce, message, value, spki };
}

function missingSignatures(signatures: readonly Signed[], signers: readonly BackedUpKey[]): string[] {
  return signers.flatMap(({ label, fingerprint }) => {
    const by = signatures.filter((signed) => signed.label === label && sha256Hex(signed.spki) === fingerprint).length;
    return by === 1 ? [] : [`the restored key ${label} may sign, and there are ${String(by)} signatures of it`];
  });
}

function signedProblems(
  signatures: readonly Signed[],
  made: MadeBackup,
  operation: string,
  context: Pick<ExecuteContext, "ceremony" | "ckaId">,
): string[] {
  return signatures.flatMap(({ label, nonce, message, value, spki }) => {
    const known = made.keys.some((key) => key.label === label && key.spki !== null && key.fingerprint === sha256Hex(spki));
    const problems = known ? [] : [`the signature of ${label} was checked with a public key that is not in the backup`];
    if (!sameBytes(message, testMessage(operation, label, context, nonce)))
      problems.push(`the message that ${label} signed does not name this ceremony`);
    if (value.length === 0) problems.push(`there is no signature of ${label}`);
    return problems;
  });
}
