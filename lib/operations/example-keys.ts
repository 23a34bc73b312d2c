// The keys that operations' examples are about: each example begins with making what it needs.

export const EXAMPLE_PAIR = {
  operation: "generate-key-pair",
  label: "jwt",
  algorithm: "EC-P256",
  usage: ["sign"],
  extractable: false,
};
export const EXAMPLE_AES = {
  operation: "generate-secret-key",
  label: "api",
  algorithm: "AES-256",
  usage: ["encrypt", "decrypt"],
  extractable: false,
};
export const EXAMPLE_HMAC = {
  operation: "generate-secret-key",
  label: "mac",
  algorithm: "HMAC-SHA256",
  usage: ["sign", "verify"],
  extractable: false,
};
export const EXAMPLE_CA = { ...EXAMPLE_PAIR, label: "root", algorithm: "RSA-2048" };
export const EXAMPLE_ROOT = {
  operation: "issue-root-certificate",
  label: EXAMPLE_CA.label,
  subject: { country: "DE", organisation: "Nordhafen Clearing AG", commonName: "Nordhafen Root 2026" },
  years: 20,
};
export const EXAMPLE_BACKUP = { operation: "backup-token", backup: "main" };
