import { element, setText } from '../camView/dom';

/** Milliseconds: at least so long, and for longer texts the time that reading takes. */
const SHORTEST = 2000;
const PER_LETTER = 60;

/** One quiet line on what was just done; it goes by itself. */
export class Passing {
  // Always there: a live region that appears together with its text is often not read out.
  readonly element = element('span', { class: 'passing', role: 'status' });
  private timer: number | undefined;

  say(text: string): void {
    this.keep(text);
    this.timer = window.setTimeout(() => this.keep(''), Math.max(SHORTEST, text.length * PER_LETTER));
  }

  /** Says it until something else is said. */
  keep(text: string): void {
    clearTimeout(this.timer);
    setText(this.element, text);
    this.element.title = text;
  }
}
