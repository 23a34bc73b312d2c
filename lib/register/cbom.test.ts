import { expect, test } from "vitest";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { cbomOf } from "./cbom";
import { changeOf, dayAt, endorsed, RecordedCeremonies } from "./evidence.under-test";

/** As the schema of CycloneDX 1.6 spells them: cryptoProperties/relatedCryptoMaterialProperties/state. */
const STATES = ["pre-activation", "active", "suspended", "deactivated", "compromised", "destroyed"];

test("each key is an asset with its state and periods, its algorithm, and the ceremony and record that say so", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES);
  const active = await endorsed(changeOf(recorded.key(EXAMPLE_PAIR.label), "active", 2, { facts: { cryptoperiodDays: 90 } }));
  const register = recorded.register([active]);
  const bom = cbomOf(register, (ceremony) => (ceremony === "c-1" ? "ab".repeat(32) : null));
  expect(bom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string });
  const components = bom["components"] as readonly { readonly [member: string]: unknown }[];
  const pair = components.find(({ name }) => name === EXAMPLE_PAIR.label);
  expect(pair).toMatchObject({
    type: "cryptographic-asset",
    hashes: [{ alg: "SHA-256", content: register.keys[0]?.spkiSha256 }],
    cryptoProperties: {
      assetType: "related-crypto-material",
      relatedCryptoMaterialProperties: { state: "active", activationDate: dayAt(2), expirationDate: dayAt(92), algorithmRef: `algorithm/${EXAMPLE_PAIR.algorithm}` },
    },
    properties: expect.arrayContaining([
      { name: "claviger:ceremony", value: "c-1" },
      { name: "claviger:record-sha256", value: "ab".repeat(32) },
    ]) as unknown,
  });
  for (const key of register.keys) expect(STATES).toContain(key.state);
  const refs = new Set(components.map((one) => one["bom-ref"]));
  expect(refs.size).toBe(components.length);
  for (const { ref, dependsOn } of bom["dependencies"] as readonly { ref: string; dependsOn: string[] }[]) {
    expect([ref, ...dependsOn].filter((one) => !refs.has(one))).toEqual([]);
  }
});

test("the same register is the same bill, byte for byte", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR);
  const bill = () => JSON.stringify(cbomOf(recorded.register(), () => null));
  expect(bill()).toBe(bill());
});
