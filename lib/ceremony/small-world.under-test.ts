import { canonical, hashOf, type Json } from "../log/canonical";
import { commit } from "../log/commitment";
import { base64url, fromBase64url, fromHex, hex, sha256, utf8 } from "../log/digest";
import type { Result } from "../result";
import { initialsOwed, unreadDeviations } from "./admit-sheets";
import { currentStep, quorumOf, type Ceremony } from "./ceremony";
import { endorsementFor, endorsementHash, scriptToEndorse, type Endorsable, type Endorsement, type EndorsementStatement } from "./endorsement";
import { readEntry, RECORDER, recorderBytes, type Body, type Entry, type EntryKind } from "./entry";
import type { OperationBook, OperationRules } from "./operation";
import { ckaIdOf } from "./quorum";
import { no, type Refusal } from "./refusal";
import { take } from "./replay";
import { endorsersOf, rosterHash, type Roster } from "./roster";
import type { Role } from "./roles";
import { scriptHash, operationsOf, type Script } from "./script";
import type { SignatureVerifier } from "./signature-verifier";
import { secretsAsked } from "./secret-parts";
import { statementHash, type SecretPart, type Statement } from "./statement";
import { statementFor, type Decision } from "./statement-for";

/** A signature here is the hash of key and data: enough to tell whose it is and over what. Real keys are used at the worker. */
export const hashSignatures: SignatureVerifier = {
  verify: (_algorithm, spki, data, signature) => Promise.resolve(hex(signature) === hex(signWith(spki, data))),
};
const signWith = (spki: Uint8Array, data: Uint8Array) => sha256(utf8(`${hex(spki)}/${hex(data)}`));

const labelOf = (request: { readonly [parameter: string]: unknown } | undefined) => (typeof request?.["label"] === "string" ? request["label"] : "");

const operation = (name: string, effect: OperationRules["effect"]): OperationRules => ({
  name,
  effect,
  problems: (request) => (typeof request["label"] === "string" ? [] : ["A label is missing."]),
  makes: (request) => (effect === "creates" ? [{ label: labelOf(request), kind: "key-pair" }] : []),
  needs: (request) => (effect === "uses" ? [{ label: labelOf(request), kind: "key-pair" }] : []),
  sentence: (request) => `${name} ${labelOf(request)}`,
  facts: () => [],
  recheck: (request, outcome) => (outcome["label"] === request["label"] ? [] : ["The outcome is about another key."]),
});
/** Looks at another token, the one its parameter names, or at the ceremony's own. May find what nobody accounts for: `stray`. */
const look: OperationRules = {
  ...operation("look", "reads"),
  tokens: ({ token }) => (typeof token === "string" ? [token] : []),
  differs: (_request, { stray }) => (typeof stray === "string" ? { unexpected: 1, missing: 0, appeared: stray } : null),
};
/** Needs a secret from two people, whose PIN it is not said. */
const keep: OperationRules = { ...operation("keep", "uses"), needs: () => [], secrets: () => [{ name: "pin", title: "the PIN", titleIn: { de: "die PIN" }, chosen: true }] };
/** Needs both PINs of the token that its label names; with `one` only one of them, the user's old and new one, or a backup's key. */
const pins: OperationRules = {
  ...operation("pins", "uses"),
  needs: () => [],
  secrets({ label, one }) {
    const told = { title: "the secret", titleIn: { de: "das Geheimnis" }, chosen: true };
    if (one === "backup") return [{ ...told, name: one, whole: `backup ${labelOf({ label })}` }];
    const pin = { ...told, pinOf: labelOf({ label }), holder: "user" } as const;
    if (one === "change") return [{ ...pin, name: "user", chosen: false }, { ...pin, name: "new-user" }];
    return (["security-officer", "user"] as const)
      .filter((holder) => one === undefined || one === holder)
      .map((holder) => ({ ...told, name: holder, pinOf: labelOf({ label }), holder }));
  },
};
/** Gives another token, the one its parameter names, a new identity. */
const renew: OperationRules = {
  ...operation("renew", "destroys"),
  tokens: ({ token }) => (typeof token === "string" ? [token] : []),
  renews: true,
};
const operations = [operation("make", "creates"), operation("use", "uses"), operation("destroy", "destroys"), look, keep, pins, renew];
export const smallBook: OperationBook = { find: (name) => operations.find((one) => one.name === name) ?? null };

