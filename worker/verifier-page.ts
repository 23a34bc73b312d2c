import path from "node:path";
import { VERIFIER_FILE } from "#lib/record/record-files";
import { findFile } from "./own-files";

/** Where `npm run build` puts it. */
const PLACE = path.join(import.meta.dirname, "..", "public", "verify", VERIFIER_FILE);

/** The page that checks records, as this worker's release was built with it; null where none was built. */
export const findVerifierPage = (): Uint8Array | null => findFile(PLACE);
