import { METHOD } from './placeholder';

const CSS = `
:host { display: block; contain: inline-size; }
.output { container: output / inline-size; position: relative; color: var(--vscode-foreground); font-family: var(--vscode-font-family);
  font-size: var(--vscode-font-size, 13px); line-height: 18px; min-width: 0;
  --dim: var(--vscode-descriptionForeground); --focus: var(--vscode-focusBorder); --warning: var(--vscode-editorWarning-foreground);
  --error: var(--vscode-errorForeground); --edge: var(--vscode-contrastBorder, transparent); }
.output [hidden] { display: none; }
.output .sentence { margin: 0; padding: 4px 0; }
.output .sentence[role=alert] { color: var(--error); overflow-wrap: anywhere; }
.output .waiting { color: var(--dim); }

.head { position: relative; display: flex; align-items: center; gap: 4px 10px; min-height: 26px; margin-bottom: 8px;
  > * { flex: none; }
  .chips { flex: 1 1 0; flex-wrap: nowrap; max-height: none; padding: 1px; overflow: auto hidden; scrollbar-width: none; scroll-padding-right: 110px; }
  .chip, .add { flex: none; }
  .add { position: sticky; right: 0; background: var(--vscode-notebook-outputContainerBackgroundColor, var(--vscode-editor-background)); }
  .note { flex: 0 1 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; color: var(--warning); white-space: nowrap; }
  .note:empty { display: none; }
}
.settings, .tools, .device-line { display: inline-flex; align-items: center; gap: 6px; }
.tools { gap: 2px; }
.output :is(.choice, .settings select) { height: 22px; box-sizing: border-box; padding: 0 6px; font: inherit; color: var(--vscode-dropdown-foreground);
  background: var(--vscode-dropdown-background); border: 1px solid var(--vscode-contrastBorder, var(--vscode-dropdown-border, #8888)); border-radius: 4px; }
.output .settings select { padding: 0 2px; max-width: 110px; }
.choice { display: inline-flex; align-items: center; gap: 6px; white-space: nowrap; cursor: pointer; anchor-name: --methods; }
.choice::after { content: ""; border: 4px solid transparent; border-bottom: 0; border-top: 5px solid currentcolor; }
.output :is(.choice, select):disabled { opacity: 0.6; cursor: default; }
.settings, .device-line { anchor-scope: --methods, --device; }
.output :is(.list, .provenance, .passing) { color: var(--vscode-editorHoverWidget-foreground); border-radius: 4px;
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorHoverWidget-border, #8888));
  background: var(--vscode-editorHoverWidget-background, Canvas); }
.output :is(.list, .provenance) { inset: auto; margin: 4px 0; padding: 10px 12px; font: inherit; box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); }
:is(.list, .provenance):popover-open { position-try-fallbacks: flip-block, flip-inline; }
.list:popover-open { position-anchor: --methods; position-area: bottom span-right; display: grid; gap: 6px; }
.list label { display: flex; align-items: center; gap: 6px; cursor: pointer; }
.list input { margin: 0; accent-color: var(--vscode-button-background); }
.device { anchor-name: --device; height: 22px; padding: 0 4px; border: 0; border-radius: 4px; background: none; color: var(--dim); font: inherit;
  font-variant-numeric: tabular-nums; white-space: nowrap; cursor: pointer; }
.provenance { box-sizing: border-box; width: max-content; max-width: min(520px, 100vw - 32px); max-height: 420px; overflow-y: auto; outline: none;
  &:popover-open { position-anchor: --device; position-area: bottom span-left; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 12px; margin: 0; }
  :is(h5, dt, dd) { margin: 0; font: inherit; }
  h5 { margin: 8px 0 4px; font-weight: 600; }
  h5:first-child { margin-top: 0; }
  dt { color: var(--dim); }
  dd { overflow-wrap: anywhere; }
}
.tool { display: inline-grid; place-items: center; width: 24px; height: 24px; padding: 0; border: 0; border-radius: 4px; background: none;
  color: var(--vscode-icon-foreground, var(--vscode-foreground)); cursor: pointer; }
.tool svg { width: 16px; height: 16px; }
.tool[aria-disabled=true] { opacity: 0.45; cursor: default; }
.output :is(.tool:not([aria-disabled=true]), .device):hover { background: var(--vscode-toolbar-hoverBackground); color: var(--vscode-foreground);
  outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
.output :is(.tool, .device, .choice, select, .banner button):focus-visible { outline: 1px solid var(--focus); outline-offset: -1px; }
.passing { position: absolute; inset: 100% 0 auto auto; z-index: 1; padding: 3px 8px; pointer-events: none; }
.passing:empty { clip-path: inset(50%); }

.banner { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin-bottom: 8px; padding: 4px 8px; border-radius: 4px;
  border: 1px solid var(--edge); border-left: 3px solid var(--warning);
  background: color-mix(in srgb, var(--warning) 10%, transparent);
  &.quiet { display: none; }
  .say { margin-right: auto; }
  .failure { color: var(--error); overflow-wrap: anywhere; }
  .failure:empty { display: none; }
  button { height: 22px; padding: 0 10px; border: 1px solid var(--edge); border-radius: 4px; font: inherit; cursor: pointer; }
  .primary { background: var(--vscode-button-background); color: var(--vscode-button-foreground); }
  .primary:hover { background: var(--vscode-button-hoverBackground); }
  .secondary { background: var(--vscode-button-secondaryBackground); color: var(--vscode-button-secondaryForeground); }
  .secondary:hover { background: var(--vscode-button-secondaryHoverBackground); }
  [aria-disabled=true] { opacity: 0.5; cursor: default; }
}

.methods { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(${METHOD.least}px, 100%), 1fr)); gap: ${METHOD.gap}px; }
.method { min-width: 0; }
.method h4:not([hidden]) + .cam .readout { margin-top: 8px; }
.method h4 { height: 18px; margin: 0 0 6px; font: inherit; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }

@container output (max-width: 1099px) {
  .head .add { padding: 0 8px; }
  .head .add span { display: none; }
  .head .chips { scroll-padding-right: 40px; }
}
@container output (max-width: 719px) {
  .head { flex-wrap: wrap; }
  .head .chips { flex-basis: 100%; }
  .head .tools { margin-left: auto; }
  .head .note { flex: 1 1 0; }
}
`;

/** One for all outputs of the document. */
let sheet: CSSStyleSheet | undefined;

export function adoptOutputStyles(root: DocumentOrShadowRoot): void {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(CSS);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
