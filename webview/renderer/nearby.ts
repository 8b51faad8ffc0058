/** CSS pixels around what is in sight: nearer is drawn, further is let go of; in between stays as it is. */
const NEAR = 600;
const FAR = 2400;

interface Watched {
  isNear: boolean;
  isInSight: boolean;
  readonly onNear: (isNear: boolean) => void;
}

/**
 * Tells elements when they come near to what is in sight, and when they are far from it. A margin of the
 * observer does not count where the document lies in a frame of another origin, as outputs of notebooks do:
 * so what is in sight counts for its neighbours.
 */
export class Nearby {
  readonly #watched = new Map<Element, Watched>();
  readonly #observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const one = this.#watched.get(target);
      if (one) one.isInSight = isIntersecting;
    }
    this.#tell();
  });

  watch(target: Element, onNear: (isNear: boolean) => void): void {
    this.#watched.set(target, { isNear: false, isInSight: false, onNear });
    this.#observer.observe(target);
  }

  unwatch(target: Element): void {
    this.#observer.unobserve(target);
    this.#watched.delete(target);
  }

  #tell(): void {
    const places = [...this.#watched].map(([target, one]) => ({ one, box: target.getBoundingClientRect() }));
    const inSight = places.filter(({ one }) => one.isInSight);
    // Between outputs there may be a long text: nothing is known then, and nothing changes.
    if (inSight.length === 0) return;
    const top = Math.min(...inSight.map(({ box }) => box.top));
    const bottom = Math.max(...inSight.map(({ box }) => box.bottom));
    for (const { one, box } of places) {
      const distance = Math.max(0, box.top - bottom, top - box.bottom);
      const isNear = distance <= NEAR || (one.isNear && distance <= FAR);
      if (isNear === one.isNear) continue;
      one.isNear = isNear;
      one.onNear(isNear);
    }
  }
}
