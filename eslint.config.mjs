import next from "eslint-config-next/core-web-vitals";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const tests = ["**/*.{under-test,fixture}.ts", "**/*.test.{ts,tsx}", "e2e/**", "cli/testing/**"];

/** What the import graph cannot see: in the pure folders time, chance and the world come in as arguments. */
const impureGlobals = [
  "process",
  "crypto",
  "fetch",
  "performance",
  "navigator",
  "localStorage",
  "Buffer",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "console",
  "globalThis",
  "require",
];

export default defineConfig([
  globalIgnores([".next/**", ".claviger/**", "lib/generated/**", "public/second-screen/**", "public/verify/**", "next-env.d.ts", "coverage/**"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "separate-type-imports", disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      // React runs an async handler in a transition or an event: nobody waits for it, and errors go to the error boundary.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // An async function without await still turns what it throws into a rejection, which callers of a port rely on.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-redundant-type-constituents": "off",
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      eqeqeq: ["error", "smart"],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Read the environment in lib/env.ts or worker/env.ts only." },
      ],
    },
  },
  {
    files: ["**/env.ts", "cli/**", "e2e/**", "**/*.{integration.test,under-test}.ts", "*.config.ts", "instrumentation.ts"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["lib/{ceremony,log,record,token,operations}/**/*.ts"],
    ignores: tests,
    rules: {
      "no-restricted-globals": [
        "error",
        ...impureGlobals.map((name) => ({ name, message: "Pure folder: take it as an argument." })),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Pure folder: time is an argument." },
        { object: "Math", property: "random", message: "Pure folder: chance is an argument." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Pure folder: time is an argument." },
        { selector: "CallExpression[callee.name='Date']", message: "Pure folder: time is an argument." },
      ],
    },
  },
  {
    files: tests,
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-base-to-string": "off",
    },
  },
  { files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"], extends: [next] },
  {
    // Texts, patterns and addresses are not broken for their length.
    files: [
      ...["components/**", "app/*", "app/{api,ceremonies,enrol,sign-in}/**", "cli/{bench,demo,setup,start}/**"],
      ...["lib/{live,session,store,webauthn,webcrypto}/**"],
    ],
    rules: {
      "max-len": [
        "error",
        {
          code: 130,
          ignoreUrls: true,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreRegExpLiterals: true,
          ignorePattern: "^import ",
        },
      ],
    },
  },
  {
    files: ["**/*.mjs"],
    extends: [tseslint.configs.recommended],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
]);
