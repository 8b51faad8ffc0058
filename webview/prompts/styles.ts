/** The style of {@link Chips}; colours come from the editor's theme. */
const CSS = `
.chips {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  min-width: 0;
  max-height: 84px;
  overflow-y: auto;
}
.chip,
.add {
  box-sizing: border-box;
  position: relative;
  display: inline-flex;
  align-items: center;
  height: 24px;
  max-width: 260px;
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, #8883));
  border-radius: 12px;
  background: var(--vscode-input-background);
  color: var(--vscode-foreground);
  font: inherit;
}
.chip {
  padding: 0 3px 0 9px;

  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    forced-color-adjust: none;
  }
  .word,
  .remove {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
  }
  .word {
    height: 100%;
    padding: 0 5px 0 7px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: text;
    outline: none;
  }
  .remove {
    display: inline-grid;
    place-items: center;
    width: 18px;
    height: 18px;
    border-radius: 9px;
    color: var(--vscode-descriptionForeground);
    cursor: pointer;
  }
  .remove svg {
    width: 12px;
    height: 12px;
  }
  &.fixed {
    padding-right: 6px;
  }
  &.fixed .word {
    cursor: default;
  }
  .remove:hover {
    background: var(--vscode-toolbar-hoverBackground);
    color: var(--vscode-foreground);
  }
  .editor {
    field-sizing: content;
    min-width: 110px;
    max-width: 240px;
    padding: 0 6px 0 0;
    border: 0;
    outline: none;
    background: none;
    color: var(--vscode-input-foreground);
    font: inherit;
  }
  .editor::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
}
.chip.hot,
.chip:hover,
.chip.editing,
.chip:has(.word:focus-visible) {
  border-color: var(--vscode-focusBorder);
}
.chip:has(.word:focus-visible) {
  outline: 1px solid var(--vscode-focusBorder);
}
.chip.before::before,
.chip.after::before {
  content: "";
  position: absolute;
  inset: 0 auto 0 -5px;
  width: 2px;
  background: var(--vscode-focusBorder);
}
.chip.after::before {
  inset: 0 -5px 0 auto;
}
.add {
  padding: 0 10px;
  border: 1px dashed var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-foreground) 30%, transparent));
  background: none;
  color: var(--vscode-descriptionForeground);
  cursor: pointer;
}
.add:hover {
  border-color: var(--vscode-focusBorder);
  color: var(--vscode-foreground);
}
`;

/** One for all roots of the document. */
let sheet: CSSStyleSheet | undefined;

/** Puts the style on a document or a shadow root. */
export function adoptPromptStyles(root: DocumentOrShadowRoot): void {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(CSS);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
