import * as vscode from 'vscode';

export interface Message {
  readonly text: string;
  readonly detail?: string;
  readonly buttons: readonly string[];
}

type Item = vscode.QuickPickItem;

/** The part of a quick pick that takes one answer as soon as it is shown: a row, or a button of its title. */
class ShownPick implements Partial<vscode.QuickPick<Item>> {
  private readonly accepted = new vscode.EventEmitter<void>();
  private readonly hidden = new vscode.EventEmitter<void>();
  private readonly pressed = new vscode.EventEmitter<vscode.QuickInputButton>();
  items: Item[] = [];
  selectedItems: Item[] = [];
  buttons: vscode.QuickInputButton[] = [];
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidTriggerButton = this.pressed.event;

  /** @param answer a label or a tooltip; undefined: the user leaves */
  constructor(private readonly answer: (items: readonly Item[]) => string | undefined) {}

  show(): void {
    const wanted = this.answer(this.items);
    const button = this.buttons.find(({ tooltip }) => tooltip === wanted);
    this.selectedItems = this.items.filter(({ label }) => label === wanted).slice(0, 1);
    if (button) this.pressed.fire(button);
    else if (this.selectedItems.length > 0) this.accepted.fire();
    else this.hidden.fire();
  }

  dispose(): void {
    for (const emitter of [this.accepted, this.hidden, this.pressed]) emitter.dispose();
  }
}

/** Answers what the window asks, and notes what it showed. Until `leave` nothing of it reaches the real window. */
export class User {
  readonly messages: Message[] = [];
  readonly items: (readonly Item[])[] = [];
  /** What progress notifications said. */
  readonly progress: string[] = [];
  /** Buttons that are pressed where they are offered, each once. */
  presses: string[] = [];
  /** Labels that are picked, one after the other. */
  picks: string[] = [];
  /** What is typed into boxes, one after the other; an answer that the box refuses is not taken. */
  types: string[] = [];
  opens?: vscode.Uri;
  problem?: string;
  /** Commands that were run instead of really being run. */
  readonly commands: string[] = [];
  private readonly work = new Set<vscode.CancellationTokenSource>();
  private readonly real: Partial<typeof vscode.window>;
  private readonly executeCommand = vscode.commands.executeCommand;
  private readonly isTrusted = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted')!;

  constructor() {
    const { showInformationMessage, showWarningMessage, showErrorMessage, withProgress } = vscode.window;
    const { showInputBox, showOpenDialog, showQuickPick, createQuickPick } = vscode.window;
    const messages = { showInformationMessage, showWarningMessage, showErrorMessage, withProgress };
    this.real = { ...messages, showInputBox, showOpenDialog, showQuickPick, createQuickPick };
    const message = (text: string, ...rest: (string | vscode.MessageOptions)[]) => {
      const { detail } = rest.find((part) => typeof part === 'object') ?? {};
      const buttons = rest.filter((part) => typeof part === 'string');
      this.messages.push({ text, detail, buttons });
      const pressed = this.presses.findIndex((button) => buttons.includes(button));
      return Promise.resolve(pressed < 0 ? undefined : this.presses.splice(pressed, 1)[0]);
    };
    Object.assign(vscode.window, {
      showInformationMessage: message,
      showWarningMessage: message,
      showErrorMessage: message,
      showInputBox: async (options: vscode.InputBoxOptions) => {
        const typed = this.types.shift();
        if (typed === undefined) return undefined;
        const problem = await options.validateInput?.(typed);
        this.problem = typeof problem === 'string' ? problem : undefined;
        return this.problem === undefined ? typed : undefined;
      },
      showOpenDialog: () => Promise.resolve(this.opens && [this.opens]),
      showQuickPick: (items: readonly Item[]) => {
        const wanted = this.answer(items);
        return Promise.resolve(items.find(({ label }) => label === wanted));
      },
      createQuickPick: () => new ShownPick((items) => this.answer(items)),
      withProgress: (options: vscode.ProgressOptions, run: Parameters<typeof vscode.window.withProgress>[1]) => {
        const source = new vscode.CancellationTokenSource();
        this.work.add(source);
        this.progress.push(options.title!);
        const report = { report: ({ message: text }: { message?: string }) => void this.progress.push(text!) };
        return Promise.resolve(run(report, source.token)).finally(() => this.work.delete(source));
      },
    });
    Object.assign(vscode.commands, {
      executeCommand: (id: string) => Promise.resolve(void this.commands.push(id)),
    });
  }

  /** Presses "Cancel" on all notifications of work. */
  cancel(): void {
    for (const source of this.work) source.cancel();
  }

  /** The texts of the messages, each once: the extension's own window may say the same. */
  get said(): string[] {
    return [...new Set(this.messages.map(({ text }) => text))];
  }

  trust(isTrusted: boolean): void {
    Object.defineProperty(vscode.workspace, 'isTrusted', { ...this.isTrusted, get: () => isTrusted });
  }

  leave(): void {
    Object.assign(vscode.window, this.real);
    Object.assign(vscode.commands, { executeCommand: this.executeCommand });
    Object.defineProperty(vscode.workspace, 'isTrusted', this.isTrusted);
  }

  private answer(items: readonly Item[]): string | undefined {
    this.items.push(items);
    return this.picks.shift();
  }
}
