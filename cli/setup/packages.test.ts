import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkout } from "./checkout.mjs";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(checkout, file), "utf8"));
const lock = (read("package-lock.json") as { packages: Record<string, Locked> }).packages;
const own = read("package.json") as { dependencies: Record<string, string>; devDependencies: Record<string, string> };

test("the lock file has every platform's packages: npm writes it without those a registry lacks, and then refuses its own file", () => {
  const locked = new Set(Object.keys(lock).map((place) => place.split("node_modules/").at(-1)));
  const missing = Object.entries(lock).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => `${place} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

test("the lock file names no registry's host", () => {
  expect(Object.values(lock).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test("every package is pinned to one exact version", () => {
  const loose = Object.entries({ ...own.dependencies, ...own.devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

test("Prisma, its adapter and its engine are of one release: the engine stand-in leans on their insides", () => {
  const { prisma } = own.dependencies;
  for (const name of ["@prisma/client", "@prisma/adapter-pg", "@prisma/driver-adapter-utils"])
    expect([name, own.dependencies[name]]).toEqual([name, prisma]);
  const commit = own.dependencies["@prisma/schema-engine-wasm"]?.split(".").at(-1) ?? "none";
  expect(lock["node_modules/@prisma/engines-version"]?.version).toContain(commit);
});
