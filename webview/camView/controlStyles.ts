/**
 * CSS pixels of the view from which the whole row fits on one line, those below which labels stand above what
 * they name, and those below which a symbol stands for a word.
 */
const WIDE = 1420;
const COMPACT = 760;
const NARROW = 480;

/** The style of the row of controls, inside of the view. */
export const CONTROLS_CSS = `
.controls { display: flex; align-items: center; gap: 18px; padding: 10px 0 8px; color: var(--dim); white-space: nowrap; anchor-scope: --cam-display; }
.controls > * { flex: none; }
.controls .slider, .segments, .legend, .colors { display: inline-flex; align-items: center; gap: 8px; margin: 0; }
.controls .slider { flex: 0 1 auto; min-width: 0; }
input[type=range] { appearance: none; flex: 0 1 110px; width: 110px; min-width: 40px; height: 16px; margin: 0; background: none; cursor: pointer; }
input[type=range]::-webkit-slider-runnable-track { height: 4px; border-radius: 2px;
  background: linear-gradient(to right, var(--focus) var(--share), color-mix(in srgb, var(--fg) 25%, transparent) 0); }
input[type=range]::-webkit-slider-thumb { appearance: none; width: 14px; height: 14px; margin-top: -5px; border-radius: 50%;
  background: var(--focus); border: 1px solid var(--edge); box-sizing: border-box; }
.zoom { display: inline-flex; align-items: center; }
.controls button { height: 22px; padding: 0 6px; border: 1px solid transparent; border-radius: 4px; background: none; color: var(--fg);
  font: inherit; font-variant-numeric: tabular-nums; cursor: pointer; }
.controls button:hover { background: var(--vscode-toolbar-hoverBackground); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
.controls button[aria-disabled=true] { color: var(--dim); cursor: default; background: none; outline: none; }
.zoom button:not(.percent) { width: 22px; padding: 0; font-size: 1.1em; line-height: 18px; }
.zoom .percent { min-width: 52px; padding: 0 2px; }
.legend { gap: 6px; font-variant-numeric: tabular-nums; }
.legend .rule { margin-left: 2px; }
.ramp { width: 120px; height: 10px; border-radius: 2px; border: 1px solid var(--line); box-sizing: border-box; image-rendering: pixelated;
  background: repeating-conic-gradient(#8884 0 25%, transparent 0 50%) 0 0 / 8px 8px; }
.choices { display: inline-flex; border: 1px solid var(--box); border-radius: 4px; overflow: hidden; }
.choices label { position: relative; display: inline-flex; cursor: pointer; }
.choices input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.choices span { padding: 1px 8px; color: var(--fg); line-height: 18px; }
.choices input:checked + span { background: var(--vscode-button-background); color: var(--vscode-button-foreground); }
.choices input:checked + span { outline: 2px solid var(--vscode-contrastActiveBorder, transparent); outline-offset: -2px; border-radius: 3px; }
.choices input:focus-visible + span { outline: 1px solid var(--focus); outline-offset: -2px; box-shadow: inset 0 0 0 1px var(--vscode-editor-background); }
select { height: 22px; padding: 0 4px; font: inherit; color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background);
  border: 1px solid var(--box); border-radius: 4px; max-width: 110px; }
:is(input[type=range], select, .controls button):focus-visible { outline: 1px solid var(--focus); outline-offset: 1px; }

.display svg { display: none; width: 16px; height: 16px; }
.more { color: inherit; font: inherit; }
.controls .display { anchor-name: --cam-display; margin-left: auto; display: inline-flex; align-items: center; gap: 6px;
  border-color: var(--box); }
.display::after { content: ""; border: 4px solid transparent; border-top: 0; border-bottom: 5px solid currentcolor; }
.more:popover-open { position-anchor: --cam-display; position-area: top span-left; position-try-fallbacks: flip-block, flip-inline;
  inset: auto; margin: 8px 0; padding: 10px 12px; display: grid; gap: 8px; overflow: visible; font: inherit; color: var(--dim);
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorHoverWidget-border, #8888)); border-radius: 4px;
  background: var(--vscode-editorHoverWidget-background, Canvas); box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); }
.more:popover-open > * { display: grid; grid-template-columns: 64px max-content; }
@container cam (min-width: ${WIDE}px) {
  .more:not(:popover-open) { display: contents; }
  .controls:not(:has(> .more:popover-open)) > .display.display { display: none; }
  .colors { margin-left: auto; }
}
@container cam (max-width: ${COMPACT}px) {
  .controls { gap: 12px; }
  .controls > .slider { flex: 0 1 100px; flex-direction: column; align-items: stretch; gap: 0; }
  .controls > .slider input { flex: none; width: 100%; }
  .controls :is(.slider .label, .low, .high, .rule) { font-size: 0.85em; line-height: 14px; }
  .legend { flex: 0 1 170px; display: grid; grid-template-columns: auto 1fr auto; gap: 3px 8px; }
  .ramp { grid-row: 1; grid-column: 1 / -1; width: 0; min-width: 100%; }
  .legend .rule { grid-row: 2; grid-column: 2; margin: 0; text-align: center; }
  .legend .high { grid-row: 2; grid-column: 3; }
  .legend .low { grid-row: 2; grid-column: 1; }
}
@container cam (max-width: ${NARROW}px) {
  .controls { gap: 8px; }
  .controls > .slider { min-width: 50px; }
  .zoom .percent { min-width: 46px; }
  .controls .display { padding: 0 2px; gap: 2px; }
  .display span { display: none; }
  .display svg { display: block; }
}
`;
