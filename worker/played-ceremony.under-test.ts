import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { assertWith, type SoftwarePasskey } from "#cli/demo/software-passkey";
import { initialsOwed, unreadDeviations } from "#lib/ceremony/admit-sheets";
import { currentStep, peopleIn, stateOf, type Ceremony, type Invitation } from "#lib/ceremony/ceremony";
import { scriptToEndorse, type Endorsement } from "#lib/ceremony/endorsement";
import { entryBytes, entryHash, type Assertion, type Body, type Entry, type EntryKind } from "#lib/ceremony/entry";
import { quorumRuleOf, scriptHash, type Script, type Step } from "#lib/ceremony/script";
import { replay, take } from "#lib/ceremony/replay";
import type { Mode } from "#lib/ceremony/roles";
import { partInfo } from "#lib/ceremony/secret-parts";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { statementFor, type Decision } from "#lib/ceremony/statement-for";
import { statementHash, type Statement } from "#lib/ceremony/statement";
import type { Opening } from "#lib/log/commitment";
import { sealPart } from "#lib/hpke/sealed-part";
import { fromBase64url, fromHex, hex, sha256Hex, utf8 } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { summaryOf } from "#lib/store/ceremonies";
import type { Database } from "#lib/store/database";
import { appendEntry, readEntries } from "#lib/store/entries";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { committed, players, quorumOf, rosterOf, RP, type Player } from "./played-cast.under-test";
import { smallScript } from "./played-scripts.under-test";

export interface PlayOptions {
  readonly id?: string;
  readonly script?: Script;
  readonly mode?: Mode;
  readonly cast?: readonly Player[];
  readonly roster?: Roster;
}

/**
 * A ceremony whose people are played by a test, with their own keys and through the app's database role, but without the app:
 * what the worker must decide by itself can be put before it directly.
 */
export class PlayedCeremony {
  readonly id: string;
  readonly script: Script;
  readonly mode: Mode;
  readonly cast: readonly Player[];
  readonly roster: Roster;
  readonly #db: Database;
  /** What was verified already; the rest is verified when it is asked for. */
  #verified: Ceremony | null = null;

  constructor(db: Database, { id, script, mode, cast, roster }: PlayOptions = {}) {
    this.#db = db;
    this.id = id ?? `c-${randomBytes(4).toString("hex")}`;
    this.script = script ?? smallScript();
    this.mode = mode ?? "rehearsal";
    this.cast = cast ?? players(this.script.quorum.of, this.script.witnesses.least);
    this.roster = roster ?? rosterOf(this.cast, this.mode);
  }

  /** What the rules make of the entries in the database. Throws when they do not hold. */
  async state(): Promise<Ceremony> {
    const ceremony = await this.stateOrNull();
    if (!ceremony) throw new Error("the ceremony has no entries");
    return ceremony;
  }

