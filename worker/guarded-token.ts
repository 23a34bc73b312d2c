import type { Token } from "#lib/token/token";

/**
 * The same token, with `before` run ahead of every call: it throws when this process may no longer act. The database cannot
 * fence a token, so whoever has lost the lock must stop by itself, and at the latest here.
 */
export function guardedToken<T extends Token>(token: T, before: () => void): T {
  return new Proxy(token, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...args: unknown[]): unknown => {
        before();
        return Reflect.apply(member, target, args);
      };
    },
  });
}
