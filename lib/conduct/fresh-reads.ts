/**
 * Reads that many ask for at once: for each key one is under way and one waits. Whoever asks is answered by a read that
 * began after they asked, and never by one from before. Keeps nothing once nobody waits.
 */
export class FreshReads<T> {
  readonly #under = new Map<string, { readonly running: Promise<T>; next: Promise<T> | null }>();
  readonly #read: (key: string) => Promise<T>;

  constructor(read: (key: string) => Promise<T>) {
    this.#read = read;
  }

  read(key: string): Promise<T> {
    const under = this.#under.get(key);
    if (!under) return this.#start(key);
    under.next ??= under.running.then(
      () => this.#start(key),
      () => this.#start(key),
    );
    return under.next;
  }

  #start(key: string): Promise<T> {
    const running = this.#read(key).finally(() => {
      const under = this.#under.get(key);
      if (under?.running === running && !under.next) this.#under.delete(key);
    });
    this.#under.set(key, { running, next: null });
    return running;
  }
}
