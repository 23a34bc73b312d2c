import type { KeptRecord } from "./destroy-record";
import type { HoldState } from "./retention";

/** What is kept of a closed ceremony, what holds it, and when it ages. */
export type RetentionLine<A> = { readonly kept: KeptRecord; readonly hold: HoldState; readonly ageing: A };

/** What a page of retention is made of; `register` is all that is known of keys, and dear to make. */
export type RetentionPorts<R, A> = {
  readonly register: () => Promise<R>;
  readonly kept: (ceremony: string, register: R) => Promise<KeptRecord | null>;
  readonly hold: (ceremony: string) => Promise<HoldState>;
  readonly ageing: (kept: KeptRecord) => Promise<A>;
};

/** A line for each of the ceremonies of which something is kept, all of them held against one register. */
export async function retentionLinesOf<R, A>(ports: RetentionPorts<R, A>, ceremonies: readonly string[]): Promise<RetentionLine<A>[]> {
  if (ceremonies.length === 0) return [];
  const register = await ports.register();
  const lines: RetentionLine<A>[] = [];
  for (const ceremony of ceremonies) {
    const kept = await ports.kept(ceremony, register);
    if (kept) lines.push({ kept, hold: await ports.hold(ceremony), ageing: await ports.ageing(kept) });
  }
  return lines;
}
