import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LINT, type LintCode } from "#lib/ceremony/lint-code";
import { book } from "#lib/operations/book";
import { PROFILES } from "#lib/token/profile";
import { lintSource, type LintedSource } from "./lint-source";

/** A script about which nothing can be said, not even advice. One line for each step, so that it can be bent. */
const GOOD = `script: good
edition: 1
title: A good script
purpose: Make one key, and destroy one that is not needed any more.
environment: production
minutes: 95
block: { minutes: 120 }
expires: { minutes: 30 }
quorum: { approve: 2, of: 3 }
witnesses: { least: 2 }
posts:
  - { post: master, title: Master, role: operator, duty: Reads aloud. }
  - { post: holder, title: Holder, role: custodian, duty: Agrees or refuses. }
  - { post: scribe, title: Scribe, role: witness, duty: Writes down. }
  - { post: keeper, title: Keeper, role: witness, duty: Keeps the safe., apart: [scribe] }
  - { post: owner, title: Owner, role: administrator, duty: Asked for it. }
requester: owner
tokens:
  - { token: spare, title: The spare }
prerequisites: [Approved.]
equipment: [One HSM]
sections: { roles: [posts], approval: [prerequisites], hardware: [equipment, serial], steps: [keys], place: [safe], storage: [seal], sign-off: [signed], deviations: [told] }
acts:
  - act: opening
    title: Opening
    steps:
      - { step: film, kind: evidence, title: Film, minutes: 1, say: The camera runs., what: File, by: [operator], recording: starts }
      - { step: who, kind: attendance, title: Who is here, minutes: 1, say: Show your document., by: [witness] }
      - { step: safe, kind: statement, title: Safe, minutes: 1, say: The safe is opened., by: [operator], opens: [safe] }
      - { step: bag, kind: check, title: Bag, minutes: 1, say: Read it., value: Bag, expected: B-1, physical: true, by: [operator, witness], bag: { bag: old, does: opens, holds: [hsm] } }
      - { step: serial, kind: check, title: Serial, minutes: 1, say: Read it., value: Serial number, expected: S-1, physical: true, by: [operator, witness] }
      - { step: health, kind: operation, title: Health, minutes: 1, say: What is on it., operations: [{ operation: token-health, expect: { firmware: "7.4" } }] }
  - act: keys
    title: Keys
    steps:
      - { step: make, kind: operation, title: Make, minutes: 5, say: We make a key that can sign., operations: [{ operation: generate-key-pair, label: new-key, algorithm: EC-P256, usage: [sign], extractable: false }] }
      - { step: prove, kind: operation, title: Prove, minutes: 1, say: We try to take it out., operations: [{ operation: prove-not-exportable, label: new-key }] }
      - { step: export, kind: operation, title: Export, minutes: 1, say: The public half., operations: [{ operation: export-public-key, label: new-key }] }
      - { step: read, kind: statement, title: Read, minutes: 1, say: We read the fingerprint., by: [operator] }
      - { step: try, kind: operation, title: Try, minutes: 1, say: It signs., operations: [{ operation: test-signature, label: new-key, signature: ES256 }] }
      - { step: save, kind: operation, title: Save, minutes: 1, say: It is backed up., operations: [{ operation: backup-token, backup: first }] }
      - { step: look, kind: operation, title: Look, minutes: 1, say: We look into it., operations: [{ operation: verify-backup, backup: first }] }
      - { step: restore, kind: operation, title: Restore, minutes: 1, say: It is restored., operations: [{ operation: restore-test, backup: first, to: spare }] }
      - { step: which, kind: operation, title: Which, minutes: 1, say: This one., operations: [{ operation: identify-key, label: old-key, kind: key-pair, algorithm: EC-P256 }] }
      - { step: condemn, kind: operation, title: Condemn, minutes: 5, say: It may go., operations: [{ operation: condemn-key, label: old-key }] }
      - { step: seal, kind: check, title: Seal, minutes: 1, say: Read it., value: Bag, expected: B-2, physical: true, by: [operator, witness], bag: { bag: new, does: seals, holds: [hsm] } }
      - { step: shut, kind: statement, title: Shut, minutes: 1, say: The safe is closed., by: [operator], closes: [safe] }
      - { step: out, kind: pause, title: Out, minutes: 1, say: We leave., by: [operator], break: begins }
      - { step: back, kind: pause, title: Back, minutes: 1, say: We are back., by: [operator], break: ends }
      - { step: destroy, kind: operation, title: Destroy, minutes: 5, say: It goes., cooling: { after: condemn, minutes: 60 }, operations: [{ operation: destroy-key, label: old-key }] }
      - { step: list, kind: operation, title: List, minutes: 1, say: What is left., operations: [{ operation: list-keys }] }
  - act: closing
    title: Closing
    steps:
      - { step: told, kind: statement, title: Told, minutes: 1, say: All deviations., by: [operator, witness] }
      - { step: kept, kind: evidence, title: Kept, minutes: 1, say: The camera stops., what: File, by: [operator], recording: stops }
      - { step: signed, kind: sign-off, title: Signed, minutes: 3, say: It is true., by: [operator, custodian, witness] }
`;

