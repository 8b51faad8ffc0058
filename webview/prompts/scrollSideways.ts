/** Lets a wheel that turns one way only scroll a row that is wider than its room. */
export function scrollSideways(row: HTMLElement): void {
  row.addEventListener(
    'wheel',
    (event) => {
      if (event.deltaX !== 0 || event.ctrlKey || row.scrollWidth <= row.clientWidth) return;
      const before = row.scrollLeft;
      row.scrollLeft += event.deltaY;
      if (row.scrollLeft !== before) event.preventDefault();
    },
    { passive: false },
  );
}
