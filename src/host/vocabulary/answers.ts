import { TEMPLATE_SETS, type TemplateChoice } from '../../protocol/explanation';
import type { BuiltIns } from './builtIns';
import type { Prompt } from './file/prompt';
import type { VocabularyFile } from './file/vocabularyFile';

export interface ActiveVocabulary {
  readonly name: string;
  /** The shown ones: no negatives, none that is left out for a while. */
  readonly prompts: readonly Prompt[];
  /** The negatives that are not left out. */
  readonly distractors: readonly string[];
  /** Left out: the model's own. */
  readonly templates?: TemplateChoice;
}

/** A vocabulary of the file, or a built-in one that the file does not hold. */
export interface ListedVocabulary {
  readonly name: string;
  /** All of them, also those that are not shown. */
  readonly prompts: readonly Prompt[];
  readonly isActive: boolean;
  readonly isBuiltIn: boolean;
  /** Texts of the prompts that are left out for a while. */
  readonly leftOut: ReadonlySet<string>;
}

/** What is known besides the file. */
export interface Surroundings {
  readonly builtIns: BuiltIns;
  readonly leftOut: (vocabulary: string) => ReadonlySet<string>;
}

/** @throws Error when the model's own words are in use and the model cannot say them */
export async function activeVocabulary(
  file: VocabularyFile | undefined,
  surroundings: Surroundings,
): Promise<ActiveVocabulary> {
  const { name, prompts, leftOut } = await vocabularyInUse(file, surroundings);
  const used = prompts.filter(({ text }) => !leftOut.has(text));
  return {
    name,
    prompts: used.filter(({ negative }) => !negative),
    distractors: used.filter(({ negative }) => negative).map(({ text }) => text),
    templates: templatesOf(file),
  };
}

/** The active vocabulary with all that it holds; throws as {@link activeVocabulary}. */
export async function vocabularyInUse(
  file: VocabularyFile | undefined,
  surroundings: Surroundings,
): Promise<ListedVocabulary> {
  const name = await activeName(file, surroundings.builtIns);
  return listed(name, true, file, surroundings);
}

/**
 * Those of the file in its order, then the built-in ones. The words of a model that cannot say them are left out,
 * unless they are in use; then it throws as {@link activeVocabulary}.
 */
export async function listVocabularies(
  file: VocabularyFile | undefined,
  surroundings: Surroundings,
): Promise<readonly ListedVocabulary[]> {
  const active = await activeName(file, surroundings.builtIns);
  const names = new Set([...(file?.vocabularies.keys() ?? []), ...(await surroundings.builtIns.names())]);
  const list = await Promise.all(
    [...names].map((name) => {
      const vocabulary = listed(name, name === active, file, surroundings);
      return name === active ? vocabulary : vocabulary.catch(() => undefined);
    }),
  );
  return list.filter((vocabulary) => vocabulary !== undefined);
}

async function listed(
  name: string,
  isActive: boolean,
  file: VocabularyFile | undefined,
  { builtIns, leftOut }: Surroundings,
): Promise<ListedVocabulary> {
  const own = file?.vocabularies.get(name);
  const prompts = own ?? (await builtIns.prompts(name)) ?? [];
  return { name, prompts, isActive, isBuiltIn: own === undefined, leftOut: leftOut(name) };
}

/** Where nothing is said, or a name that nobody knows, the first of the built-in ones is in use. */
async function activeName(file: VocabularyFile | undefined, builtIns: BuiltIns): Promise<string> {
  const name = file?.active;
  const isKnown = name !== undefined && (file?.vocabularies.has(name) || (await builtIns.names()).includes(name));
  return isKnown ? name : builtIns.first();
}

function templatesOf(file: VocabularyFile | undefined): TemplateChoice | undefined {
  const name = file?.templates;
  if (name === undefined) return undefined;
  const own = file?.templateSets.get(name);
  return TEMPLATE_SETS.find((set) => set === name) ?? (own && { name, templates: own });
}
