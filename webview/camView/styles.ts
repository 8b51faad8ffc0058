/** The style of a {@link CamView}; colours come from the editor's theme. */
const CSS = `
.cam { container: cam / inline-size; display: flex; flex-direction: column; min-width: 0; color: var(--vscode-foreground);
  --dim: var(--vscode-descriptionForeground); --focus: var(--vscode-focusBorder);
  --edge: var(--vscode-contrastBorder, transparent); --line: var(--vscode-contrastBorder, var(--vscode-panel-border, #8884)); }
.cam [hidden] { display: none; }
.cam .problem { margin: 0 0 8px; color: var(--vscode-errorForeground); }
.cam .tiles { display: grid; justify-content: start; align-content: start; overflow-y: auto; flex: none; }
.cam .tile { position: relative; box-sizing: border-box; margin: 0; overflow: hidden; border-radius: 6px; cursor: crosshair;
  background: var(--vscode-sideBar-background, #8882); user-select: none; }
.cam .tile canvas { display: block; width: 100%; height: 100%; }
.cam .tile.skeleton canvas { opacity: 0.35; }
.cam .tile::after { content: ""; position: absolute; inset: 0; border: 1px solid var(--edge); border-radius: inherit; pointer-events: none; }
.cam .tile.hot::after, .cam .tile:focus-visible::after { border: 2px solid var(--focus); }
.cam .tile:focus { outline: none; }
.cam .tile:focus-visible::after { box-shadow: inset 0 0 0 1px var(--vscode-editor-background); }
.cam .stage { position: absolute; inset: 0; display: grid; place-items: center; padding: 8px 8px 28px; text-align: center; font-size: 0.92em;
  pointer-events: none; }
.cam .skeleton .stage:not(:empty) { background: color-mix(in srgb, var(--vscode-editor-background) 55%, transparent); }
.cam .patch { position: absolute; box-sizing: border-box; border: 1px solid #fff; outline: 1px solid #000a; pointer-events: none; }
.cam figcaption { position: absolute; inset: auto 0 0; display: flex; gap: 8px; padding: 16px 8px 5px; color: #fff;
  background: linear-gradient(transparent, rgb(0 0 0 / 0.62)); text-shadow: 0 1px 2px rgb(0 0 0 / 0.7); line-height: 18px; }
.cam figcaption b { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.cam .plain figcaption b { font-weight: 400; }
.cam .score { margin-left: auto; font-variant-numeric: tabular-nums; }
.cam .foot { flex: none; }
.cam .controls { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 18px; padding: 10px 0 8px; color: var(--dim); }
.cam .controls label, .cam .segments, .cam .legend, .cam .colors { display: inline-flex; align-items: center; gap: 8px; margin: 0; }
.cam .colors { margin-left: auto; }
@container cam (max-width: 1060px) { .cam .colors { margin-left: 0; } }
.cam .legend { gap: 6px; font-variant-numeric: tabular-nums; }
.cam .ramp { width: 120px; height: 10px; border-radius: 2px; border: 1px solid var(--line); box-sizing: border-box; image-rendering: pixelated; }
.cam input[type=range] { appearance: none; width: 110px; height: 16px; margin: 0; background: none; cursor: pointer; }
.cam input[type=range]::-webkit-slider-runnable-track { height: 4px; border-radius: 2px;
  background: linear-gradient(to right, var(--focus) var(--share), color-mix(in srgb, var(--vscode-foreground) 25%, transparent) 0); }
.cam input[type=range]::-webkit-slider-thumb { appearance: none; width: 14px; height: 14px; margin-top: -5px; border-radius: 50%;
  background: var(--focus); border: 1px solid var(--edge); box-sizing: border-box; }
.cam .choices { display: inline-flex; border: 1px solid var(--vscode-contrastBorder, var(--vscode-dropdown-border, #8888)); border-radius: 4px; overflow: hidden; }
.cam .choices label { position: relative; gap: 0; cursor: pointer; }
.cam .choices input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.cam .choices span { padding: 1px 8px; color: var(--vscode-foreground); line-height: 18px; }
.cam .choices input:checked + span { background: var(--vscode-button-background); color: var(--vscode-button-foreground); }
.cam .choices input:checked + span { outline: 2px solid var(--vscode-contrastActiveBorder, transparent); outline-offset: -2px; border-radius: 3px; }
.cam .choices input:focus-visible + span { outline: 1px solid var(--focus); outline-offset: -2px; box-shadow: inset 0 0 0 1px var(--vscode-editor-background); }
.cam select { height: 22px; padding: 0 4px; font: inherit; color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background);
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-dropdown-border, #8888)); border-radius: 4px; max-width: 96px; }
.cam :is(input[type=range], select):focus-visible { outline: 1px solid var(--focus); outline-offset: 1px; }
.cam .readout { position: relative; padding-top: 8px; border-top: 1px solid var(--line); font-variant-numeric: tabular-nums; }
.cam .place { position: absolute; left: 0; color: var(--dim); line-height: 20px; }
.cam .ranking { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 0 18px; margin-left: 140px;
  min-height: 20px; max-height: 60px; overflow-y: auto; }
.cam .reading { display: flex; align-items: center; gap: 7px; min-width: 0; line-height: 20px; }
.cam .word { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.cam .track { flex: none; width: 86px; height: 6px; border-radius: 3px; background: color-mix(in srgb, var(--vscode-foreground) 10%, transparent); }
.cam .bar { display: block; height: 100%; border-radius: 3px; }
.cam .blank .ranking { visibility: hidden; }
.cam .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) {
  .cam .choices input:checked + span { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .cam :is(.bar, .ramp, .patch, figcaption, input[type=range]) { forced-color-adjust: none; }
  .cam .tile::after { border-color: CanvasText; }
  .cam .tile.hot::after, .cam .tile:focus-visible::after { border-color: Highlight; }
}
`;

/** Puts the style on a document or a shadow root; no style attributes or elements, which a strict CSP would block. */
export function adoptStyles(root: DocumentOrShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
