import { keyGeneration } from "./key-generation";

/** A public and a private key, made inside the HSM. */
export const generateKeyPair = keyGeneration("generate-key-pair", "key-pair");
