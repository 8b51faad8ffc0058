/** Does something once for all who ask; after a failure, or once it is forgotten, again. */
export class Once<T> {
  private made?: Promise<T>;
  /** What was made last, once it is there. */
  known?: T;

  constructor(private readonly make: () => Promise<T>) {}

  get(): Promise<T> {
    return (this.made ??= this.start());
  }

  forget(): void {
    this.made = this.known = undefined;
  }

  private start(): Promise<T> {
    const made = this.make();
    made.then(
      (value) => this.made === made && (this.known = value),
      () => this.made === made && this.forget(),
    );
    return made;
  }
}