/** Two acts, every kind of step, a quorum of 2 of 3. */
export const smallScript: Script = {
  script: "small",
  edition: 1,
  title: "Small ceremony",
  purpose: "To try every rule.",
  environment: "test",
  minutes: 10,
  expires: { minutes: 30 },
  quorum: { approve: 2, of: 3 },
  witnesses: { least: 2 },
  prerequisites: [],
  equipment: [],
  acts: [
    {
      act: "first",
      title: "First act",
      steps: [
        { step: "hear", kind: "statement", title: "Hear", say: "We begin.", by: ["operator"] },
        { step: "come", kind: "attendance", title: "Come", say: "Who is here?", by: ["witness"] },
        { step: "film", kind: "evidence", title: "Film", say: "The camera runs.", what: "File", by: ["operator"] },
        { step: "serial", kind: "check", title: "Serial", say: "Read it.", value: "Serial", physical: true, by: ["operator", "witness"] },
      ],
    },
    {
      act: "second",
      title: "Second act",
      steps: [
        { step: "look", kind: "operation", title: "Look", say: "Look.", operations: [{ operation: "look", label: "all" }] },
        {
          step: "make",
          kind: "operation",
          title: "Make",
          say: "Make it.",
          operations: [
            { operation: "make", label: "one" },
            { operation: "make", label: "two" },
          ],
        },
        { step: "sign", kind: "sign-off", title: "Sign", say: "It is true.", by: ["operator", "custodian", "witness"] },
      ],
    },
  ],
};

/** The small script, in which so many minutes must pass between the named step and `make`. */
export const coolingScript = (after: string, minutes: number): Script => ({
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) => (step.kind === "operation" && step.step === "make" ? { ...step, cooling: { after, minutes } } : step)),
  })),
});

/** The same, and its look goes at another token, which it calls "vault". */
export const vaultScript: Script = {
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) => (step.step === "look" ? { ...step, operations: [{ operation: "look", label: "all", token: "vault" }] } : step)),
  })),
};
export const VAULT = { name: "vault", label: "v", model: "x", serial: "s-2" };

/** The small script, whose `make` needs a secret in two parts. */
export const secretScript: Script = {
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) => (step.step === "make" ? { ...step, operations: [{ operation: "keep", label: "one" }] } : step)),
  })),
};

/** The small script, whose `make` needs both PINs of a token, and then those of these tokens. */
export type PinsAsked = readonly { readonly label: string; readonly one?: string }[];
export const pinsScript = (...operations: PinsAsked): Script => ({
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) =>
      step.step === "make" ? { ...step, operations: operations.map((parameters) => ({ operation: "pins", ...parameters })) } : step,
    ),
  })),
});

export const CAST: readonly (readonly [string, Role])[] = [
  ["olga", "operator"],
  ["carl", "custodian"],
  ["cleo", "custodian"],
  ["cora", "custodian"],
  ["will", "witness"],
  ["wang", "witness"],
  ["axel", "auditor"],
];

const placeholder = (value: string) => commit({ path: "test", salt: "00".repeat(16), value });
const spkiOf = (passkey: string) => base64url(sha256(utf8(`key of ${passkey}`)));
/** A passkey of this world, as rosters list it. */
export const passkey = (id: string) => ({ id, algorithm: "ES256" as const, spki: spkiOf(id), aaguid: "00000000-0000-0000-0000-000000000000", synced: false });