const lint = (yaml: string): LintedSource => lintSource(yaml, { book, profiles: PROFILES });
const codesIn = (yaml: string) => new Set(lint(yaml).findings.map(({ code }) => code));

type Bend = (yaml: string) => string;
/** One text put in the place of another, which has to be there once at least: or the test would test nothing. */
const swap = (from: string | RegExp, to: string): Bend => (yaml) => {
  const bent = yaml.replace(from, () => to);
  if (bent === yaml) throw new Error(`the good script has no ${String(from)}`);
  return bent;
};
const lineOf = (step: string) => new RegExp(`^ *- \\{ step: ${step},.*\n`, "m");
const without = (step: string): Bend => swap(lineOf(step), "");
/** The step's line moved before another step's. */
const move = (step: string, before: string): Bend => (yaml) => {
  const line = lineOf(step).exec(yaml)?.[0] ?? "";
  return swap(lineOf(before), line + (lineOf(before).exec(yaml)?.[0] ?? ""))(without(step)(yaml));
};
const after = (step: string, line: string): Bend => (yaml) => swap(lineOf(step), `${lineOf(step).exec(yaml)?.[0] ?? ""}      - ${line}\n`)(yaml);
const all = (...bends: readonly Bend[]): Bend => (yaml) => bends.reduce((text, bend) => bend(text), yaml);
const work = (step: string, ...operations: readonly string[]) =>
  `{ step: ${step}, kind: operation, title: ${step}, minutes: 0, say: Now., operations: [${operations.map((one) => `{ ${one} }`).join(", ")}] }`;
const MADE = "operation: generate-secret-key, algorithm: AES-256, extractable: false";
const CLONED = all(swap("extractable: false", "extractable: true"), after("try", work("clone", "operation: clone-key, label: new-key, to: spare")));
const WRAPPED = all(
  swap("backup-token, backup: first", "backup-token, backup: first, form: wrapped-keys"),
  swap("restore-test, backup: first", "restore-test, backup: first, form: wrapped-keys"),
);

/** The whole script in German as well: every text that people read. */
const inGerman: Bend = (yaml) =>
  yaml
    .replace(/^environment:/m, "in: { de: { title: Ein gutes Skript, purpose: Ein Schlüssel wird gemacht., prerequisites: [Genehmigt.], equipment: [Ein HSM] } }\nenvironment:")
    .replaceAll(/^( +)title: .*$/gm, "$&\n$1in: { de: { title: Akt } }")
    .replaceAll(/(- \{ post: .*) \}$/gm, "$1,\n      in: { de: { title: Amt, duty: Tut etwas. } } }")
    .replaceAll(/(- \{ token: .*) \}$/gm, "$1,\n      in: { de: { title: Anderes } } }")
    .replaceAll(/(- \{ step: .*?kind: ([a-z-]+).*) \}$/gm, (_, step: string, kind: string) => {
      const asked = { check: ", value: Wert", evidence: ", what: Datei" }[kind] ?? "";
      return `${step},\n          in: { de: { title: Schritt, say: Es wird gesagt.${asked} } } }`;
    });

