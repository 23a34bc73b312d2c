import { sha256Hex } from "#lib/log/digest";
import { compareToken, type OwnKey } from "#lib/register/compare-token";
import { isListing, listingBytes, nameable, readListing, sameDifferences, signedListing } from "#lib/register/findings";
import { newestInChain } from "#lib/register/listing-chain";
import type { Register } from "#lib/register/registered-key";
import type { TokenListing, VerifiedListing } from "#lib/register/verified-listing";
import { readCertificate } from "#lib/x509/certificate";
import type { Acting } from "./acting";
import { KeyRegister } from "./key-register";
import { readToken, type TokenRead } from "./read-token";
import { RECORD_SIGNING_KEY, RECORDER_KEY, signAsRecorder, type Recorder } from "./recorder";
import type { WatchesTokens } from "./watches-tokens";

type Watching = Pick<Acting, "store" | "memory" | "recorder" | "verifier" | "mode" | "now" | "token" | "others">;

/** At one turn no ceremony waits longer for what is read. */
const TURN_MS = 250;
/** A worker that has just started sees to its ceremonies first. */
const AFTER_START_MS = 60_000;
/** However often somebody asks, or the app that is not trusted does in somebody's name. */
const AT_MOST_MS = 60_000;
/** After a fault that nobody foresaw: ceremonies have the worker to themselves meanwhile. */
const AFTER_FAULT_MS = 5 * 60_000;
/** A listing that says the same is kept so often, so that one sees that it was compared. */
const KEPT_MS = 24 * 60 * 60_000;
/** No open ceremony: the PIN is the one that is configured. */
const NO_CEREMONY = "";

/**
 * Compares the worker's tokens with the register, every so many minutes and when somebody asks, and has its recorder sign what
 * differs. It has its turn when no ceremony has anything to do, and keeps none waiting.
 */
export class TokenWatch {
  readonly #watches: WatchesTokens | null;
  /** The names of the other tokens that this worker has. */
  readonly #others: readonly string[];
  readonly #say: (line: string) => void;
  readonly #register = new KeyRegister();
  readonly #last = new Map<string, VerifiedListing>();
  /** Listings whose signature was verified, by their hash. */
  readonly #read = new Map<string, VerifiedListing>();
  #due: number | null = null;
  /** Nothing is compared before, whoever asks. */
  #rests = 0;
  #asked: string | null | undefined;

  constructor(watches: WatchesTokens | null, others: readonly string[], say: (line: string) => void) {
    this.#watches = watches;
    this.#others = others;
    this.#say = say;
  }

