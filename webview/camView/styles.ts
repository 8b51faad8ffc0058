import { CONTROLS_CSS } from './controlStyles';

/** The style of a {@link CamView}; colours come from the editor's theme. */
const CSS = `
.cam { container: cam / inline-size; display: flex; flex-direction: column; min-width: 0; color: var(--vscode-foreground);
  --dim: var(--vscode-descriptionForeground); --focus: var(--vscode-focusBorder); --fg: var(--vscode-foreground);
  --edge: var(--vscode-contrastBorder, transparent); --line: var(--vscode-contrastBorder, var(--vscode-panel-border, #8884));
  --box: var(--vscode-contrastBorder, var(--vscode-dropdown-border, #8888));
  [hidden] { display: none; }
  .problem { margin: 0 0 8px; color: var(--vscode-errorForeground); }
  .tiles { display: grid; justify-content: start; align-content: start; overflow-y: auto; flex: none; }
  .tile { position: relative; box-sizing: border-box; margin: 0; overflow: hidden; border-radius: 6px; cursor: crosshair;
    background: var(--vscode-sideBar-background, #8882); user-select: none; content-visibility: auto; }
  .zoomed .tile { cursor: grab; touch-action: none; }
  .dragging .tile { cursor: grabbing; }
  .tile canvas { display: block; width: 100%; height: 100%; }
  .tile.skeleton canvas { opacity: 0.35; }
  .tile::after { content: ""; position: absolute; inset: 0; border: 1px solid var(--edge); border-radius: inherit; pointer-events: none; }
  .tile.hot::after, .tile:focus-visible::after { border: 2px solid var(--focus); }
  .tile:focus { outline: none; }
  .tile:focus-visible::after { box-shadow: inset 0 0 0 1px var(--vscode-editor-background); }
  .stage { position: absolute; inset: 0; display: grid; place-items: center; padding: 8px 8px 28px; text-align: center; font-size: 0.92em;
    pointer-events: none; }
  .skeleton .stage:not(:empty) { background: color-mix(in srgb, var(--vscode-editor-background) 55%, transparent); }
  .patch { position: absolute; box-sizing: border-box; border: 1px solid #fff; outline: 1px solid #000a; pointer-events: none; }
  figcaption { position: absolute; inset: auto 0 0; display: flex; gap: 8px; padding: 16px 8px 5px; color: #fff;
    background: linear-gradient(transparent, rgb(0 0 0 / 0.62)); text-shadow: 0 1px 2px rgb(0 0 0 / 0.7); line-height: 18px; }
  figcaption b { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .plain figcaption b { font-weight: 400; }
  .score { margin-left: auto; font-variant-numeric: tabular-nums; }
  .foot { flex: none; }
  .readout { position: relative; padding-top: 8px; border-top: 1px solid var(--line); font-variant-numeric: tabular-nums; }
  .place { position: absolute; left: 0; color: var(--dim); line-height: 20px; }
  .ranking { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 0 18px; margin-left: 140px;
    min-height: 20px; max-height: 60px; overflow-y: auto; }
  .reading { display: flex; align-items: center; gap: 7px; min-width: 0; line-height: 20px; }
  .word { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .track { flex: none; width: 86px; height: 6px; border-radius: 3px; background: color-mix(in srgb, var(--fg) 10%, transparent); }
  .bar { display: block; height: 100%; border-radius: 3px; }
  .blank .ranking { visibility: hidden; }
  .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
${CONTROLS_CSS}
  @media (forced-colors: active) {
    .choices input:checked + span { forced-color-adjust: none; background: Highlight; color: HighlightText; }
    :is(.bar, .ramp, .patch, figcaption, input[type=range]) { forced-color-adjust: none; }
    .tile::after { border-color: CanvasText; }
    .tile.hot::after, .tile:focus-visible::after { border-color: Highlight; }
  }
}
`;

/** One for all roots of the document. */
let sheet: CSSStyleSheet | undefined;

/** Puts the style on a document or a shadow root; no style attributes or elements, which a strict CSP would block. */
export function adoptStyles(root: DocumentOrShadowRoot): void {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(CSS);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