/** For every code a way to bend the good script so that it appears; and where the good script itself is not the remedy, the remedy. */
const EXAMPLES: { readonly [code in LintCode]: readonly [bad: Bend, corrected?: Bend] } = {
  YAML: [swap("edition: 1", "edition: 1\nedition: 2")],
  SCHEMA: [swap("minutes: 95", "minuets: 100")],
  "TEXT-DECEPTIVE": [swap("title: A good script", 'title: "A good \\u202e script"')],
  "QUORUM-ONE": [swap("{ approve: 2, of: 3 }", "{ approve: 1, of: 3 }")],
  "QUORUM-TOO-LARGE": [swap("{ approve: 2, of: 3 }", "{ approve: 4, of: 3 }")],
  "QUORUM-COUNT": [swap("cooling:", "quorum: { approve: 3, of: 4 }, cooling:")],
  "ID-TWICE": [swap("step: who", "step: film")],
  "STEP-NOBODY": [swap("say: Show your document., by: [witness]", "say: Show your document., by: [custodian]")],
  "READ-ALONE": [swap("expected: S-1, physical: true, by: [operator, witness]", "expected: S-1, physical: true, by: [operator]")],
  "WITNESS-ALONE": [swap("least: 2", "least: 1")],
  "OPERATION-UNKNOWN": [swap("operation: token-health", "operation: token-wealth")],
  "OPERATION-PARAMETERS": [swap("label: new-key, algorithm", "label: nеw-key, algorithm")],
  "USE-BEFORE-MAKE": [move("try", "make")],
  "KEY-MADE-TWICE": [after("make", work("again", `${MADE}, label: new-key, usage: [encrypt, decrypt]`))],
  "DESTROY-UNCONDEMNED": [all(without("condemn"), swap("after: condemn", "after: which"))],
  "REFERENCE-UNKNOWN": [swap("after: condemn", "after: signed")],
  "SIGN-OFF-MISSING": [without("signed")],
  "AFTER-SIGN-OFF": [move("signed", "told")],

  "QUORUM-ALL": [swap("{ approve: 2, of: 3 }", "{ approve: 3, of: 3 }")],
  "CUSTODIANS-TOO-FEW": [
    after("health", work("pins", "operation: change-so-pin, token: spare", "operation: change-user-pin, token: spare")),
    all(swap("{ approve: 2, of: 3 }", "{ approve: 2, of: 4 }"),
      after("health", work("pins", "operation: change-so-pin, token: spare", "operation: change-user-pin, token: spare"))),
  ],
  "REQUESTER-APPROVES": [swap("requester: owner", "requester: holder")],
  "POST-CONFLICT": [swap("duty: Writes down.", "duty: Writes down., also: [holder]"), swap("duty: Reads aloud.", "duty: Reads aloud., apart: [holder]")],
  "POST-UNKNOWN": [swap("apart: [scribe]", "apart: [nobody]")],
  "ROLE-UNEXPLAINED": [swap(/^ {2}- \{ post: holder.*\n/m, "")],
  "EMERGENCY-LOOSER": [
    swap("witnesses:", "emergency: { usual: { approve: 2, of: 3 }, review: { days: 5 } }\nwitnesses:"),
    all(swap("witnesses:", "emergency: { usual: { approve: 2, of: 3 }, review: { days: 5 } }\nwitnesses:"), swap("{ approve: 2, of: 3 }", "{ approve: 3, of: 4 }")),
  ],
  "ATTENDANCE-MISSING": [without("who")],
  "ATTENDANCE-LATE": [move("who", "told")],
  "SIGN-OFF-INCOMPLETE": [swap("It is true., by: [operator, custodian, witness]", "It is true., by: [operator, witness]")],

  "SECTIONS-MISSING": [swap("deviations: [told]", "")],
  "SECTION-UNKNOWN": [swap("deviations: [told]", "deviations: [tolled]")],
  "SECTION-OMITTED": [swap("deviations: [told]", "deviations: { omitted: There are none. }"), all(swap("place: [safe]", "place: { omitted: Somebody else's. }"), swap("minutes: 95", "profile: aws-cloudhsm\nminutes: 95"))],
  "TIME-MISSING": [swap("title: Read, minutes: 1,", "title: Read,")],
  "TIME-SUM": [swap("minutes: 95", "minutes: 90")],
  "BLOCK-TOO-SHORT": [swap("block: { minutes: 120 }", "block: { minutes: 94 }")],
  "EXPIRES-SHORT": [swap("expires: { minutes: 30 }", "expires: { minutes: 4 }")],

  "KEY-UNTESTED": [without("try")],
  "KEY-UNPROVEN": [without("prove")],
  "KEY-EXTRACTABLE-DENIED": [all(CLONED, swap("We make a key that can sign.", "It can never leave the HSM."))],
  "KEY-EXTRACTABLE": [swap("extractable: false", "extractable: true"), CLONED],
  "CLONE-UNEXTRACTABLE": [after("try", work("clone", "operation: clone-key, label: new-key, to: spare"))],
  "CLONE-UNCOMPARED": [all(CLONED, swap("usage: [sign]", "usage: [derive]")), all(CLONED, swap("algorithm: EC-P256, usage: [sign]", "algorithm: RSA-2048, usage: [decrypt]"))],
  "USAGE-MIXED": [after("make", work("mixed", `${MADE}, label: mixed, usage: [encrypt, decrypt, wrap]`, "operation: test-encryption, label: mixed"))],
  "LABEL-ALIKE": [after("make", work("alike", `${MADE}, label: new_key, usage: [encrypt, decrypt]`, "operation: test-encryption, label: new_key"))],
  "FINGERPRINT-UNREAD": [without("read"), all(move("read", "told"), swap("say: We read the fingerprint.,", "say: We read it., aloud: export,"))],
  "BASELINE-MISSING": [without("health")],
  "INVENTORY-MISSING": [without("list")],

  "BACKUP-MISSING": [all(without("save"), without("look"), without("restore"), swap(/^tokens:\n.*\n/m, ""))],
  "BACKUP-BEFORE-KEY": [move("save", "make")],
  "BACKUP-UNKNOWN": [move("look", "save")],
  "BACKUP-TWICE": [after("save", work("twice", "operation: backup-token, backup: first"))],
  "BACKUP-UNEXTRACTABLE": [WRAPPED, all(WRAPPED, swap("extractable: false", "extractable: true"))],
  "BACKUP-UNVERIFIED": [without("look")],
  "BACKUP-UNRESTORED": [without("restore")],

  "DESTROY-HASTY": [swap("cooling: { after: condemn, minutes: 60 }, ", "")],
  "CONDEMNED-KEPT": [without("destroy")],
  "USE-AFTER-END": [after("destroy", work("late", "operation: test-signature, label: old-key, signature: ES256"))],

  "TOKEN-UNDECLARED": [swap("to: spare", "to: other")],
  "TOKEN-UNUSED": [without("restore")],
  "TOKEN-NOT-EMPTY": [all(CLONED, after("clone", work("anew", "operation: initialise-token, token: spare, label: spare")))],
  "DEVICE-UNCHECKED": [without("serial")],
  "SERIAL-UNEXPECTED": [swap("expected: S-1, ", "")],
  "STATE-UNCOMPARED": [swap(', expect: { firmware: "7.4" }', "")],

  "RECORDING-MISSING": [all(without("film"), without("kept"))],
  "RECORDING-LATE": [move("film", "try")],
  "RECORDING-UNSTOPPED": [without("kept")],
  "RECORDING-UNSTARTED": [without("film")],
  "BREAK-UNENDED": [without("back")],
  "BREAK-UNBEGUN": [without("out")],
  "BREAK-WORK": [move("back", "list")],
  "BREAK-OPEN": [move("shut", "list")],
  "PLACE-UNCLOSED": [without("shut")],
  "PLACE-UNOPENED": [without("safe")],
  "BAG-TWICE": [swap("expected: B-2", "expected: B-1")],
  "BAG-NOT-THERE": [after("seal", "{ step: more, kind: check, title: More, minutes: 0, say: Read it., value: Bag, expected: B-3, physical: true, by: [operator, witness], bag: { bag: third, does: seals, holds: [hsm] } }")],
  "THING-LEFT-OUT": [without("seal")],

  "SECRET-IN-SCRIPT": [swap("We try to take it out.", "We try. The PIN is 4711-0815.")],
  "SECRET-ASKED": [swap("value: Serial number", "value: User PIN"), swap("value: Serial number", "value: Serial number of the PIN pad")],
  "TEXT-MIXED": [swap("title: Opening", "title: Opеning")],
  "TEXT-UNFINISHED": [swap("We try to take it out.", "TODO say what.")],
  "TRANSLATION-MISSING": [
    all(inGerman, swap(/(recording: stops),\n.*$/m, "recording: stops }")),
    inGerman,
  ],
  "TRANSLATION-LANGUAGE": [all(inGerman, (yaml) => yaml.replaceAll("{ de: {", "{ xx: {")), all(inGerman, (yaml) => yaml.replaceAll("{ de: {", "{ de-CH: {"))],
  "TRANSLATION-SAME": [all(inGerman, swap("Ein Schlüssel wird gemacht.", '"Make one key, and destroy one that is not needed any more."')), inGerman],
  "TEXT-LONG": [swap("We try to take it out.", "We try. ".repeat(200))],

  "PROVIDER-UNKNOWN": [swap("minutes: 95", "profile: toaster\nminutes: 95"), swap("minutes: 95", "profile: softhsm2\nminutes: 95")],
  "PROVIDER-INITIALISE": [
    all(swap("title: The spare }", "title: The spare, profile: aws-cloudhsm }"), after("health", work("init", "operation: initialise-token, token: spare, label: spare"))),
    all(swap("title: The spare }", "title: The spare, profile: softhsm2 }"), after("health", work("init", "operation: initialise-token, token: spare, label: spare"))),
  ],
  "PROVIDER-PIN": [
    all(swap("title: The spare }", "title: The spare, profile: nss-softokn }"), after("health", work("pin", "operation: change-so-pin, token: spare"))),
    all(swap("title: The spare }", "title: The spare, profile: nss-softokn }"), after("health", work("pin", "operation: change-user-pin, token: spare"))),
  ],
  "PROVIDER-WRAP": [
    all(CLONED, swap("title: The spare }", "title: The spare, profile: nowrap }")),
    all(CLONED, swap("title: The spare }", "title: The spare, profile: softhsm2 }")),
  ],
  "PROVIDER-PROOF": [
    all(swap("minutes: 95", "profile: softhsm2\nminutes: 95"), swap("algorithm: EC-P256, usage", "algorithm: Ed25519, usage")),
    swap("minutes: 95", "profile: softhsm2\nminutes: 95"),
  ],
  "PROVIDER-TRUSTED": [
    all(CLONED, swap("extractable: true", "extractable: true, wrapWithTrusted: true"), swap("minutes: 95", "profile: nss-softokn\nminutes: 95")),
    all(CLONED, swap("extractable: true", "extractable: true, wrapWithTrusted: true"), swap("minutes: 95", "profile: softhsm2\nminutes: 95")),
  ],
  "PROVIDER-BACKUP": [
    swap("minutes: 95", "profile: nss-softokn\nminutes: 95"),
    all(swap("minutes: 95", "profile: nss-softokn\nminutes: 95"), WRAPPED),
  ],
  "PROVIDER-IV": [
    all(swap("minutes: 95", "profile: aws-cloudhsm\nminutes: 95"), after("make", work("data", `${MADE}, label: data, usage: [encrypt, decrypt]`))),
    all(swap("minutes: 95", "profile: aws-cloudhsm\nminutes: 95"), after("make", work("data", `${MADE}, label: data, usage: [encrypt, decrypt]`)), swap("minutes: 95", "gcmIv: module\nminutes: 95")),
  ],
  "PROVIDER-LABEL": [
    all(CLONED, swap("title: The spare }", "title: The spare, profile: aws-cloudhsm }"), after("clone", work("twice", "operation: clone-key, label: new-key, to: spare"))),
    all(CLONED, swap("title: The spare }", "title: The spare, profile: aws-cloudhsm }")),
  ],
  "PROVIDER-ALGORITHM": [all(swap("minutes: 95", "profile: aws-cloudhsm\nminutes: 95"), swap("algorithm: EC-P256, usage", "algorithm: Ed25519, usage"))],
};

test("about the good script nothing can be said", () => {
  expect(lint(GOOD).findings).toEqual([]);
  expect(lint(GOOD).script?.script).toBe("good");
});

test("nor when it says everything in German too; and the hash covers every word of that", () => {
  const translated = lint(inGerman(GOOD));
  expect(translated.findings).toEqual([]);
  const hashes = [GOOD, inGerman(GOOD), inGerman(GOOD).replace("Anderes", "Zweites")].map((yaml) => lint(yaml).hash);
  expect(new Set(hashes).size).toBe(3);
});

test("a translation with fewer lines than the first is missing something, and a name may be the same in both", () => {
  const fewer = inGerman(GOOD).replace("prerequisites: [Genehmigt.]", "prerequisites: []");
  expect(lint(fewer).findings).toMatchObject([{ code: "TRANSLATION-MISSING", sentence: "prerequisites has 1 and in de 0." }]);
  expect(codesIn(inGerman(GOOD).replace("title: Anderes", "title: The spare"))).toEqual(new Set());
});

test("every code has a bad example and a corrected one", () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(Object.keys(LINT).sort());
});

