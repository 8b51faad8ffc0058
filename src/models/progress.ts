/** How far the download of a model is. */
export interface DownloadProgress {
  /** The file that is coming. */
  readonly file: string;
  /** Bytes of all files that are there, and that there will be. */
  readonly done: number;
  readonly total: number;
  /** Undefined until some have come. */
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number;
}

/** Reports are at least this far apart. */
const REPORT_MS = 200;
/** The speed is that of about so long: long enough to be steady, short enough to follow the line. */
const WINDOW_MS = 5_000;

/** Turns counts of bytes into progress with a speed. What an earlier session left does not count as fast. */
export class ProgressMeter {
  private speed?: number;
  private last?: { readonly time: number; readonly done: number; readonly file: string };

  constructor(
    private readonly total: number,
    private readonly report: (progress: DownloadProgress) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param done bytes of all files that are there now */
  update(file: string, done: number): void {
    const time = this.now();
    const { last } = this;
    const isFirst = last?.file !== file;
    if (last && !isFirst && time - last.time < REPORT_MS && done < this.total) return;
    if (last && !isFirst && done >= last.done && time > last.time) this.measure(done - last.done, time - last.time);
    this.last = { time, done, file };
    const left = this.speed ? (this.total - done) / this.speed : undefined;
    this.report({ file, done, total: this.total, bytesPerSecond: this.speed, secondsLeft: left });
  }

  private measure(bytes: number, ms: number): void {
    const current = (1000 * bytes) / ms;
    const weight = 1 - Math.exp(-ms / WINDOW_MS);
    this.speed = this.speed === undefined ? current : this.speed + weight * (current - this.speed);
  }
}
