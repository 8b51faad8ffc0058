/** Something decoded that is shared while it is used. */
interface Shared<Value> {
  uses: number;
  readonly value: Promise<Value>;
}

/** A share in something; what is no longer shared by anybody is freed. */
export interface Lease<Value> {
  readonly value: Promise<Value>;
  release(): void;
}

/** Decodes every picture once, for all outputs that show it at the same time. */
export class SharedPictures<Value> {
  readonly #all = new Map<string, Shared<Value>>();
  readonly #free: (value: Value) => void;

  constructor(free: (value: Value) => void) {
    this.#free = free;
  }

  acquire(key: string, load: () => Promise<Value>): Lease<Value> {
    const shared = this.#all.get(key) ?? { uses: 0, value: load() };
    this.#all.set(key, shared);
    shared.uses++;
    let isReleased = false;
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      if (--shared.uses > 0) return;
      this.#all.delete(key);
      shared.value.then(this.#free, () => undefined);
    };
    return { value: shared.value, release };
  }
}
