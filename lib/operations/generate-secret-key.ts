import { keyGeneration } from "./key-generation";

/** A key without a public half (AES, HMAC), made inside the HSM. */
export const generateSecretKey = keyGeneration("generate-secret-key", "secret-key");
