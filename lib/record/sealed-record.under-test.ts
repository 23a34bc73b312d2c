import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PlayedSecrets } from "#cli/demo/played-secrets";
import { playOn, type Rehearsed } from "#cli/rehearse/play-script";
import { castOf } from "#cli/rehearse/rehearsal-cast";
import type { Ceremony } from "#lib/ceremony/ceremony";
import { entryHash } from "#lib/ceremony/entry";
import type { Script } from "#lib/ceremony/script";
import { fromBase64url } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { drawRecord } from "#lib/pdf/draw-record";
import { cmsIn } from "#lib/pdf/forgery.under-test";
import type { RecordSigner, TimeStamper } from "#lib/pdf/pades-cms";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { PROFILES } from "#lib/token/profile";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { smallScript } from "#worker/played-scripts.under-test";
import type { PinnedOrganisation } from "#worker/organisation-chain";
import { RECORD_SIGNING_KEY, RECORDER_KEY } from "#worker/recorder";
import type { RehearsalParts } from "#worker/rehearsal-worker";
import { sealedRecord } from "#worker/seal-record";
import type { OpenedToken } from "#worker/parts-port";
import { readCertificate } from "#lib/x509/certificate";
import { readSignedData } from "./cms";
import { recordDocument } from "./record";
import type { RecordDocument } from "./record-document";
import { transcriptBytes, type Transcript } from "./transcript";
import type { TrustedRecorder } from "./trusted-recorder";
import { verifyRecord, type RecordPorts, type Verification } from "./verify-record";

/** The fake token's keys are real ones; what a worker asks of an open token besides is nothing here. */
class OpenFakeToken extends FakeToken implements OpenedToken {
  reopen = (): Promise<void> => Promise.resolve();
  logOut = (): Promise<void> => Promise.resolve();
  close = (): Promise<void> => Promise.resolve();
}

/**
 * A real record without a database and without an HSM: a rehearsal, of a small script unless another is given, played with the
 * app's verbs and the worker's code, with software passkeys, on a token in memory; and the keys of that token, to seal what was
 * never said.
 */
export class SealedRecord {
  private drawnOnce: Promise<Uint8Array> | undefined;

  private constructor(
    readonly pdf: Uint8Array,
    /** The recorder's certificate: what an auditor knows it by. */
    readonly certificate: Uint8Array,
    readonly transcript: Transcript,
    private readonly played: Rehearsed,
    private readonly token: OpenFakeToken,
  ) {}

  static async make(script: Script = smallScript(), names: readonly string[] = [], vouching?: RehearsalParts["vouching"]): Promise<SealedRecord> {
    const folder = mkdtempSync(path.join(tmpdir(), "claviger-sealed-"));
    const token = new OpenFakeToken(new FakeTokenMemory(), PROFILES.softhsm2);
    const pin = { file: path.join(folder, "none") };
    const nowhere = { label: "fake", serial: null, configDirectory: null, pin, securityOfficerPin: pin, environment: {} };
    const env = { profile: "softhsm2", modulePath: "none", ...nowhere } as const;
    const drop = () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    };
    const tokens = { own: token, env, others: [], secrets: new PlayedSecrets({}), stateFolder: folder, backupFolder: folder, drop };
    const cast = castOf(script).map((player, i) => ({ ...player, name: names[i] ?? player.name }));
    const played = await playOn(tokens, script, undefined, cast, vouching);
    const attached = played.ceremony.recorder;
    if (!attached) throw new Error("no recorder");
    const { entries, openings } = played.transcript;
    return new SealedRecord(played.record.pdf, fromBase64url(attached.recorder.certificate), { entries, openings }, played, token);
  }

  /** What somebody with the worker's own keys can do: any entries, any pages, any files, under a good seal. */
  async sealed(telling: Partial<Transcript> = {}, change?: (document: RecordDocument) => RecordDocument, timeStamp?: TimeStamper): Promise<Uint8Array> {
    return sealPdf(await this.drawn(telling, change), { signer: this.signer, ...(timeStamp && { timeStamp }) });
  }

  /** The same under the recorder's own key, for which an organisation answers. */
  async sealedAs(certified: Pick<RecordSigner, "certificate" | "chain" | "path">, timeStamp?: TimeStamper, telling?: Partial<Transcript>): Promise<Uint8Array> {
    const sign = (data: Uint8Array) => this.signAsRecorder(data);
    const drawn = telling ? this.drawn(telling) : (this.drawnOnce ??= this.drawn());
    return sealPdf(await drawn, { signer: { algorithm: "ES256", ...certified, sign }, ...(timeStamp && { timeStamp }) });
  }

  /** By the worker's own code, to which its folder gives these chains, and its environment that organisation. */
  async sealedByWorker(chains: Uint8Array[][], organisation: PinnedOrganisation | null): Promise<Uint8Array> {
    const recorder = { spki: readCertificate(this.certificate).spki, certificate: this.certificate, recordSigningCertificate: this.signer.certificate };
    const memory = { organisationChains: () => chains };
    const world = { now: this.signingTime, timeStamps: [], verifier: webCryptoVerifier, verifierPage: null, attestations: () => Promise.resolve([]) };
    return sealedRecord({ token: this.token, recorder, memory, organisation, ...world }, this.transcript, this.ceremony, "none");
  }

  /** The same, not sealed by anybody yet. */
  async drawn(telling: Partial<Transcript> = {}, change: (document: RecordDocument) => RecordDocument = (same) => same, renderer?: string): Promise<Uint8Array> {
    const whole = { ...this.transcript, ...telling };
    const head = whole.entries.at(-1);
    const document = recordDocument(this.transcript, this.played.ceremony, book);
    const attachments = document.attachments.map((one) => ({ ...one, bytes: transcriptBytes(whole) }));
    const told = { ...document, attachments, transcriptHash: head ? entryHash(head) : document.transcriptHash };
    return drawRecord(change(told), { seal: { signer: "Claviger record signing", signingTime: this.signingTime }, ...(renderer !== undefined && { renderer }) });
  }

  get signingTime(): Date {
    return new Date(Date.parse(this.played.ceremony.head.at) + 1000);
  }

  get signer(): RecordSigner {
    const certificate = readSignedData(cmsIn(this.pdf)).signer.der;
    const sign = (data: Uint8Array) => this.token.sign(RECORD_SIGNING_KEY.id, "ES256", data);
    return { algorithm: "ES256", certificate, chain: [this.certificate], sign };
  }

  /** What only the recorder can sign: its own entries, and checkpoints of its log. */
  signAsRecorder(data: Uint8Array): Promise<Uint8Array> {
    return this.token.sign(RECORDER_KEY.id, "ES256", data);
  }

  get ceremony(): Ceremony {
    return this.played.ceremony;
  }

  verify(pdf: Uint8Array, ports: Partial<RecordPorts> = {}, recorder: TrustedRecorder = this.certificate): Promise<Verification> {
    return verifyRecord(pdf, recorder, { verifier: webCryptoVerifier, inflate, mode: "rehearsal", ...ports });
  }
}
