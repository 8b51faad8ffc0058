import * as vscode from 'vscode';
import { EngineError } from '../../engine/failure';
import type { ModelStore } from '../../models/store';
import type { ModelInfo } from '../../protocol/engine';
import { chooseModel, chosenModel, concernsModels, EMBEDDED, modelsFolder } from './modelSettings';
import { Once } from './once';
import { tellFallback } from './telling';
import { usableModel, type UsableModel } from './usableModel';

/** Which model explains, and which ones are there. Nothing is read or watched before somebody asks. */
export class Models implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listed = new vscode.EventEmitter<void>();
  private readonly inUse = new Once(() => this.choose());
  private readonly described = new Once(() => this.describeCurrent());
  private subscription?: vscode.Disposable;
  /** What `current` and `info` answer may differ now. */
  readonly onDidChange = this.changed.event;
  /** What `ids` answers may differ now. */
  readonly onDidChangeList = this.listed.event;

  /** @param describe asks the engine; rejects for a folder without a model that can be explained */
  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'asAbsolutePath' | 'globalStorageUri'>,
    private readonly describe: (folder: string) => Promise<ModelInfo>,
  ) {}

  /** The model of the settings; where it cannot be used, the embedded one, and the user is told why. */
  current(): Promise<UsableModel> {
    this.watch();
    return this.inUse.get();
  }

  /** What the current model is. @throws EngineError when the engine cannot say */
  info(): Promise<ModelInfo> {
    return this.described.get();
  }

  /** The same, if somebody asked already. */
  get knownInfo(): ModelInfo | undefined {
    return this.described.known;
  }

  /** A model by its id, or by the path of its folder. @throws Error with one sentence */
  async named(named: string): Promise<UsableModel> {
    return named === EMBEDDED ? this.embedded : usableModel(named, await this.store());
  }

  /** Names of the models that are there, the embedded one first. */
  async ids(): Promise<readonly string[]> {
    this.watch();
    const downloaded = (await (await this.store()).list()).filter(({ record }) => record.completed !== undefined);
    return [EMBEDDED, ...downloaded.map(({ record }) => record.id)];
  }

  /** The downloaded models. */
  async store(): Promise<ModelStore> {
    const { ModelStore } = await import('../../models/store');
    return new ModelStore(modelsFolder(this.context.globalStorageUri));
  }

  /** Changes the settings to another model, if the engine can read it. @throws Error with one sentence */
  async use(named: string): Promise<void> {
    await this.describe((await this.named(named)).folder);
    if (named === chosenModel()) this.refresh();
    else await chooseModel(named);
  }

  /** Looks at settings and folders again. */
  refresh(): void {
    this.inUse.forget();
    this.described.forget();
    this.refreshList();
    this.changed.fire();
  }

  /** A model came or went that is not in use. */
  refreshList(): void {
    this.listed.fire();
  }

  dispose(): void {
    this.subscription?.dispose();
    this.changed.dispose();
    this.listed.dispose();
  }

  private get embedded(): UsableModel {
    return { id: EMBEDDED, folder: this.context.asAbsolutePath(`models/${EMBEDDED}`) };
  }

  private watch(): void {
    this.subscription ??= vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((change) => concernsModels(change) && this.refresh()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.refresh()),
    );
  }

  private async choose(): Promise<UsableModel> {
    const named = chosenModel();
    try {
      const model = await this.named(named);
      if (named !== EMBEDDED) await this.describe(model.folder);
      return model;
    } catch (error) {
      if (error instanceof EngineError && error.code === 'crashed') throw error; // which says nothing of the model
      tellFallback(error);
      return this.embedded;
    }
  }

  private async describeCurrent(): Promise<ModelInfo> {
    const { folder, name, licence } = await this.current();
    const info = await this.describe(folder);
    return { ...info, name: name ?? info.name, licence: info.licence ?? licence };
  }
}