  async stateOrNull(): Promise<Ceremony | null> {
    const from = this.#verified ? this.#verified.head.seq + 1 : 0;
    const news = (await readEntries(this.#db, this.id, from)).map(({ bytes }) => bytes);
    const replayed = await replay(webCryptoVerifier, book, news, this.#verified);
    if (!replayed.ok) throw new Error(`entry ${String(from + replayed.refusal.at)}: ${JSON.stringify(replayed.refusal.refusal)}`);
    this.#verified = replayed.value;
    return replayed.value;
  }

  async transcript(): Promise<Uint8Array[]> {
    return (await readEntries(this.#db, this.id)).map(({ bytes }) => bytes);
  }

  async kinds(): Promise<string[]> {
    return (await this.entries()).map(({ kind }) => kind);
  }

  async entries(): Promise<Entry[]> {
    return (await this.transcript()).map((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Entry);
  }

  player(person: string): Player {
    const found = this.cast.find((one) => one.person === person);
    if (!found) throw new Error(`nobody is called ${person}`);
    return found;
  }

  /** Appends the entry that opens the ceremony. */
  async open(change: Partial<Body<"ceremony-opened">> = {}): Promise<this> {
    const place = committed(`ceremony/${this.id}/place`, "Vault 1");
    const body: Body<"ceremony-opened"> = {
      title: this.script.title,
      mode: this.mode,
      place: { committed: place.committed },
      script: this.script,
      scriptHash: scriptHash(this.script),
      endorsements: this.endorsements(),
      roster: this.roster,
      rosterHash: rosterHash(this.roster),
      participants: this.cast.map(({ person, role }) => ({ person, role })),
      ...change,
    };
    await this.act("operator-1", "ceremony-opened", body, [place.opening]);
    return this;
  }

  /** What its opening needs: the script, endorsed for production by the roster's quorum. */
  endorsements(): Endorsement[] {
    return this.mode === "production" ? quorumOf(this.cast, scriptToEndorse(this.script), this.roster) : [];
  }

  /** One person's act, judged by the rule book and appended as the app would; again when the worker was quicker. */
  async act<K extends EntryKind>(by: string, kind: K, body: Body<K>, openings: readonly Opening[] = [], at?: string, ciphertext?: Uint8Array): Promise<Entry> {
    for (;;) {
      const before = await this.stateOrNull();
      const entry = this.draft(before, by, kind, body, at);
      const after = await take(webCryptoVerifier, book, before, entryBytes(entry));
      if (!after.ok) throw new Error(`${kind}: ${JSON.stringify(after.refusal)}`);
      if ((await this.appendRaw(entry, after.value, openings, ciphertext)) === "appended") return entry;
    }
  }

  draft<K extends EntryKind>(before: Ceremony | null, by: string, kind: K, body: Body<K>, at = new Date().toISOString()): Entry {
    const head = before?.head ?? null;
    const later = head !== null && at < head.at ? head.at : at;
    const link = { seq: head ? head.seq + 1 : 0, prev: head?.hash ?? null };
    return { v: "claviger/entry/v1", ceremony: this.id, ...link, at: later, by, kind, body, signature: null } as Entry;
  }

  /** Puts an entry into the database whatever the rules say: what a hostile app could do. */
  async appendRaw(entry: Entry, after: Ceremony, openings: readonly Opening[] = [], ciphertext?: Uint8Array): Promise<"appended" | "conflict"> {
    const { ceremony, seq, prev, kind, at, by } = entry;
    const row = { ceremony, seq, prev, kind, at, by, hash: entryHash(entry), bytes: entryBytes(entry), openings };
    return appendEntry(this.#db, { ...row, ...(ciphertext && { ciphertext }) }, summaryOf(after));
  }

  /** A half, encrypted to the newest call of the worker for that person and place. */
  async seal(person: string, step: string, secret: string, part: 1 | 2, half: string): Promise<Uint8Array> {
    const { invitation, nonce } = await this.call(step);
    const info = partInfo({ ceremony: this.id, nonce, invitation: invitation.hash, secret, part, person });
    return sealPart(fromBase64url(invitation.publicKey), info, utf8(half));
  }

  /** The worker's newest call in a step; waits for one that is not `after`. */
  async call(step: string, after: string | null = null): Promise<{ invitation: Invitation; nonce: string }> {
    const isCalled = (ceremony: Ceremony) => (stateOf(ceremony, step)?.invitation?.hash ?? after) !== after;
    const state = stateOf(await this.until(`a call for secrets in ${step}`, isCalled), step);
    if (!state?.invitation || !state.opening) throw new Error("nobody called");
    return { invitation: state.invitation, nonce: state.opening.nonce };
  }

  /** The signed body that enters this ciphertext as a person's part for the newest call. */
  async partBody(person: string, step: string, secret: string, part: 1 | 2, ciphertext: Uint8Array): Promise<Body<"secret-part-entered">> {
    const { invitation } = await this.call(step);
    const decision = { act: "enter-part", step, verdict: null, remark: null, part: { invitation: invitation.hash, secret, part, sha256: sha256Hex(ciphertext) } } as const;
    const statement = await this.statement(person, decision);
    return { statement, assertion: this.sign(person, statement) };
  }

  async enterPart(person: string, step: string, secret: string, part: 1 | 2, half: string): Promise<Entry> {
    const ciphertext = await this.seal(person, step, secret, part, half);
    return this.act(person, "secret-part-entered", await this.partBody(person, step, secret, part, ciphertext), [], undefined, ciphertext);
  }

  /** Two custodians enter every secret of the open step, as soon as they are called. */
  async enterSecrets(step: string, secrets: Readonly<Record<string, readonly [string, string]>>): Promise<void> {
    const { invitation } = await this.call(step);
    for (const { secret } of invitation.secrets) {
      // The security officers are two others: nobody enters parts of both PINs of a token.
      const from = secret.endsWith("so-pin") ? 2 : 0;
      for (const part of [1, 2] as const) await this.enterPart(`custodian-${String(from + part)}`, step, secret, part, secrets[secret]?.[part - 1] ?? "");
    }
  }

  async openStep(step: string, change: Partial<Body<"step-opened">> = {}, by = "operator-1"): Promise<Entry> {
    const expires = new Date(Date.now() + 20 * 60_000).toISOString();
    return this.act(by, "step-opened", { step, nonce: hex(randomBytes(32)), expires, deviation: null, ...change });
  }

  /** The assertion of a person's passkey over a statement. */
  sign(person: string, statement: Statement, change: { passkey?: SoftwarePasskey; rpId?: string; origin?: string; flags?: number } = {}): Assertion {
    const { passkey, rpId = RP.id, origin = RP.origins[0] ?? "", flags } = change;
    const [own] = this.player(person).passkeys;
    if (!own && !passkey) throw new Error(`${person} has no passkey`);
    return assertWith((passkey ?? own) as SoftwarePasskey, fromHex(statementHash(statement)), { rpId, origin, ...(flags === undefined ? {} : { flags }) });
  }

  async statement(person: string, decision: Decision): Promise<Statement> {
    const statement = statementFor(await this.state(), person, decision);
    if (!statement) throw new Error(`${person} has nothing to sign`);
    return statement;
  }

  async approve(person: string, step: string): Promise<Entry> {
    const statement = await this.statement(person, { act: "approve", step, verdict: null, remark: null });
    return this.act(person, "step-approved", { statement, assertion: this.sign(person, statement) });
  }

  /** After a stop: two custodians agree to going on as the deviation says, and the operator resumes. */
  async goOn(deviation: number): Promise<void> {
    for (const person of ["custodian-1", "custodian-2"]) {
      const step = (await this.state()).stopped?.step ?? "";
      const statement = await this.statement(person, { act: "approve-resume", step, verdict: null, remark: null, deviation });
      await this.act(person, "resume-approved", { statement, assertion: this.sign(person, statement) });
    }
    await this.act("operator-1", "ceremony-resumed", { deviation });
  }

  async signOff(person: string, step: string): Promise<Entry> {
    const statement = await this.statement(person, { act: "sign-off", step, verdict: "agree", remark: null });
    return this.act(person, "signed-off", { statement, assertion: this.sign(person, statement) });
  }

  /** A deviation about a step; its number is what a re-opening names. */
  async deviate(step: string, happened = "the step failed"): Promise<number> {
    const [expected, was, decided] = ["it is done", happened, "do it again"].map((text, i) => committed(`deviation-noted/${String(i)}`, text));
    if (!expected || !was || !decided) throw new Error("three texts make an exception sheet");
    const body = { class: "A", step, expected: { committed: expected.committed }, happened: { committed: was.committed }, decided: { committed: decided.committed } } as const;
    return (await this.act("operator-1", "deviation-noted", body, [expected.opening, was.opening, decided.opening])).seq;
  }

  /** Every deviation so far is read aloud and initialled by everybody: nobody signs off before. */
  async readOut(): Promise<void> {
    const { deviations } = await this.state();
    await this.act("operator-1", "deviations-read", { deviations: deviations.map(({ seq }) => seq), unused: [] });
    const ceremony = await this.state();
    for (const { person } of ceremony.participants) {
      const bare = ceremony.deviations.filter((sheet) => initialsOwed(ceremony, sheet).includes(person)).map(({ seq }) => seq);
      if (bare.length > 0) await this.act(person, "deviation-initialled", { deviations: bare });
    }
  }

  async stop(person = "witness-1"): Promise<Entry> {
    const reason = committed("ceremony-stopped/reason", "I saw something");
    return this.act(person, "ceremony-stopped", { reason: { committed: reason.committed } }, [reason.opening]);
  }

  async abort(): Promise<Entry> {
    const reason = committed("ceremony-aborted/reason", "We stop here");
    return this.act("operator-1", "ceremony-aborted", { reason: { committed: reason.committed } }, [reason.opening]);
  }

  /** Waits until the state in the database is as asked; throws, with the kinds so far, when it takes too long. */
  async until(what: string, isSo: (ceremony: Ceremony) => boolean, limitMs = 120_000): Promise<Ceremony> {
    const end = Date.now() + limitMs;
    for (;;) {
      const ceremony = await this.state();
      if (isSo(ceremony)) return ceremony;
      if (Date.now() > end) throw new Error(`waited in vain for: ${what}; so far ${(await this.kinds()).join(", ")}`);
      await sleep(40);
    }
  }

  attached = (): Promise<Ceremony> => this.until("the recorder", ({ recorder }) => recorder !== null);
  /** Done, and noted what the recorder may owe: before that nothing else is opened. */
  stepDone = (step: string): Promise<Ceremony> =>
    this.until(`${step} done`, (ceremony) => stateOf(ceremony, step)?.status === "done" && ceremony.owed === null);

  /** Opens the current step and does what its people do; the worker's part is awaited. */
  async performStep(): Promise<void> {
    const ceremony = await this.state();
    const state = currentStep(ceremony);
    if (!state) throw new Error("every step is done");
    const { step } = state;
    if (step.kind === "sign-off" && unreadDeviations(ceremony).length > 0) await this.readOut();
    if (state.status === "waiting") await this.openStep(step.step);
    await this.#perform(ceremony, step);
    await this.stepDone(step.step);
  }

  async #perform(ceremony: Ceremony, step: Step): Promise<void> {
    switch (step.kind) {
      case "statement":
      case "pause":
        for (const person of peopleIn(ceremony, step.by)) await this.act(person, "step-acknowledged", { step: step.step });
        return;
      case "attendance":
        return this.#attend(ceremony, step.step);
      case "check":
        return this.#check(step);
      case "evidence": {
        const [name, kept] = [committed(`evidence-noted/${step.step}/name`, "film.mp4"), committed(`evidence-noted/${step.step}/kept`, "Safe 2")];
        const body = { step: step.step, name: { committed: name.committed }, kept: { committed: kept.committed }, sha256: null };
        await this.act("operator-1", "evidence-noted", body, [name.opening, kept.opening]);
        return;
      }
      case "operation":
        return this.approveBy(step.step, quorumRuleOf(this.script, step).approve);
      case "sign-off":
        for (const person of peopleIn(ceremony, step.by)) await this.signOff(person, step.step);
    }
  }

  /** Custodians approve until so many have, if the step asks anybody: steps that only read go ahead by themselves. */
  async approveBy(step: string, count: number): Promise<void> {
    const state = stateOf(await this.state(), step);
    const reads = state?.step.kind === "operation" && state.step.operations.every((request) => book.find(request.operation)?.effect === "reads");
    const missing = reads || state?.started ? 0 : count - (state?.approvals.length ?? 0);
    const asked = this.cast.filter(({ person, role }) => role === "custodian" && !state?.approvals.some((approval) => approval.person === person));
    for (const { person } of asked.slice(0, Math.max(0, missing))) await this.approve(person, step);
  }

  async #attend(ceremony: Ceremony, step: string): Promise<void> {
    for (const { person } of ceremony.participants) {
      const document = committed(`identity-checked/${step}/${person}`, "Passport");
      const witness = person === "witness-1" ? "witness-2" : "witness-1";
      await this.act(witness, "identity-checked", { step, person, document: { committed: document.committed } }, [document.opening]);
    }
  }

  async #check(step: Extract<Step, { kind: "check" }>): Promise<void> {
    const value = committed(`check/${step.step}`, step.expected ?? "serial");
    const body = { step: step.step, value: { committed: value.committed } };
    await this.act("operator-1", "value-entered", body, [value.opening]);
    if (step.physical) await this.act("witness-1", "value-entered", body, [value.opening]);
  }

  /** Plays until the named step is the next one, not opened yet. */
  async playTo(step: string): Promise<this> {
    await this.attached();
    for (;;) {
      const current = currentStep(await this.state());
      if (!current) throw new Error(`${step} is no step of this script`);
      if (current.step.step === step) return this;
      await this.performStep();
    }
  }

  /** Plays to the end, and waits for the recorder's last entry. */
  async playToEnd(): Promise<Ceremony> {
    await this.attached();
    while (currentStep(await this.state())) await this.performStep();
    return this.until("closed", ({ phase }) => phase === "closed");
  }
}
