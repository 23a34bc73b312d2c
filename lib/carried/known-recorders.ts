/** Recorders are told apart by whose they are and which token they write for. */
export type RecorderPlace = { readonly organisation: string; readonly token: string };
/** A recorder whose certificate's fingerprint (hex) somebody compared with the minutes, on this device, at that time (UTC). */
export type KnownRecorder = RecorderPlace & { readonly fingerprint: string; readonly at: string };

/**
 * Whether a recorder is the one that was compared here: `known`; `new` where none of its token was; `other` where another was,
 * which either a new recorder in the minutes explains, or nothing good.
 */
export type RecorderStanding =
  | { readonly is: "known"; readonly compared: KnownRecorder }
  | { readonly is: "new"; readonly elsewhere: readonly KnownRecorder[] }
  | { readonly is: "other"; readonly compared: KnownRecorder };

/** Where a browser keeps them. */
export const RECORDERS_PLACE = "claviger/recorders";

/**
 * The recorders that the holder of a browser compared with the minutes: its own anchor, which no server gave it. The second
 * screen on the same device keeps the same list. Nothing is put into it but by an act of a person.
 */
export class KnownRecorders {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
  }

  standing({ organisation, token }: RecorderPlace, fingerprint: string): RecorderStanding {
    const compared = this.#all().find((one) => one.organisation === organisation && one.token === token);
    if (!compared) return { is: "new", elsewhere: this.#all().filter((one) => one.organisation === organisation) };
    return { is: compared.fingerprint === fingerprint ? "known" : "other", compared };
  }

  /** Keeps what a person says they compared, in place of an earlier recorder of the same token. */
  remember(recorder: KnownRecorder): void {
    const others = this.#all().filter(
      ({ organisation, token }) => organisation !== recorder.organisation || token !== recorder.token,
    );
    this.#storage.setItem(RECORDERS_PLACE, JSON.stringify([...others, recorder]));
  }

  #all(): readonly KnownRecorder[] {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(RECORDERS_PLACE) ?? "[]");
      return Array.isArray(kept) ? kept.filter(isKnown) : [];
    } catch {
      // What cannot be read was not compared.
      return [];
    }
  }
}

function isKnown(value: unknown): value is KnownRecorder {
  if (typeof value !== "object" || value === null) return false;
  const { organisation, token, fingerprint, at } = value as { readonly [member: string]: unknown };
  return [organisation, token, fingerprint, at].every((member) => typeof member === "string");
}