const profiles = { ...PROFILES, nowrap: { ...PROFILES.generic, title: "No wrapping", kwp: null } };
const judge = (yaml: string) => new Set(lintSource(yaml, { book, profiles }).findings.map(({ code }) => code));

describe.each(Object.keys(EXAMPLES) as LintCode[])("%s", (code) => {
  const [bad, corrected] = EXAMPLES[code];
  test("is found in the bad example", () => {
    expect([...judge(bad(GOOD))]).toContain(code);
  });
  test("is not found in the corrected one", () => {
    expect([...judge(corrected ? corrected(GOOD) : GOOD)]).not.toContain(code);
  });
  test("says why it matters and what to do, in sentences", () => {
    const { why, remedy } = LINT[code];
    for (const sentence of [why, remedy]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(why).not.toBe(remedy);
  });
});

test("place and storage are left out only where the HSM stands in a cloud", () => {
  const elsewhere = swap("place: [safe]", "place: { omitted: Somebody else's. }");
  expect([...judge(elsewhere(GOOD))]).toContain("SECTION-OMITTED");
  expect([...judge(all(elsewhere, swap("minutes: 95", "profile: softhsm2\nminutes: 95"))(GOOD))]).toContain("SECTION-OMITTED");
});

test("a kind of HSM without a security officer’s PIN is not initialised with one", () => {
  const init = all(
    swap("title: The spare }", "title: The spare, profile: nss-softokn }"),
    after("health", work("init", "operation: initialise-token, token: spare, label: spare")),
  );
  expect([...judge(init(GOOD))]).toContain("PROVIDER-INITIALISE");
});

test("a kind of HSM that wraps what says it cannot leave proves nothing of any key", () => {
  expect([...judge(swap("minutes: 95", "profile: nss-softokn\nminutes: 95")(GOOD))]).toContain("PROVIDER-PROOF");
});

test("a key of a kind that one of two HSMs does not wrap or unwrap is neither copied nor backed up wrapped", () => {
  const to = (profile: string) => swap("title: The spare }", `title: The spare, profile: ${profile} }`);
  const made = (algorithm: string) => all(swap("minutes: 95", "profile: softhsm2\nminutes: 95"), swap("algorithm: EC-P256, usage", `algorithm: ${algorithm}, usage`));
  const codes = (...bends: readonly Bend[]) => [...judge(all(...bends)(GOOD))];
  for (const carried of [CLONED, all(WRAPPED, swap("extractable: false", "extractable: true"))]) {
    expect(codes(carried, made("EC-P521"), to("nss-softokn"))).toContain("PROVIDER-WRAP");
    expect(codes(carried, made("Ed25519"), to("softhsm2"))).toContain("PROVIDER-WRAP");
    expect(codes(carried, made("EC-P521"), to("softhsm2"))).not.toContain("PROVIDER-WRAP");
    expect(codes(carried, made("RSA-2048"), to("nss-softokn"))).not.toContain("PROVIDER-WRAP");
  }
});

test("a kind of HSM without C_InitToken is zeroised all the same: its objects are destroyed one by one", () => {
  const zeroised = all(
    swap("title: The spare }", "title: The spare, profile: aws-cloudhsm }"),
    after("health", work("gone", "operation: zeroise-token, token: spare")),
  );
  expect([...judge(zeroised(GOOD))].filter((code) => code.startsWith("PROVIDER-"))).toEqual([]);
});

test("one PIN of a token needs two custodians only, and so do those of two tokens", () => {
  const changes = (...operations: string[]) => [...judge(after("health", work("pins", ...operations))(GOOD))];
  expect(changes("operation: change-so-pin, token: spare", "operation: change-so-pin, token: spare")).not.toContain("CUSTODIANS-TOO-FEW");
  expect(changes("operation: change-so-pin, token: spare", "operation: unlock-token, token: other")).not.toContain("CUSTODIANS-TOO-FEW");
  expect(changes("operation: change-so-pin, token: spare", "operation: unlock-token, token: spare")).toContain("CUSTODIANS-TOO-FEW");
  expect(changes("operation: initialise-token, token: spare, label: spare")).toContain("CUSTODIANS-TOO-FEW");
});

describe("a token that is made anew after it was condemned", () => {
  const ANEW = "operation: initialise-token, token: spare, label: spare";
  const CONDEMN = "operation: condemn-token, token: spare";
  const inTurn = (...steps: readonly string[]) =>
    [...judge(all(swap("{ approve: 2, of: 3 }", "{ approve: 2, of: 4 }"), CLONED, ...steps.map((step) => after("clone", step)).reverse())(GOOD))];
  const cooled = work("anew", ANEW).replace("say: Now.", "say: Now., cooling: { after: doomed, minutes: 60 }");

  test("is a token that is not empty: in a later step, with time between them, nothing is said against it", () => {
    const codes = inTurn(work("doomed", CONDEMN), work("anew", ANEW));
    expect(codes).toContain("DESTROY-HASTY");
    expect(codes).not.toContain("TOKEN-NOT-EMPTY");
    expect(inTurn(work("doomed", CONDEMN), cooled)).not.toContain("DESTROY-HASTY");
  });
  test("is no token that its own step condemns: both would be agreed to at once", () => {
    expect(inTurn(work("anew", CONDEMN, ANEW))).toContain("DESTROY-UNCONDEMNED");
  });
  test("is no token condemned and kept", () => {
    expect(inTurn(work("doomed", CONDEMN), cooled)).not.toContain("CONDEMNED-KEPT");
    expect(inTurn(work("doomed", CONDEMN))).toContain("CONDEMNED-KEPT");
  });
});

describe("an HSM that is made anew", () => {
  const anew = ["operation: condemn-token, token: spare", "operation: initialise-token, token: spare, label: spare-2026"];
  const found = (...more: string[]): string[] =>
    lint(after("health", work("anew", ...anew, ...more))(GOOD)).findings.map(({ code }) => code);

  test("is compared with the firmware that is expected after it was initialised", () => {
    expect(found('operation: token-health, token: spare, expect: { firmware: "7.4" }')).not.toContain("STATE-UNCOMPARED");
    expect(found("operation: token-health, token: spare")).toContain("STATE-UNCOMPARED");
    expect(found("operation: list-keys, token: spare")).toContain("STATE-UNCOMPARED");
  });
});

test("nobody's name is taken for a word about the IV", () => {
  const data = all(
    swap("minutes: 95", "profile: aws-cloudhsm\nminutes: 95"),
    after("make", work("data", `${MADE}, label: data, usage: [encrypt, decrypt]`)),
    swap("[Approved.]", "[Approved by Anna Müller IV.]"),
  );
  expect(lint(data(GOOD)).findings.map(({ code }) => code)).toContain("PROVIDER-IV");
});

test("a key pair that decrypts is tested by what was encrypted outside, or the linter says that nobody tries it", () => {
  const letters = "operation: generate-key-pair, label: letters, algorithm: RSA-3072, usage: [decrypt], extractable: false";
  const tried = after("make", work("letters", letters, "operation: test-decryption, label: letters"));
  expect(lint(after("make", work("letters", letters))(GOOD)).findings.map(({ code }) => code)).toContain("KEY-UNTESTED");
  expect(lint(tried(GOOD)).findings.map(({ code }) => code)).not.toContain("KEY-UNTESTED");
});

test("whoever denies in another language that a key can leave is found too", () => {
  const denied = all(CLONED, inGerman, swap("purpose: Ein Schlüssel wird gemacht.", "purpose: Der Schlüssel verlässt das HSM nie."));
  expect([...codesIn(all(CLONED, inGerman)(GOOD))]).not.toContain("KEY-EXTRACTABLE-DENIED");
  expect([...codesIn(denied(GOOD))]).toContain("KEY-EXTRACTABLE-DENIED");
});

test("a finding stands at the line it is about, with a sentence of its own", () => {
  const bent = EXAMPLES["KEY-UNTESTED"][0](GOOD);
  const line = bent.split("\n").findIndex((text) => text.includes("step: make")) + 1;
  expect(lint(bent).findings.find(({ code }) => code === "KEY-UNTESTED")).toEqual({
    ...LINT["KEY-UNTESTED"],
    line,
    column: expect.any(Number) as number,
    code: "KEY-UNTESTED",
    sentence: "new-key is made and never tested.",
    said: { text: "{0} is made and never tested.", values: ["new-key"] },
  });
});

test("findings come in the order of the file, whoever made them", () => {
  const lines = lint(all(without("try"), without("look"), swap("least: 2", "least: 1"))(GOOD)).findings.map(({ line }) => line);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines).toEqual([...lines].sort((a, b) => a - b));
});