export const smallRoster: Roster = {
  v: "claviger/roster/v1",
  version: 1,
  prev: null,
  mode: "production",
  organisation: placeholder("Example"),
  rp: { id: "example.org", origins: ["https://example.org"] },
  quorum: { approve: 2 },
  people: CAST.map(([person, role]) => ({
    person,
    name: placeholder(person),
    title: placeholder(role),
    roles: [role],
    groups: person === "cora" ? ["security-officer"] : [],
    passkeys: [passkey(`${person}-1`), passkey(`${person}-2`)],
  })),
};

/** Before anything is opened. */
export const ENDORSED_AT = "2026-11-20T09:00:00.000Z";

/** A person's endorsement of a document; what is signed, and how, can be bent. */
export function endorsementBy(
  person: string,
  document: Endorsable = scriptToEndorse(smallScript),
  roster: Roster = smallRoster,
  change: AssertionChange & { statement?: object } = {},
): Endorsement {
  const { statement: bent = {}, ...assertion } = change;
  const statement = { ...endorsementFor(document, roster, person, ENDORSED_AT), ...bent } as EndorsementStatement;
  return { statement, assertion: assertionBy(person, endorsementHash(statement), assertion) };
}

/** What a production opening carries: the endorsements of the roster's first two custodians. */
export const endorsementsOf = (script: Script, roster: Roster): Endorsement[] =>
  endorsersOf(roster).slice(0, 2).map(({ person }) => endorsementBy(person, scriptToEndorse(script), roster));

export const openedBody = (change: Partial<Body<"ceremony-opened">> = {}): Body<"ceremony-opened"> => {
  const script = change.script ?? smallScript;
  const roster = change.roster ?? smallRoster;
  return {
    title: "Small ceremony",
    mode: "production",
    place: placeholder("Room 1"),
    script,
    scriptHash: scriptHash(script),
    endorsements: endorsementsOf(script, roster),
    roster,
    rosterHash: rosterHash(roster),
    participants: CAST.map(([person, role]) => ({ person, role })),
    ...change,
  };
};

export const START = Date.parse("2026-11-22T10:00:00.000Z");
export const timeAt = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const RECORDER_SPKI = base64url(sha256(utf8("recorder")));

type AssertionChange = { type?: string; challenge?: string; origin?: string; crossOrigin?: boolean; rp?: string; flags?: number; passkey?: string };

/** A WebAuthn assertion as an authenticator of this world gives it; every member can be bent. */
export function assertionBy(person: string, challenge: string, change: AssertionChange = {}) {
  const id = change.passkey ?? `${person}-1`;
  const client = {
    type: change.type ?? "webauthn.get",
    challenge: base64url(fromHex(change.challenge ?? challenge)),
    origin: change.origin ?? "https://example.org",
    crossOrigin: change.crossOrigin ?? false,
  };
  const clientDataJSON = utf8(JSON.stringify(client));
  const authenticatorData = new Uint8Array([...sha256(utf8(change.rp ?? "example.org")), change.flags ?? 0x05, 0, 0, 0, 0]);
  const data = new Uint8Array([...authenticatorData, ...sha256(clientDataJSON)]);
  return {
    credentialId: id,
    authenticatorData: base64url(authenticatorData),
    clientDataJSON: base64url(clientDataJSON),
    signature: base64url(signWith(fromBase64url(spkiOf(id)), data)),
  };
}

type Change = { at?: string; seq?: number; prev?: string | null; ceremony?: string; signature?: string | null };

/** A ceremony and the acts of its people. Every act goes through `examine` and `admit`; refused ones leave no trace. */
export class SmallWorld {
  ceremony: Ceremony | null = null;
  readonly transcript: Uint8Array[] = [];
  private seconds = 0;

  constructor(readonly verifier: SignatureVerifier = hashSignatures) {}

