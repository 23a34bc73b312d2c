import { EXAMPLE_PAIR } from "./example-keys";
import { keyGeneration } from "./key-generation";

/** A public and a private key, made inside the HSM. */
export const generateKeyPair = keyGeneration("generate-key-pair", "key-pair", {
  example: [EXAMPLE_PAIR],
  work: {
    en: { doing: "making the {algorithm} key pair {label}", done: "{label} made" },
    de: { doing: "erzeugt das {algorithm}-Schlüsselpaar {label}", done: "{label} erzeugt" },
  },
});
