import path from "node:path";
import type { z } from "zod";
import { problemNamed } from "./problem";
import { ProblemAnswer } from "./published-documents.schema";
import { openapi, routeOf } from "./routes";

type Told = { readonly $ref?: string; readonly content?: Readonly<Record<string, unknown>>; readonly headers?: object };
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Told>> }>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Told>> };
};

/** An answer, when it is what the published interface says of that request; throws for any other. */
export async function checkedAnswer(method: string, where: string, response: Response): Promise<Response> {
  const [at = ""] = where.split("?");
  const wrong = (what: string): never => {
    throw new Error(`${method} ${at} answered ${String(response.status)}: ${what}`);
  };
  const type = response.headers.get("content-type") ?? "";
  const body = await response.clone().text();
  const read = (schema: z.ZodType): unknown => {
    const said = schema.safeParse(JSON.parse(body));
    return said.success ? said.data : wrong(`${said.error.message} in ${body}`);
  };
  const route = routeOf(at)?.route;
  if (!route || route.method !== method) {
    const { name } = read(ProblemAnswer) as { name: string };
    if (name !== (route ? "METHOD-UNKNOWN" : "PATH-UNKNOWN") || response.headers.get("allow") !== (route?.method ?? null)) wrong(body);
    return response;
  }
  const { paths, components } = openapi() as Document;
  const told = paths[route.path]?.[method.toLowerCase()]?.responses[String(response.status)];
  const said = (told?.$ref === undefined ? told : components.responses[path.posix.basename(told.$ref)]) ?? wrong("which the document does not name");
  for (const header of Object.keys(said.headers ?? {})) if (!response.headers.has(header)) wrong(`without ${header}`);
  if (response.status === 304) return body === "" ? response : wrong("with a body");
  if (!Object.hasOwn(said.content ?? {}, type)) wrong(`with ${type}`);
  if (type === "application/problem+json") {
    const { name, status } = read(ProblemAnswer) as { name: string; status: number };
    const named = route.problems.find((one) => one === name) ?? wrong(`with ${name}, which the document does not name`);
    if (status !== response.status || problemNamed(named).status !== status) wrong(`with ${name}`);
    return response;
  }
  read(route.answers[response.status]?.schema ?? wrong("without a schema"));
  return response;
}