  /** The ceremony; fails where none was opened. */
  get now(): Ceremony {
    if (!this.ceremony) throw new Error("not opened");
    return this.ceremony;
  }

  /** The transcript, read. */
  get entries(): Entry[] {
    return this.transcript.map((bytes) => {
      const read = readEntry(bytes);
      if (!read.ok) throw new Error("an entry that was admitted is read");
      return read.value.entry;
    });
  }

  /** A world that shares the past and has its own future. */
  fork(): SmallWorld {
    const other = new SmallWorld(this.verifier);
    other.ceremony = this.ceremony;
    other.transcript.push(...this.transcript);
    other.seconds = this.seconds;
    return other;
  }

  /** Time passes and nobody does anything. */
  wait(seconds: number): void {
    this.seconds += seconds;
  }

  draft<K extends EntryKind>(kind: K, by: string, body: Body<K>, change: Change = {}): Entry {
    const head = this.ceremony?.head;
    const entry = {
      v: "claviger/entry/v1",
      ceremony: "c-1",
      seq: head ? head.seq + 1 : 0,
      at: timeAt(++this.seconds),
      by,
      kind,
      body,
      prev: head?.hash ?? null,
      signature: null,
      ...change,
    } as unknown as Entry;
    if (by !== RECORDER || "signature" in change) return entry;
    return { ...entry, signature: base64url(signWith(fromBase64url(RECORDER_SPKI), recorderBytes(entry))) };
  }

  async enter(entry: Entry): Promise<Result<Ceremony, Refusal>> {
    return this.enterBytes(canonical(entry as unknown as Json));
  }

  async enterBytes(bytes: Uint8Array): Promise<Result<Ceremony, Refusal>> {
    const next = await take(this.verifier, smallBook, this.ceremony, bytes);
    if (next.ok) {
      this.ceremony = next.value;
      this.transcript.push(bytes);
    }
    return next;
  }

  act<K extends EntryKind>(kind: K, by: string, body: Body<K>, change: Change = {}): Promise<Result<Ceremony, Refusal>> {
    return this.enter(this.draft(kind, by, body, change));
  }

  async must<K extends EntryKind>(kind: K, by: string, body: Body<K>): Promise<void> {
    const result = await this.act(kind, by, body);
    if (!result.ok) throw new Error(`${kind}: ${JSON.stringify(result.refusal)}`);
  }

  open(change: Partial<Body<"ceremony-opened">> = {}) {
    return this.act("ceremony-opened", "olga", openedBody(change));
  }

  async openWith(script: Script): Promise<this> {
    await this.must("ceremony-opened", "olga", openedBody({ script }));
    return this;
  }

  async openFor(script: Script, roster: Roster): Promise<void> {
    await this.must("ceremony-opened", "olga", openedBody({ script, roster }));
  }

  attach(change: Partial<Body<"recorder-attached">> = {}) {
    return this.act("recorder-attached", RECORDER, {
      scriptHash: this.now.scriptHash,
      rosterHash: this.now.rosterHash,
      token: { label: "t", manufacturer: "m", model: "x", serial: "s-1", hardware: "1.0", firmware: "1.0" },
      recorder: { spki: RECORDER_SPKI, certificate: "AA" },
      software: "test",
      ...change,
    });
  }

  openStep(step?: string, change: Partial<Body<"step-opened">> = {}) {
    const id = step ?? currentStep(this.now)?.step.step ?? "";
    const nonce = hashOf(`nonce ${String(this.now.head.seq)}`);
    return this.act("step-opened", "olga", { step: id, nonce, expires: timeAt(this.seconds + 600), deviation: null, ...change });
  }

  decide(person: string, decision: Partial<Decision> = {}): Statement {
    const step = currentStep(this.now)?.step.step ?? "";
    const made = statementFor(this.now, person, { act: "approve", step, verdict: null, remark: null, ...decision });
    if (!made) throw new Error("no statement");
    return made;
  }

