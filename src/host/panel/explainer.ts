import * as vscode from 'vscode';
import type { Explanation } from '../../protocol/explanation';
import type { PanelSettings } from '../../protocol/panel';
import { failureOf } from '../errors';
import { baseName, recordName } from '../images/imageName';
import { imageSource } from '../images/imageSource';
import { EMBEDDED, resnetKeys } from '../models/modelSettings';
import { withModel } from '../models/usableModel';
import { stageText } from '../stageText';
import { vocabularyWords, withLooks, type VocabularyServices } from '../vocabulary/vocabularyWords';
import { explanationMessage, pictureMessage, setupMessage } from './messages';
import type { PageLink } from './pageLink';

export interface ExplainerServices extends VocabularyServices {
  readonly log: vscode.LogOutputChannel;
}

interface Asked {
  /** Left out: those of the active vocabulary. */
  readonly prompts?: readonly string[];
  readonly settings: PanelSettings;
  /** Whether the picture is new to the page or changed. */
  readonly reread: boolean;
}

/** Explains one picture at a time and tells the page what goes on and what came of it; the latest question counts. */
export class Explainer {
  private work?: AbortController;
  /** What is drawn, once it is. */
  explanation?: Explanation;

  constructor(
    private readonly page: PageLink,
    private readonly services: ExplainerServices,
  ) {}

  cancel(): void {
    this.work?.abort();
  }

  async explain(uri: vscode.Uri, { prompts: edited, settings, reread }: Asked): Promise<void> {
    this.cancel();
    const { signal } = (this.work = new AbortController());
    const { engine, log } = this.services;
    const { client, models } = engine;
    this.tellWorking(vscode.l10n.t('reading the image'), baseName(uri));
    try {
      const model = await models.current();
      const info = await models.info();
      const words = await vocabularyWords(this.services, { resource: uri, model }, { signal });
      if (signal.aborted) return;
      const { distractors, templates, looks } = words;
      const prompts = edited ?? words.prompts;
      const vocabulary = { name: words.vocabulary, isFollowed: !edited };
      this.page.tell(
        'setup',
        setupMessage(info, { prompts, looks, vocabulary, settings, isDemo: model.id === EMBEDDED }),
      );
      const image = await imageSource(uri);
      if (reread || !this.page.knows('picture')) {
        const picture = await client.call('picture', { image }, { signal });
        if (signal.aborted) return;
        this.page.tell('picture', pictureMessage(uri, picture));
      }
      const { method, side: size, aspect } = settings;
      const explanation = await engine.explain(
        {
          image,
          imageName: recordName(uri),
          model: model.folder,
          prompts,
          distractors,
          templates,
          method,
          size,
          aspect,
          resnetKeys: resnetKeys(),
        },
        { signal, onStage: (stage) => !signal.aborted && this.tellWorking(stageText(stage)) },
      );
      if (signal.aborted) return;
      log.info(`${baseName(uri)}: ${prompts.length} prompts, ${describeTimings(explanation)}`);
      this.explanation = withLooks(withModel(explanation, model), looks);
      this.page.tell('outcome', explanationMessage(this.explanation));
      const [problem] = words.problems;
      if (problem !== undefined && !edited) this.page.post({ type: 'done', message: problem });
    } catch (error) {
      if (!signal.aborted) this.fail(error, true);
    }
  }

  fail(error: unknown, retry: boolean): void {
    const failure = failureOf(error);
    this.services.log.error(failure.message);
    this.page.tell('outcome', { type: 'failed', ...failure, retry });
  }

  private tellWorking(stage: string, image?: string): void {
    this.page.tell('outcome', { type: 'working', stage, image });
  }
}

function describeTimings({ timings }: Explanation): string {
  return Object.entries(timings)
    .map(([stage, ms]) => `${stage} ${Math.round(ms as number)} ms`)
    .join(', ');
}
