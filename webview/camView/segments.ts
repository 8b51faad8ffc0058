import { element } from './dom';

export interface Segments<Choice extends string> {
  readonly element: HTMLElement;
  choose(choice: Choice): void;
}

/** A few choices side by side: radio buttons, so that arrow keys and screen readers know them. */
export function segments<Choice extends string>(
  label: string,
  choices: readonly (readonly [value: Choice, text: string, title: string])[],
  onChoice: (choice: Choice) => void,
): Segments<Choice> {
  const inputs = choices.map(([value]) => element('input', { type: 'radio', name: 'choice', value }));
  const options = choices.map(([, text, title], i) =>
    element('label', { title }, inputs[i]!, element('span', {}, text)),
  );
  for (const input of inputs) input.onchange = () => onChoice(input.value as Choice);
  return {
    // Names of radio buttons are private to their form.
    element: element(
      'form',
      { class: 'segments', role: 'radiogroup', 'aria-label': label },
      element('span', { class: 'label', 'aria-hidden': 'true' }, label),
      element('span', { class: 'choices' }, ...options),
    ),
    choose: (choice) => inputs.forEach((input) => (input.checked = input.value === choice)),
  };
}