  /** The person signs a statement (their own, unless another is given) and it is entered under their name. */
  sign(person: string, statement: Statement = this.decide(person), change: AssertionChange & { kind?: EntryKind; at?: string; by?: string } = {}) {
    const kinds = {
      approve: "step-approved",
      refuse: "step-refused",
      "enter-part": "secret-part-entered",
      "sign-off": "signed-off",
      attest: "step-attested",
      paper: "step-papered",
      "release-notebook": "notebook-released",
      "approve-resume": "resume-approved",
    } as const;
    const kind = (change.kind ?? kinds[statement.act]) as "step-approved";
    const body = { statement, assertion: assertionBy(person, statementHash(statement), change) };
    return this.act(kind, change.by ?? person, body, change.at === undefined ? {} : { at: change.at });
  }

  /** The worker calls for the secrets of the next operation, under a key it has not used before. */
  invite(change: Partial<Body<"secrets-invited">> = {}, more: Change = {}) {
    const state = currentStep(this.now);
    const publicKey = base64url(fromHex(hashOf(`key ${String(this.now.head.seq)}`)));
    const secrets = (state ? secretsAsked(state, smallBook) : []).map(({ name }) => ({ secret: name, least: 2, most: 8 }));
    const place = { step: state?.step.step ?? "", index: state?.outcomes.length ?? 0 };
    return this.act("secrets-invited", RECORDER, { ...place, suite: { kem: 0x20, kdf: 1, aead: 2 }, publicKey, secrets, ...change }, more);
  }

  /** The person's part for the newest call, or for the one whose hash is given. */
  enterPart(person: string, part: 1 | 2, change: Partial<SecretPart> & { at?: string; by?: string } = {}) {
    const { at, by, ...bent } = change;
    const invitation = currentStep(this.now)?.invitation?.hash ?? "00".repeat(32);
    const sha256 = hashOf(`${person} ${String(part)} ${invitation}`);
    const statement = this.decide(person, { act: "enter-part", part: { invitation, secret: "pin", part, sha256, ...bent } });
    return this.sign(person, statement, { ...(at === undefined ? {} : { at }), ...(by === undefined ? {} : { by }) });
  }

  refuse(person: string) {
    return this.sign(person, this.decide(person, { act: "refuse", remark: placeholder("no") }));
  }

  signOff(person: string, verdict: Statement["verdict"] = "agree") {
    return this.sign(person, this.decide(person, { act: "sign-off", verdict, remark: verdict === "agree" ? null : placeholder("because") }));
  }

  start(change: Partial<Body<"operation-started">> = {}, more: Change = {}) {
    const state = currentStep(this.now);
    const index = state?.outcomes.length ?? 0;
    const quorum = state ? quorumOf(this.now, state) : null;
    const reads = state?.step.step.startsWith("look") ?? false;
    const hash = !reads && quorum?.ok ? quorum.value.hash : null;
    return this.act(
      "operation-started",
      RECORDER,
      {
        step: state?.step.step ?? "",
        index,
        request: (state && operationsOf(state.step)[index]) ?? { operation: "make" },
        ckaId: ckaIdOf(hash ?? state?.opening?.hash ?? "", index),
        approvals: !reads && quorum?.ok ? [...quorum.value.approvals] : [],
        quorumHash: hash,
        ...change,
      },
      more,
    );
  }

  finish(change: Partial<Body<"operation-done">> = {}) {
    const started = this.now.steps.find((state) => state.started)?.started;
    return this.act("operation-done", RECORDER, {
      step: started?.step ?? "",
      index: started?.index ?? 0,
      outcome: { label: labelOf(started?.request) },
      milliseconds: 1,
      recovered: false,
      ...change,
    });
  }

