/** What the editor reads from an element, and from all around it, to build its context menu. */
interface MenuContext {
  /** Which part of the page it is, for the conditions of contributed menu items. */
  readonly webviewSection?: string;
  /** Whether Cut, Copy and Paste are left out: without text they mean nothing. */
  readonly preventDefaultContextMenuItems: boolean;
}

export function setMenuContext(target: HTMLElement, context: MenuContext): void {
  target.dataset.vscodeContext = JSON.stringify(context);
}

/** Opens the editor's own menu below a button, as a right-click there would. */
export function openMenuBelow(target: HTMLElement): void {
  const { left, bottom } = target.getBoundingClientRect();
  target.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, composed: true, clientX: left, clientY: bottom }),
  );
}
