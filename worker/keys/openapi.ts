import { z } from "zod";
import { MOST_NESTING } from "./http-request";
import { problemBody, problemNamed } from "./problem";
import { ProblemAnswer } from "./published-documents.schema";
import type { HeaderName, Route } from "./route";

/** JSON Schema and OpenAPI are trees of these. */
type Tree = { [member: string]: unknown };

const INTRODUCTION = `How applications use keys that ceremonies made. What each may do, custodians have signed.

**Bodies** are JSON in UTF-8, at most ${String(MOST_NESTING)} lists and objects in one another, not packed; bytes are base64url without padding. A member nobody knows is refused.
In answers there may come to be further members: pass over what you do not know.

**Names** are aliases of the grant, or ids of keys in the register. A rotation moves an alias; an id stays.

**Repeating** a request does no harm, and none takes an Idempotency-Key: nothing here changes what a later request finds. Signing, issuing, encrypting, wrapping and drawing once more
makes another answer and another row of the log, and the first is as good as the second; a token that nobody received ends by itself. Two things count: each request is one of those a minute
that the grant allows, and each encryption one of the 2^32 of its AES key. A client assertion is shown once: with the same one, asking again is refused as ASSERTION-SHOWN-BEFORE, so make another.

**Waiting**: 503 and 429 say after how many seconds (Retry-After). Everything but the documents below /.well-known and this one is answered with Cache-Control: no-store.

**Problems** are application/problem+json (RFC 9457); \`name\` is stable, \`detail\` says what to do. Any other method than the one described is METHOD-UNKNOWN (405, with Allow), any other address
PATH-UNKNOWN (404).`;

const HEADERS: Readonly<Record<HeaderName, { readonly description: string; readonly schema: Tree }>> = {
  "cache-control": { description: "How long the answer may be kept.", schema: { type: "string" } },
  etag: { description: "Send it as If-None-Match.", schema: { type: "string" } },
  "retry-after": { description: "Seconds after which the same may work.", schema: { type: "integer", minimum: 1 } },
  "www-authenticate": { description: "How to prove oneself (RFC 6750, section 3).", schema: { type: "string" } },
  "access-control-allow-origin": { description: "Every page may read it.", schema: { const: "*" } },
  pragma: { description: "For what is older than Cache-Control.", schema: { const: "no-cache" } },
};

const PARAMETERS: Readonly<Record<string, Tree>> = {
  name: {
    ...{ name: "name", in: "path", required: true, description: "An alias of the grant, or the id of a key." },
    schema: { type: "string", pattern: "^[a-z0-9-]{1,64}$" },
  },
  issuer: {
    ...{ name: "issuer", in: "path", required: true, description: "What the issuer's name has after the origin." },
    schema: { type: "string", pattern: "^[A-Za-z0-9._~-]{1,64}$" },
  },
};

/** The interface as OpenAPI 3.1.0, made of the routes that answer and of nothing else. */
export function openapiDocument(routes: readonly Route[]): Tree {
  const refusals: Refusals = new Map();
  const paths = Object.fromEntries(routes.map((route) => [route.path, { [route.method.toLowerCase()]: operationOf(route, refusals) }]));
  const named = new Set(routes.flatMap(({ problems }) => problems));
  const scopes = routes.flatMap(({ guard, summary }) => (typeof guard === "object" ? [[guard.scope, summary] as const] : []));
  return {
    openapi: "3.1.0",
    info: { title: "Claviger: keys for applications", version: "1.0.0", description: INTRODUCTION, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: Object.fromEntries([...routes.flatMap(schemasOf), ["Problem", answerSchema(ProblemAnswer)]]),
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: Object.fromEntries(refusals.values()),
      examples: Object.fromEntries([...named].sort().map((name) => [name, { value: JSON.parse(problemBody(problemNamed(name), null)) as Tree }])),
      securitySchemes: {
        accessToken: {
          type: "oauth2",
          description:
            "Client credentials; the client proves itself with private_key_jwt (RFC 7523) or by its certificate (RFC 8705). Scopes are an operation and an alias of the grant, such as sign:jwt; without any, " +
            "the whole grant. A token is good for five minutes and for the edition of the grant it was given under, and at most 8 kilobytes long.",
          flows: { clientCredentials: { tokenUrl: "/oauth/token", scopes: Object.fromEntries(scopes) } },
        },
        clientCertificate: {
          type: "mutualTLS",
          description: "Where the process ends TLS itself: a certificate whose key stands in the grant. A token that was given for one is good over connections with it alone.",
        },
      },
    },
  };
}

/** Refusals that several operations have in common stand in the document once; here by what they say. */
type Refusals = Map<string, readonly [name: string, refusal: Tree]>;

