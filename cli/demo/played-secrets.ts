import type { MyAct } from "#lib/conduct/my-act";

export type PartAct = Extract<MyAct, { act: "enter-part" }>;

/** The two halves of a secret. */
export type Halves = readonly [first: string, second: string];

/**
 * The secrets of people who do not exist, so that each of the cast types the half that fits the other's: what is made up in a
 * step is
 * known to the same cast from the next step on, as the PIN of that token.
 */
export class PlayedSecrets {
  readonly #known: Map<string, Halves>;
  /** What was made up in a step: until it is done, the secret before it still holds. */
  readonly #chosen = new Map<string, { readonly step: string; readonly halves: Halves }>();
  #made = 0;

  /** `known`: PINs that tokens have already, by "token/secret", such as "vault/user-pin". */
  constructor(known: Readonly<Record<string, Halves>> = {}) {
    this.#known = new Map(Object.entries(known));
  }

  /** What somebody who plays that person types. */
  half(act: PartAct): string {
    const place = placeOf(act);
    const made = this.#chosen.get(place);
    if (made && made.step !== act.step) this.#known.set(place, made.halves);
    const halves = act.chosen ? this.#choose(place, act) : (this.#known.get(place) ?? this.#choose(place, act));
    return halves[act.part - 1] ?? "";
  }

  #choose(place: string, { step, least, most }: PartAct): Halves {
    const before = this.#chosen.get(place);
    if (before?.step === step) return before.halves;
    this.#made += 1;
    const length = Math.min(most, Math.max(least, 6));
    const sign = (half: string) =>
      `${half}${String(this.#made)}${place.replace(/[^a-z]/g, "")}${"x".repeat(length)}`.slice(0, length);
    const halves = [sign("a"), sign("b")] as const;
    this.#chosen.set(place, { step, halves });
    return halves;
  }
}

/** Whose PIN it is: a new one takes the place of the old one. */
const placeOf = ({ token, secret }: PartAct): string => `${token ?? ""}/${secret.replace(/^new-/, "")}`;