  /**
   * One turn: nothing, some reading, or a comparison of every token. While a ceremony is `atWork`, between two of its operations, there is
   * one only when the last is two intervals ago: no ceremony that waits keeps tokens from being compared for good. Throws what token and
   * database throw.
   */
  async look(watching: Watching, atWork = false): Promise<void> {
    if (!this.#watches) return;
    const now = watching.now().getTime();
    this.#due ??= now + AFTER_START_MS;
    const asked = await this.#watches.store.newestAsked();
    // What was asked before this worker began has been answered, or will be soon.
    if (this.#asked === undefined) this.#asked = asked;
    const wanted = asked !== this.#asked;
    const due = atWork ? this.#due + this.#watches.minutes * 60_000 : this.#due;
    if (now < this.#rests || (now < due && (atWork || !wanted))) return;
    try {
      if (!(await this.#register.gather(watching, this.#watches.store, now + TURN_MS))) return;
      this.#rests = now + AT_MOST_MS;
      await this.#compareAll(watching, this.#watches, wanted);
    } catch (fault) {
      this.#rests = now + AFTER_FAULT_MS;
      throw fault;
    }
    this.#asked = asked;
    this.#due = watching.now().getTime() + this.#watches.minutes * 60_000;
  }

  /** Every token, whatever became of the one before it; then throws the first fault that was none of another token's. */
  async #compareAll(watching: Watching, watches: WatchesTokens, wanted: boolean): Promise<void> {
    const { token, others, now } = watching;
    const register = await this.#register.at(watching, () => watches.store.changes(), now().toISOString());
    const { serial } = await token.info();
    await this.#compare(watching, watches, register, await readToken(token, register, serial), wanted);
    const faults: unknown[] = [];
    for (const name of this.#others) {
      try {
        const read = await readOther(others, name, register);
        if (read) await this.#compare(watching, watches, register, read, wanted);
      } catch (fault) {
        const block = others.blockFor(fault);
        if (block) this.#say(`token ${name}: not compared (${String(block.facts["why"] ?? block.code)})`);
        else faults.push(fault);
      } finally {
        await others.closeAll();
      }
    }
    if (faults.length > 0) throw faults[0];
  }

  async #compare(
    watching: Watching,
    { store, minutes }: WatchesTokens,
    register: Register,
    { serial, objects, checkValues }: TokenRead,
    wanted: boolean,
  ): Promise<void> {
    const { recorder, mode, now, token } = watching;
    const before = await this.#before(watching, store, serial);
    const at = now().toISOString();
    const differences = [...nameable(compareToken(objects, register, serial, ownKeys(recorder), checkValues))];
    const same =
      before?.listing.minutes === minutes &&
      before.listing.objects === objects.length &&
      sameDifferences(before.listing.differences, differences);
    const age = same ? now().getTime() - Date.parse(before.listing.at) : 0;
    // One of a clock that was ahead is followed at once: it would say for as long that the token was compared.
    if (same && !wanted && age >= 0 && age < KEPT_MS) return;
    const listing: TokenListing = {
      v: "claviger/token-listing/v1",
      mode,
      token: serial,
      recorder: sha256Hex(recorder.spki),
      at,
      minutes,
      prev: before?.hash ?? null,
      objects: objects.length,
      differences,
    };
    if (!isListing(listing)) {
      this.#say(`token ${serial}: not compared (what it says of itself fits no listing)`);
      return;
    }
    const bytes = signedListing(listing, await signAsRecorder(token, listingBytes(listing)));
    await store.keepListing({ token: serial, prev: listing.prev, at, bytes });
    this.#last.set(serial, { hash: sha256Hex(bytes), listing });
    if (differences.length > 0) this.#say(`token ${serial}: ${String(differences.length)} differences from the register`);
  }

  /**
   * The listing that the next one follows: the last one of this process, or the last that another worker signed after it with the same
   * recorder; after a start the end of the chain. Never by the time that listings say: clocks step back, and two workers have two. One
   * that is remembered here and was taken away stays the one before: the next names it, and that it is gone shows.
   */
  async #before({ recorder, verifier, mode }: Watching, store: WatchesTokens["store"], serial: string): Promise<VerifiedListing | null> {
    const chain: VerifiedListing[] = [];
    for (const bytes of await store.listings(serial)) {
      const hash = sha256Hex(bytes);
      const read = this.#read.get(hash) ?? (await readListing(verifier, recorder.spki, bytes));
      if (read?.listing.mode !== mode || read.listing.token !== serial) continue;
      this.#read.set(hash, read);
      chain.push(read);
    }
    return newestInChain(chain, this.#last.get(serial) ?? null);
  }
}

/** Another token; null where it is not there or has no PIN here: then nothing is said of it, and that shows. */
async function readOther(others: Acting["others"], name: string, register: Register): Promise<TokenRead | null> {
  const there = await others.look(name, NO_CEREMONY);
  if (!there.ok) return null;
  const { serial } = there.value;
  return readToken(await others.open(name, serial, NO_CEREMONY), register, serial);
}

/** The keys that this worker made for itself, which are in no ceremony. */
const ownKeys = ({ spki, recordSigningCertificate }: Recorder): OwnKey[] => [
  { id: RECORDER_KEY.id, spkiSha256: sha256Hex(spki) },
  { id: RECORD_SIGNING_KEY.id, spkiSha256: sha256Hex(readCertificate(recordSigningCertificate).spki) },
];
