import type { Mode } from "../ceremony/roles";

/** What an auditor types to check a record of that kind: it is printed in the record and shown beside it. */
export const verifyCommandOf = (mode: Mode): string =>
  `npx claviger verify record.pdf${mode === "rehearsal" ? " --rehearsal" : ""} --trust trust-anchor.pem`;
