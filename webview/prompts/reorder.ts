const PLACES = ['before', 'after'] as const;

/** Lets chips be dragged within their row. `onMove` gets the place before which the chip was dropped. */
export function reorderByDragging(row: HTMLElement, onMove: (from: number, to: number) => void): void {
  let from: number | undefined;
  const chips = () => [...row.querySelectorAll<HTMLElement>('.chip')];
  const indexOf = (event: Event) =>
    chips().findIndex((chip) => event.target instanceof Node && chip.contains(event.target));
  const clear = () => chips().forEach((chip) => chip.classList.remove(...PLACES));

  /** The chip under the pointer, and whether the dragged one goes behind it. */
  const target = (event: DragEvent) => {
    const index = indexOf(event);
    const chip = chips()[index];
    if (!chip) return undefined;
    const box = chip.getBoundingClientRect();
    const isBehind = event.clientX > box.left + box.width / 2;
    return { chip, isBehind, place: index + (isBehind ? 1 : 0) };
  };

  row.ondragstart = (event) => {
    from = indexOf(event);
    event.dataTransfer?.setData('text/plain', chips()[from]?.textContent ?? '');
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
  };
  row.ondragover = (event) => {
    if (from === undefined) return;
    event.preventDefault();
    clear();
    const over = target(event);
    over?.chip.classList.add(over.isBehind ? 'after' : 'before');
  };
  row.ondragleave = clear;
  row.ondragend = () => {
    from = undefined;
    clear();
  };
  row.ondrop = (event) => {
    event.preventDefault();
    const place = target(event)?.place ?? chips().length;
    const dragged = from;
    from = undefined;
    clear();
    if (dragged !== undefined && dragged >= 0) onMove(dragged, place);
  };
}
