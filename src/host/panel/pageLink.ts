import type * as vscode from 'vscode';
import type { FromPanel, ToPanel } from '../../protocol/panel';

/** The kinds of messages that a new page needs, in the order in which it needs them. */
const ORDER = ['setup', 'place', 'picture', 'remember', 'outcome'] as const;
type Kind = (typeof ORDER)[number];

/**
 * The page of a panel. The editor may throw a page away and make it anew at any time, e.g. when its
 * tab is hidden; what it was told last is then told again.
 */
export class PageLink {
  private readonly told = new Map<Kind, ToPanel>();

  constructor(
    private readonly webview: vscode.Webview,
    receive: (message: FromPanel) => void,
  ) {
    webview.onDidReceiveMessage((message: FromPanel) => {
      if (message.type !== 'ready') return receive(message);
      for (const kind of ORDER) if (this.told.has(kind)) this.post(this.told.get(kind)!);
    });
  }

  /** Posts a message and keeps it for a page that comes later; it replaces the last of its kind. */
  tell(kind: Kind, message: ToPanel): void {
    this.told.set(kind, message);
    this.post(message);
  }

  /** A page that comes later is not told this kind of message any more. */
  forget(kind: Kind): void {
    this.told.delete(kind);
  }

  knows(kind: Kind): boolean {
    return this.told.has(kind);
  }

  /** Posts a message that only counts now. */
  post(message: ToPanel): void {
    void this.webview.postMessage(message);
  }
}
