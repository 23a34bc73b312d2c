import { EXAMPLE_AES } from "./example-keys";
import { keyGeneration } from "./key-generation";

/** A key without a public half (AES, HMAC), made inside the HSM. */
export const generateSecretKey = keyGeneration("generate-secret-key", "secret-key", {
  example: [EXAMPLE_AES],
  work: {
    en: { doing: "making the {algorithm} key {label}", done: "{label} made" },
    de: { doing: "erzeugt den {algorithm}-Schlüssel {label}", done: "{label} erzeugt" },
  },
});
