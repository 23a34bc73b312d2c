import { hashOf } from "../log/canonical";
import { base64url, fromHex } from "../log/digest";
import type { Result } from "../result";
import { initialsOwed, unreadDeviations } from "./admit-sheets";
import { currentStep, quorumOf, type Ceremony } from "./ceremony";
import { RECORDER, type Body, type EntryKind } from "./entry";
import { ckaIdOf } from "./quorum";
import { no, type Refusal } from "./refusal";
import { rosterHash, type Roster } from "./roster";
import { operationsOf, scriptHash, type Script } from "./script";
import { secretsAsked } from "./secret-parts";
import { labelOf, smallBook } from "./small-book.under-test";
import { assertionBy, CAST, endorsementsOf, placeholder, smallRoster, type AssertionChange } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { RECORDER_SPKI, SmallTranscript, timeAt, type EntryChange } from "./small-transcript.under-test";
import { statementHash, type SecretPart, type Statement } from "./statement";
import { statementFor, type Decision } from "./statement-for";

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

/** A ceremony and the acts of its people. Every act goes through `examine` and `admit`. */
export class SmallWorld extends SmallTranscript {
  /** A world that shares the past and has its own future. */
  fork(): SmallWorld {
    const other = new SmallWorld(this.verifier);
    other.ceremony = this.ceremony;
    other.transcript.push(...this.transcript);
    other.seconds = this.seconds;
    return other;
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
      recorder: { spki: RECORDER_SPKI, certificate: RECORDER_SPKI },
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
  invite(change: Partial<Body<"secrets-invited">> = {}, more: EntryChange = {}) {
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

  start(change: Partial<Body<"operation-started">> = {}, more: EntryChange = {}) {
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
    const completes = this.now.openSheet !== null && this.now.openSheet.step === step;
    await this.must("deviation-noted", by, { class: "B", step, ...said, ...(completes && { decidedBy: [by] }) });
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
