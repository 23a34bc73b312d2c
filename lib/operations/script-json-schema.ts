import { scriptJsonSchema } from "#lib/ceremony/script-json.schema";
import { OPERATIONS } from "./every-operation";
import type { Operation } from "./operation";

type Schema = { readonly [member: string]: unknown };

const branchOf = ({ name, parameters, example }: Operation): Schema => ({
  type: "object",
  properties: { operation: { const: name }, ...parameters },
  required: ["operation"],
  additionalProperties: false,
  examples: example.slice(-1),
});

/** The looser schema of any operation, wherever it stands, replaced by one branch for each that there is. */
function withOperations(schema: unknown, operations: readonly Operation[]): unknown {
  if (Array.isArray(schema)) return schema.map((member) => withOperations(member, operations));
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, member]) =>
      name === "operations"
        ? [name, { ...(member as Schema), items: { oneOf: operations.map(branchOf) } }]
        : [name, withOperations(member, operations)],
    ),
  );
}

/** What a script may hold, these operations and their parameters included, as JSON Schema 2020-12. */
export const schemaWith = (operations: readonly Operation[]): Schema => ({
  title: "Claviger script",
  ...(withOperations(scriptJsonSchema, operations) as Schema),
});

/** The same with every operation that there is: published for completion in any editor. */
export const scriptSchema: Schema = schemaWith(OPERATIONS);
