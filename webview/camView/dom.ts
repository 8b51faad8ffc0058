/** An element with attributes and children; never parses markup, so data can be passed as it is. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Sets the text only where it differs: screen readers announce every write to a live region. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

export type Shape = readonly [tag: string, attributes: Readonly<Record<string, string>>];

/** A line drawing of 16 by 16 in the colour of the text, which needs no icon font. */
export function icon(...shapes: readonly Shape[]): SVGElement {
  const make = (tag: string, attributes: Readonly<Record<string, string>>) => {
    const made = document.createElementNS<'svg'>('http://www.w3.org/2000/svg', tag as 'svg');
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const drawn = make('svg', { viewBox: '0 0 16 16', fill: 'none', stroke: 'currentColor', 'aria-hidden': 'true' });
  drawn.append(...shapes.map(([tag, attributes]) => make(tag, attributes)));
  return drawn;
}