  async deviate(step: string | null = currentStep(this.now)?.step.step ?? null, by = "olga"): Promise<number> {
    const said = { expected: placeholder("a"), happened: placeholder("b"), decided: placeholder("c") };
    await this.must("deviation-noted", by, { class: "B", step, ...said });
    return this.now.head.seq;
  }

  /** The person agrees, if there is such a stop and deviation, that it goes on. */
  async agreeToGoOn(person: string, deviation: number, change: AssertionChange = {}): Promise<Result<Ceremony, Refusal>> {
    const decision = { act: "approve-resume", step: this.now.stopped?.step ?? "", verdict: null, remark: null, deviation } as const;
    const statement = statementFor(this.now, person, decision);
    return statement ? this.sign(person, statement, change) : no("STEP-OPEN", { deviation });
  }

  /** The stopped room goes on as the deviation says: these agree, whoever of them can, and that person resumes. */
  async goOn(deviation: number, people: readonly string[] = ["carl", "cleo"], by = "olga"): Promise<Result<Ceremony, Refusal>> {
    for (const person of people) await this.agreeToGoOn(person, deviation);
    return this.act("ceremony-resumed", by, { deviation });
  }

  /** All deviations so far are read aloud, and no printed sheet was left over. */
  readOut(change: Partial<Body<"deviations-read">> = {}, by = "olga") {
    return this.act("deviations-read", by, { deviations: this.now.deviations.map(({ seq }) => seq), unused: [], ...change });
  }

  /** Everybody who is there initials every sheet that does not have their name yet. */
  async initialAll(): Promise<void> {
    for (const { person } of this.now.participants) {
      const deviations = this.now.deviations.filter((sheet) => initialsOwed(this.now, sheet).includes(person)).map(({ seq }) => seq);
      if (deviations.length > 0) await this.must("deviation-initialled", person, { deviations });
    }
  }

  /** Plays by the script until the step is the current one and not yet opened; the end of the script by default. */
  async playTo(step: string | null = null): Promise<this> {
    if (!this.ceremony) await this.open();
    if (!this.now.recorder) await this.attach();
    for (let state = currentStep(this.now); state && state.step.step !== step; state = currentStep(this.now)) {
      if (state.step.kind === "sign-off") {
        if (unreadDeviations(this.now).length > 0) await this.readOut();
        await this.initialAll();
      }
      await this.openStep();
      await this.perform(state.step.step);
    }
    return this;
  }

  private async perform(step: string): Promise<void> {
    const said = placeholder("something");
    switch (step) {
      case "hear":
        return this.must("step-acknowledged", "olga", { step });
      case "come":
        for (const [person] of CAST) {
          await this.must("identity-checked", person === "will" ? "wang" : "will", { step, person, document: said });
        }
        return;
      case "film":
        return this.must("evidence-noted", "olga", { step, name: said, kept: said, sha256: null });
      case "serial":
        await this.must("value-entered", "olga", { step, value: said });
        return this.must("value-entered", "will", { step, value: said });
      case "look":
      case "look-again":
        await this.start();
        await this.finish();
        return;
      case "make":
        for (const person of ["carl", "cleo"]) await this.sign(person);
        for (let i = 0; i < 2; i++) {
          await this.start();
          await this.finish();
        }
        return;
      default:
        for (const person of ["olga", "carl", "cleo", "cora", "will", "wang"]) await this.signOff(person);
    }
  }

  close(change: Partial<Body<"ceremony-closed">> = {}) {
    const result = this.now.phase === "aborted" ? "aborted" : "completed";
    return this.act("ceremony-closed", RECORDER, { result, entries: this.now.head.seq + 2, ...change });
  }
}

/** A world that has been played up to a step, or to the end. */
export const world = (step: string | null = null): Promise<SmallWorld> => new SmallWorld().playTo(step);
/** A world in which that step has also been opened. */
export async function worldIn(step: string): Promise<SmallWorld> {
  const there = await world(step);
  await there.openStep();
  return there;
}
export { placeholder };
