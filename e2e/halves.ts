/** What custodians type in the test of secrets in two parts; looked for, afterwards, everywhere. */
export const HALVES = {
  officer: ["canary-9f31-officer", "canary-51aa-officer"],
  user: ["canary-20c7-user", "canary-77de-user"],
  newer: ["canary-b8e4-newer", "canary-03f9-newer"],
} as const;
