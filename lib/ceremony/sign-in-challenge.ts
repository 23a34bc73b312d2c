import { sha256, utf8 } from "../log/digest";

/**
 * What is signed to sign in: no plain random number but the hash of one (hex) with its purpose, so that no signature over a
 * statement can ever be one, whoever writes the nonces' table. Made by the app, and again by whoever is asked to sign.
 */
export const signInChallenge = (nonce: string): Uint8Array => sha256(utf8(`claviger/sign-in/v1\0${nonce}`));
