import * as vscode from 'vscode';
import type { PanelState } from '../../protocol/panel';
import type { EngineHost } from '../engineHost';
import { ExplainPanel } from './explainPanel';
import { panelRoot } from './panelPage';

/** The explanation panel of the window: the next image takes its place. Also brings it back in a reloaded window. */
export class ExplainPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  static readonly viewType = 'clipSurgery.panel';
  private current?: ExplainPanel;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly engine: EngineHost,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Explains these images, the first one at once. */
  show(images: readonly vscode.Uri[]): void {
    if (this.current) {
      this.current.reveal();
    } else {
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.adopt(vscode.window.createWebviewPanel(ExplainPanels.viewType, 'CLIP Surgery', column, this.options()));
    }
    this.current!.show(images);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    panel.webview.options = this.options();
    this.current?.dispose();
    this.adopt(panel).restore(checkedState(state));
    return Promise.resolve();
  }

  dispose(): void {
    this.current?.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): ExplainPanel {
    const adopted = new ExplainPanel(panel, this.extensionUri, this.engine, this.log);
    this.current = adopted;
    panel.onDidDispose(() => {
      if (this.current === adopted) this.current = undefined;
    });
    return adopted;
  }

  private options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [panelRoot(this.extensionUri)] };
  }
}

/** State comes from a page and from an older version perhaps: anything odd means no state. */
function checkedState(state: unknown): PanelState | undefined {
  const { version, images, prompts, index, method } = (state ?? {}) as Partial<PanelState>;
  const texts = (list: unknown): list is string[] =>
    Array.isArray(list) && list.every((item) => typeof item === 'string');
  if (version !== 1 || !texts(images) || !texts(prompts)) return undefined;
  if (!Number.isSafeInteger(index) || index! < 0 || index! >= images.length) return undefined;
  return { version, images, prompts, index: index!, method: method === 'raw' ? 'raw' : 'clip-surgery' };
}
