import { DATA, type BenchKey } from "./bench-keys";
import { aliasOf, type KeyHouse } from "./key-house";
import type { Caller, LoadOrder } from "./load";
import type { ServedKeys } from "./served-keys";

const WARM_MS = 200;

/** What applications send for a signature by a key. */
export const signOrder = (key: BenchKey, callers: readonly Caller[], countedMs: number): LoadOrder => ({
  ...{ callers, countedMs, warmMs: WARM_MS, perSecond: null },
  body: JSON.stringify({ algorithm: key.signature, data: DATA.toString("base64url") }),
});

/** So many connections that ask for signatures by a key, of the house's applications in turn. */
export const callersOf = (house: KeyHouse, served: readonly ServedKeys[], name: BenchKey["name"], many: number): Promise<Caller[]> =>
  callersAt(house, served, `${aliasOf(name)}/sign`, many);

/** The same, for what is asked at `ALIAS/WHAT`. */
export async function callersAt(house: KeyHouse, served: readonly ServedKeys[], what: string, many: number): Promise<Caller[]> {
  const all = await Promise.all(
    house.applications.map(async (application) => ({ application, access: (await served[0]?.access(application)) ?? "" })),
  );
  return Array.from({ length: many }, (_, i) => {
    const [one, place] = [all[i % all.length], served[i % served.length]];
    if (!one || !place) throw new Error("nobody to ask, or to be asked");
    return { account: one.application.account, access: one.access, url: `${place.address}/api/v1/keys/${what}` };
  });
}
