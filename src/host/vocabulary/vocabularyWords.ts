import type * as vscode from 'vscode';
import type { CallOptions } from '../../engine/client';
import type { Explanation, TemplateChoice } from '../../protocol/explanation';
import type { PromptLook } from '../../protocol/panel';
import type { EngineHost } from '../engineHost';
import type { UsableModel } from '../models/usableModel';
import type { Vocabularies } from './vocabularies';

export interface VocabularyServices {
  readonly engine: EngineHost;
  readonly vocabularies: Pick<Vocabularies, 'active' | 'onDidChange'>;
}

/** What the active vocabulary brings to an explanation. */
export interface VocabularyWords {
  readonly vocabulary: string;
  readonly prompts: readonly string[];
  readonly distractors: readonly string[];
  /** Left out: the model's own. */
  readonly templates?: TemplateChoice;
  /** By the prompts' texts. */
  readonly looks: Looks;
  /** Why some of its prompts are not among these, one sentence each: one long prompt must not cost all the maps. */
  readonly problems: readonly string[];
}

export type Looks = Readonly<Record<string, PromptLook>>;

/** What the words are for. */
export interface WordsFor {
  /** Says which workspace folder's vocabulary is followed. */
  readonly resource: vscode.Uri;
  /** That reads them. */
  readonly model: UsableModel;
}

/** @throws Error with one sentence; when the signal is aborted, too. */
export async function vocabularyWords(
  { engine, vocabularies }: VocabularyServices,
  { resource, model }: WordsFor,
  { signal }: CallOptions = {},
): Promise<VocabularyWords> {
  const { name, prompts, distractors, templates } = await vocabularies.active(resource);
  const texts = [...prompts.map(({ text }) => text), ...distractors];
  const asked = { model: model.folder, texts, templates };
  const problems = await engine.promptChecks.problems(asked, { signal });
  const unusable = new Set(problems.map(({ text }) => text));
  const isUsable = (text: string) => !unusable.has(text);
  const used = prompts.filter(({ text }) => isUsable(text));
  return {
    vocabulary: name,
    prompts: used.map(({ text }) => text),
    distractors: distractors.filter(isUsable),
    templates,
    looks: Object.fromEntries(
      used.filter(({ label, color }) => label ?? color).map(({ text, label, color }) => [text, { label, color }]),
    ),
    problems: problems.map(({ message }) => message),
  };
}

/** The record with the labels and colours that the vocabulary gives its prompts. */
export function withLooks(explanation: Explanation, looks: Looks): Explanation {
  const prompts = explanation.prompts.map((prompt) =>
    Object.hasOwn(looks, prompt.text) ? { ...prompt, ...looks[prompt.text] } : prompt,
  );
  return { ...explanation, prompts };
}
