/** Prints one figure, `name: value unit`, the form every benchmark here reports in. Three significant digits. */
export function figure(name: string, value: number, unit: string): void {
  console.log(`${name}: ${Number(value.toPrecision(3)).toString()} ${unit}`);
}

/** The p-th percentile (0 to 100) by nearest rank. Throws on no values: a figure without a measurement is a lie. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error("nothing was measured");
  return value;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** Milliseconds that the work takes, by the monotonic clock. */
export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
