import type { Outcome, RecheckContext } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { hex, sha256Hex, utf8 } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { executeOperation } from "#lib/operations/execute-operation";
import type { ExecuteContext, OperationRefusal } from "#lib/operations/operation";
import { TokenFault } from "#lib/token/fault";
import type { Token } from "#lib/token/token";
import type { TokenKeeper } from "#lib/token/token-keeper";
import { webCryptoEncryptOaep } from "#lib/webcrypto/encrypt-oaep";
import { webCryptoPublicKey } from "#lib/webcrypto/public-key-reader";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { KeptBackups } from "../backup/kept-backups";
import { childKeeper, type KeeperOptions } from "./child-keeper";
import { ChildToken, type ChildTokenOptions } from "./child-token";
import { CANARY_PIN, CANARY_SO_PIN, testToken, type TestToken } from "./test-token.under-test";

const NEW_PIN = "canary-new-4711";
const NEW_SO_PIN = "canary-new-0815";

export type OpenedToken = Token & { close(): Promise<void> };

/** How tokens are opened, and how their PINs are worked on. */
export interface Opening {
  readonly open: (options: ChildTokenOptions) => Promise<OpenedToken>;
  readonly keeper: (options: KeeperOptions) => TokenKeeper;
  /** Both SoftHSM tokens in one folder: for an opening that has one module. */
  readonly oneFolder: boolean;
}

/** As a worker does: each in a child process. */
const IN_CHILDREN: Opening = { open: (options) => ChildToken.open(options), keeper: childKeeper, oneFolder: false };

/** Operations done one after the other on a real token, with a second one called "vault", as a ceremony would do them. */
export class RealOperations {
  readonly token: OpenedToken;
  readonly #opening: Opening;
  readonly #ground: TestToken;
  readonly #vault: TestToken;
  readonly #earlier: RecheckContext["earlier"][number][] = [];
  #vaultSerial: string;
  #vaultPin = CANARY_PIN;
  #open: OpenedToken | null = null;
  /** What a recheck found wrong with any outcome, with the operation's name. */
  readonly problems: string[] = [];

  private constructor(token: OpenedToken, opening: Opening, ground: TestToken, vault: TestToken, vaultSerial: string) {
    this.token = token;
    this.#opening = opening;
    this.#ground = ground;
    this.#vault = vault;
    this.#vaultSerial = vaultSerial;
  }

  /** `other`: whose token is called "vault". NSS has one token in a world, so that the two are never both its own. */
  static async open(which: "softhsm" | "nss", opening = IN_CHILDREN, other: "softhsm" | "nss" = "softhsm"): Promise<RealOperations> {
    const ground = await testToken(which);
    const vault = await testToken(other, "vault", opening.oneFolder ? ground.folder : undefined);
    const first = await opening.open(vault.options);
    const { serial } = await first.info();
    await first.close();
    return new RealOperations(await opening.open(ground.options), opening, ground, vault, serial);
  }

  get folder(): string {
    return this.#ground.folder;
  }

  async close(): Promise<void> {
    await this.token.close();
    this.#ground.drop();
    this.#vault.drop();
  }

  /** Does it, rechecks it, and keeps its outcome as an earlier one; or says why it was refused. */
  async try(request: OperationRequest, execute = executeOperation): Promise<{ outcome: Outcome } | OperationRefusal> {
    const context = await this.#context();
    const done = await execute(this.token, request, context).catch(refusedByModule);
    await this.#open?.close();
    this.#open = null;
    if (!done.ok) return done.refusal;
    const { outcome } = done.value;
    for (const problem of book.find(request.operation)?.recheck(request, outcome, context) ?? []) {
      this.problems.push(`${request.operation}: ${problem}`);
    }
    this.#earlier.push({ request, outcome, ckaId: context.ckaId });
    if (request.operation === "change-user-pin") this.#vaultPin = NEW_PIN;
    if (request["token"] === "vault") this.#vaultSerial = (outcome["token"] as { serial: string }).serial;
    return { outcome };
  }

  async #context(): Promise<ExecuteContext> {
    const place = String(this.#earlier.length);
    const { options } = this.#vault;
    const changed = this.#earlier.some(({ request }) => request.operation === "change-so-pin");
    const secrets: { readonly [name: string]: string } = {
      "so-pin": changed ? NEW_SO_PIN : CANARY_SO_PIN,
      "new-so-pin": NEW_SO_PIN,
      "backup-key": "canary-backup-key, both halves",
      "user-pin": this.#vaultPin,
      "new-user-pin": NEW_PIN,
    };
    return {
      ceremony: "c-1",
      ckaId: sha256Hex(utf8(`${this.folder} quorum ${place}`)),
      startedAt: new Date().toISOString(),
      earlier: [...this.#earlier],
      others: { vault: this.#vaultSerial },
      nonce: hex(await this.token.random(32)),
      verifySignature: (algorithm, spki, data, signature) => webCryptoVerifier.verify(algorithm, spki, data, signature),
      readPublicKey: webCryptoPublicKey,
      encryptOaep: webCryptoEncryptOaep,
      backups: await this.backups(),
      begun: { noted: () => false, note: () => undefined },
      other: () => this.#openVault(),
      keeper: (): TokenKeeper =>
        this.#whileClosed({
          profile: options.profile,
          modulePath: options.modulePath,
          label: options.label,
          serial: this.#vaultSerial,
          configDirectory: options.configDirectory ?? null,
          environment: options.environment,
          never: [],
        }),
      secret: (name) => Promise.resolve(utf8(secrets[name] ?? "")),
    };
  }

  /** Backups of the own token, as a worker makes them. */
  async backups(): Promise<KeptBackups> {
    const { serial } = await this.token.info();
    const { options, folder } = this.#ground;
    const token = { ...options, serial, configDirectory: options.configDirectory ?? null, securityOfficerPin: null };
    const { profile, modulePath, label, pin, environment } = this.#vault.options;
    const vault = { name: "vault", profile, modulePath, label, serial: null, configDirectory: null, pin, environment };
    return new KeptBackups({ token, others: [vault], directory: folder });
  }

  /** The work on PINs, which waits until the token is no longer open for anything else, as a worker's does. */
  #whileClosed(options: KeeperOptions): TokenKeeper {
    const keeper = this.#opening.keeper(options);
    return {
      profile: keeper.profile,
      perform: async (task) => {
        await this.#open?.close();
        this.#open = null;
        return keeper.perform(task);
      },
    };
  }

  async #openVault(): Promise<OpenedToken> {
    this.#open ??= await this.#opening.open({ ...this.#vault.options, pin: { bytes: utf8(this.#vaultPin) } });
    return this.#open;
  }
}

/** As the worker has it: what a module answers is a refusal, unless the token is gone. */
function refusedByModule(fault: unknown): { ok: false; refusal: OperationRefusal } {
  if (!(fault instanceof TokenFault) || fault.gone) throw fault;
  return { ok: false, refusal: { call: fault.call, name: fault.ckrName } };
}
