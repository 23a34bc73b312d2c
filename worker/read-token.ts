import { hex } from "#lib/log/digest";
import type { Register } from "#lib/register/registered-key";
import type { ObjectReading } from "#lib/token/attributes";
import type { Token } from "#lib/token/token";

/** What the comparison is made of. */
export type TokenRead = {
  readonly serial: string;
  readonly objects: readonly ObjectReading[];
  /** Of its secret keys whose check value an outcome says, by CKA_ID in hex. */
  readonly checkValues: ReadonlyMap<string, string>;
};

/** Reads a token: every object, and the check values of secret keys whose value the register knows, where the token says them. */
export async function readToken(
  token: Pick<Token, "listObjects" | "checkValue">,
  { keys }: Pick<Register, "keys">,
  serial: string,
): Promise<TokenRead> {
  const objects = await token.listObjects();
  const known = keys.filter(({ kind, checkValue }) => kind === "secret-key" && checkValue !== null);
  const places = known.flatMap((key) => key.places).filter((place) => place.gone === null && place.token === serial);
  const ids = new Set(places.map(({ ckaId }) => ckaId));
  const checkValues = new Map<string, string>();
  for (const ckaId of ids) {
    const [one, ...more] = objects.filter(({ id }) => hex(id) === ckaId);
    // Two under one id are a finding already, and nobody could say whose value it is.
    const value = one?.objectClass === "secret-key" && more.length === 0 ? await token.checkValue(one.id) : null;
    if (value !== null) checkValues.set(ckaId, value);
  }
  return { serial, objects, checkValues };
}