function operationOf(route: Route, refusals: Refusals): Tree {
  const { id, path, summary, description, guard, asks } = route;
  const parameters = Object.keys(PARAMETERS).filter((name) => path.includes(`{${name}}`));
  const isKept = Object.hasOwn(route.answers, 304);
  const limits = asks && ` At most ${asks.most.toLocaleString("en")} bytes of body.`;
  return {
    operationId: id,
    summary,
    description: `${description}${limits ?? ""}`,
    security: securityOf(guard),
    parameters: [
      ...parameters.map((name) => ({ $ref: `#/components/parameters/${name}` })),
      ...(isKept ? [{ name: "If-None-Match", in: "header", required: false, description: "The tag of what one has.", schema: { type: "string" } }] : []),
    ],
    ...(asks && {
      requestBody: { required: true, content: { [asks.type]: { schema: { $ref: `#/components/schemas/${nameOf(id)}Request` }, example: asks.example } } },
    }),
    responses: responsesOf(route, refusals),
  };
}

function securityOf(guard: Route["guard"]): readonly Tree[] {
  if (guard === "everybody") return [{}];
  // An assertion is part of the form.
  if (guard === "client") return [{}, { clientCertificate: [] }];
  return [{ accessToken: [guard.scope] }, { accessToken: [guard.scope], clientCertificate: [] }];
}

function responsesOf({ id, answers, problems }: Route, refusals: Refusals): Tree {
  const statuses = new Set([...Object.keys(answers).map(Number), ...problems.map((name) => problemNamed(name).status)]);
  return Object.fromEntries(
    [...statuses]
      .sort((a, b) => a - b)
      .map((status) => {
        const response = responseOf(id, status, answers[status], problems);
        return [String(status), answers[status] ? response : shared(status, response, refusals)];
      }),
  );
}

function shared(status: number, response: Tree, refusals: Refusals): Tree {
  const text = JSON.stringify(response);
  const before = [...refusals.values()].filter(([name]) => name.startsWith(`Refused${String(status)}`)).length;
  const [name] = refusals.get(text) ?? [`Refused${String(status)}${before === 0 ? "" : `-${String(before + 1)}`}`];
  refusals.set(text, [name, response]);
  return { $ref: `#/components/responses/${name}` };
}

function responseOf(id: string, status: number, told: Route["answers"][number] | undefined, problems: Route["problems"]): Tree {
  const names = problems.filter((name) => problemNamed(name).status === status).sort();
  const headers: readonly HeaderName[] = told?.headers ?? [
    ...(status === 503 || status === 429 ? (["retry-after"] as const) : []),
    ...(status === 401 ? (["www-authenticate"] as const) : []),
  ];
  const said = names.map((name) => `\`${name}\`: ${problemNamed(name).title}`).join("\n\n");
  const content = {
    ...(told?.schema && { [told.type]: { schema: { $ref: `#/components/schemas/${schemaName(id, status)}` } } }),
    ...(names.length > 0 && {
      "application/problem+json": {
        schema: { allOf: [{ $ref: "#/components/schemas/Problem" }, { type: "object", properties: { name: { enum: names } } }] },
        examples: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/examples/${name}` }])),
      },
    }),
  };
  return {
    description: [told?.description, said].filter((one) => one !== undefined && one !== "").join("\n\n"),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])) }),
    ...(Object.keys(content).length > 0 && { content }),
  };
}

const nameOf = (id: string): string => `${id.slice(0, 1).toUpperCase()}${id.slice(1)}`;
const schemaName = (id: string, status: number): string => `${nameOf(id)}Answer${status === 200 ? "" : String(status)}`;

function schemasOf({ id, asks, answers }: Route): [string, Tree][] {
  const told = Object.entries(answers).flatMap(([status, { schema }]): [string, Tree][] =>
    schema ? [[schemaName(id, Number(status)), answerSchema(schema)]] : [],
  );
  return [...(asks ? [[`${nameOf(id)}Request`, requestSchema(asks.schema)] as [string, Tree]] : []), ...told];
}

const requestSchema = (schema: z.ZodType): Tree => plain(z.toJSONSchema(schema, { io: "input" }));

/** Without the word that there is nothing more in it: that is ours to hold to, and no reason for a reader to stop. */
const answerSchema = (schema: z.ZodType): Tree =>
  plain(
    z.toJSONSchema(schema, {
      override: ({ jsonSchema }) => {
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    }),
  );

/** The only thing that schemas here share is "any JSON", which is the schema that says nothing. */
function plain(schema: object): Tree {
  const { $schema: _, $defs: __, ...rest } = JSON.parse(
    JSON.stringify(schema, (_, value: unknown) => (typeof value === "object" && value !== null && "$ref" in value ? {} : value)),
  ) as Tree;
  return rest;
}