test("an unsound script is linted all the same, and its hash is told", () => {
  const { hash, findings } = lint(all(swap("{ approve: 2, of: 3 }", "{ approve: 1, of: 3 }"), without("try"))(GOOD));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(["QUORUM-ONE", "KEY-UNTESTED"]));
});

test("two that are told to be apart, one filling both posts in a roundabout way, are found", () => {
  const around = all(swap("duty: Keeps the safe.,", "duty: Keeps the safe., also: [third],"), swap("requester:", "  - { post: third, title: Third, role: witness, duty: Waits., also: [scribe] }\nrequester:"));
  expect([...codesIn(around(GOOD))]).toContain("POST-CONFLICT");
});

test("whatever lines are taken out or swapped, the linter answers", () => {
  const lines = GOOD.split("\n");
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(lines.length - 1), { maxLength: 8 }), fc.nat(lines.length - 1), fc.nat(lines.length - 1), (gone, a, b) => {
      const bent = lines.map((line, i) => (i === a ? lines[b] : i === b ? lines[a] : line)).filter((_, i) => !gone.includes(i));
      for (const { line, sentence, why } of lint(bent.join("\n")).findings) {
        expect(line).toBeGreaterThan(0);
        expect(sentence && why).toBeTruthy();
      }
    }),
    { numRuns: 100 },
  );
});
