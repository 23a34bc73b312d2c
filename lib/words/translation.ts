/** An English area's keys with texts of another language: a key that is missing, or one too many, does not compile. */
export type Translation<E> = { readonly [K in keyof E]: E[K] extends string ? string : Translation<E[K]> };
