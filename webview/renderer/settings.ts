import { t } from '@vscode/l10n';
import { ASPECTS, METHOD_NAMES, type Aspect, type MethodName } from '../../src/protocol/explanation';
import type { LiveRequest } from '../../src/protocol/notebook';
import { aspectChoice, methodChoice } from '../camView/choices';
import { element, setText } from '../camView/dom';
import type { Hello } from './hostLink';

type Change = Partial<Pick<LiveRequest, 'methods' | 'side' | 'aspect'>>;

/** Methods, size and shape of an output. */
export class Settings {
  readonly element: HTMLElement;
  readonly #button = element('button', { class: 'choice', type: 'button' });
  readonly #boxes: ReadonlyMap<MethodName, HTMLInputElement>;
  readonly #size = element('select', { class: 'size', 'aria-label': t('size') });
  readonly #aspect = element('select', { class: 'aspect', 'aria-label': t('shape') });
  #defaultSide: number | undefined;
  readonly #onChange: (change: Change) => void;

  constructor(onChange: (change: Change) => void) {
    this.#onChange = onChange;
    this.#boxes = new Map(METHOD_NAMES.map((name) => [name, element('input', { type: 'checkbox', value: name })]));
    const rows = [...this.#boxes].map(([name, box]) =>
      element('label', { title: methodChoice(name).title }, box, nameOf(name)),
    );
    const list = element('div', { class: 'list', popover: '', role: 'group', 'aria-label': t('methods') }, ...rows);
    for (const box of this.#boxes.values()) box.onchange = () => this.#choose(box);
    this.#button.popoverTargetElement = list;
    for (const aspect of ASPECTS) {
      const { text, title } = aspectChoice(aspect);
      this.#aspect.append(element('option', { value: aspect, title }, text));
    }
    this.#aspect.onchange = () => onChange({ aspect: this.#aspect.value as Aspect });
    this.#size.onchange = () => {
      const side = Number(this.#size.value);
      onChange({ side: side === this.#defaultSide ? undefined : side });
    };
    this.element = element('span', { class: 'settings' }, this.#button, list, this.#size, this.#aspect);
  }

  /** @param whyNot why nothing can be chosen, or undefined where it can */
  set({ methods, side, aspect }: LiveRequest, hello: Hello | undefined, whyNot: string | undefined): void {
    this.#defaultSide = hello?.defaultSide;
    for (const [name, box] of this.#boxes) box.checked = methods.includes(name);
    setText(this.#button, methods.length > 1 ? t('{0} methods', methods.length) : nameOf(methods[0]!));
    this.#button.title = methods.map(nameOf).join(', ');
    const shown = side ?? hello?.defaultSide;
    const sizes = [...new Set([...(hello?.sizes ?? []), ...(shown === undefined ? [] : [shown])])];
    sizes.sort((a, b) => a - b);
    this.#size.replaceChildren(...sizes.map((one) => element('option', { value: String(one) }, t('{0} px', one))));
    this.#size.value = String(shown);
    this.#aspect.value = aspect;
    for (const [control, title] of [
      [this.#button, this.#button.title],
      [this.#size, t('side of the square that the model sees')],
      [this.#aspect, t('shape of the grid')],
    ] as const) {
      control.disabled = whyNot !== undefined;
      control.title = whyNot ? `${title}\n${whyNot}` : title;
    }
  }

  /** At least one stays: without any there is nothing to draw. */
  #choose(box: HTMLInputElement): void {
    const methods = METHOD_NAMES.filter((name) => this.#boxes.get(name)!.checked);
    if (methods.length === 0) box.checked = true;
    else this.#onChange({ methods });
  }
}

function nameOf(method: MethodName): string {
  return methodChoice(method).text;
}
