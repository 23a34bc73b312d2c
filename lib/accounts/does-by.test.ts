import { expect, test } from "vitest";
import { RecordedCeremonies } from "#lib/register/evidence.under-test";
import { doesBy } from "./does-by";
import { KEY_OPERATIONS } from "./grant.schema";

const held = new RecordedCeremonies();
const make = (algorithm: string, usage: string[], operation = "generate-secret-key") => ({ operation, algorithm, usage, extractable: false });

test.each<[string, ReturnType<typeof make>, object]>([
  ["to sign", make("EC-P256", ["sign"], "generate-key-pair"), { sign: ["ES256"], verify: ["ES256"], "public-key": ["ES256"], "issue-token": ["ES256"], "verify-token": ["ES256"] }],
  ["to decrypt", make("RSA-2048", ["decrypt"], "generate-key-pair"), { encrypt: ["RSA-OAEP"], decrypt: ["RSA-OAEP"], "public-key": ["RSA-OAEP"] }],
  ["to wrap", make("AES-256", ["wrap", "unwrap"]), { wrap: ["AES-KWP"], unwrap: ["AES-KWP"] }],
  ["to make MACs", make("HMAC-SHA256", ["sign", "verify"]), { mac: ["HS256"], "verify-mac": ["HS256"] }],
])("a key that was made %s does that and nothing else, also before it is active", async (_, request, does) => {
  const label = request.algorithm.toLowerCase();
  await held.hold(label, 0, { ...request, label });
  const key = held.key(label);
  expect(Object.fromEntries(KEY_OPERATIONS.flatMap((one) => (doesBy(key, one).length > 0 ? [[one, doesBy(key, one)]] : [])))).toEqual(does);
});
