import * as vscode from 'vscode';
import { ExplainPanel, type MadeWith, type PanelServices } from './explainPanel';
import { panelRoot } from './panelPage';
import { checkedState } from './panelState';

/** The explanation panels of the window. The next picture takes the place of the last one, unless that panel is pinned. */
export class ExplainPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  static readonly viewType = 'clipSurgery.panel';
  /** Open panels, the one that was active last at the end. */
  private panels: ExplainPanel[] = [];

  constructor(private readonly services: PanelServices) {}

  /** The panel that commands are about. */
  get active(): ExplainPanel | undefined {
    return this.panels.at(-1);
  }

  /** Explains these images, the first one at once; `made` says with what, else it stays as it was. */
  show(images: readonly vscode.Uri[], made?: MadeWith): void {
    const panel = this.free();
    if (made) panel.setUp(made);
    panel.show(images);
  }

  /** Brings a panel to the front, an empty one where there is none. */
  open(): void {
    (this.active ?? this.free()).panel.reveal();
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    panel.webview.options = this.options();
    const adopted = this.adopt(panel);
    const restored = checkedState(state);
    if (restored) adopted.restore(restored);
    return Promise.resolve();
  }

  dispose(): void {
    for (const panel of [...this.panels]) panel.dispose();
  }

  /** The last panel that may be used for another picture, or a new one. */
  private free(): ExplainPanel {
    const free = this.panels.findLast((panel) => !panel.isPinned);
    if (free) {
      free.panel.reveal(undefined, true);
      return free;
    }
    const viewColumn = this.active?.panel.viewColumn ?? vscode.ViewColumn.Beside;
    const place = { viewColumn, preserveFocus: true };
    return this.adopt(vscode.window.createWebviewPanel(ExplainPanels.viewType, 'CLIP Surgery', place, this.options()));
  }

  private adopt(panel: vscode.WebviewPanel): ExplainPanel {
    const adopted = new ExplainPanel(panel, this.services);
    const others = () => this.panels.filter((other) => other !== adopted);
    this.panels.push(adopted);
    panel.onDidChangeViewState(() => panel.active && (this.panels = [...others(), adopted]));
    panel.onDidDispose(() => (this.panels = others()));
    return adopted;
  }

  private options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [panelRoot(this.services.extensionUri)] };
  }
}
