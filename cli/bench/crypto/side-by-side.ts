import { median } from "../figure";

/** What is measured in one slice of time: so many a second. */
export type Contender = () => Promise<number>;

export interface SideBySide<Name extends string> {
  /** The yardstick itself, a second. */
  readonly yardstick: number;
  /** Of each contender, how much of the yardstick it reached. */
  readonly ratios: Readonly<Record<Name, number>>;
}

/**
 * Contenders in turn with a yardstick, slice by slice: each is held against the slices of the yardstick just before and just
 * after it, so that a machine that drifts drifts for both. Medians over the rounds; the first round warms up and is not
 * counted.
 */
export async function sideBySide<Name extends string>(
  rounds: number,
  yardstick: Contender,
  contenders: Readonly<Record<Name, Contender>>,
): Promise<SideBySide<Name>> {
  const names = Object.keys(contenders) as Name[];
  const ratios = new Map<Name, number[]>(names.map((name) => [name, []]));
  const rates: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    let before = await yardstick();
    for (const name of names) {
      const rate = await contenders[name]();
      const after = await yardstick();
      if (round > 0) ratios.get(name)?.push(rate / ((before + after) / 2));
      if (round > 0) rates.push(after);
      before = after;
    }
  }
  const medians = names.map((name) => [name, median(ratios.get(name) ?? [])] as const);
  return { yardstick: median(rates), ratios: Object.fromEntries(medians) as Record<Name, number> };
}
