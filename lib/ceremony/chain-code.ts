/** "4f2a 91c0": the first four bytes of an entry's hash (hex). Short enough to compare across a room at any moment. */
export const chainCode = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;
