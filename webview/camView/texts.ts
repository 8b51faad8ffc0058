import { t } from '@vscode/l10n';
import type { ColorMapName } from '../../src/heatmap/colorMap';
import type { Range } from '../../src/heatmap/scale';
import type { ExplainedMethod, Explanation, TemplateChoice } from '../../src/protocol/explanation';
import type { Look } from './look';
import type { Maps, Patch, WordMap } from './maps';

export function scoreText(score: number): string {
  return score.toFixed(2);
}

/** With a minus of the width of a figure, which is also read out as one. */
export function similarityText(similarity: number): string {
  return similarity.toFixed(3).replace('-', '−');
}

export function rangeText({ min, max }: Range): string {
  return `${similarityText(min)} … ${similarityText(max)}`;
}

/** What stands at the colour bar. */
export function legendTexts({ scale }: Look, shared: Range | undefined): { low: string; high: string; rule: string } {
  return scale === 'shared'
    ? {
        low: shared ? similarityText(shared.min) : '–',
        high: shared ? similarityText(shared.max) : '–',
        rule: t('shared'),
      }
    : { low: '0', high: '1', rule: t('per word') };
}

/** What the score is a share of. */
export function scoreMeaning({ explanation, hasSynonyms }: Maps): string {
  const count = explanation.prompts.length;
  if (explanation.method.score === 'empty-string') return t('against the empty prompt');
  // Each of the synonyms has a share of its own: the shares that are shown do not add up to 1 then.
  return hasSynonyms
    ? t('share among these {0} words, of synonyms the largest', count)
    : t('share among these {0} words', count);
}

export function methodText({ name, surgeryBlocks }: ExplainedMethod): string {
  switch (name) {
    case 'clip-surgery':
      return t('CLIP Surgery, last {0} blocks', surgeryBlocks);
    case 'architecture-surgery':
      return t('Architecture surgery only, last {0} blocks', surgeryBlocks);
    case 'feature-surgery':
      return t('Feature surgery only');
    case 'raw':
      return t('Raw CLIP');
  }
}

/** Which features were taken for redundant and removed. */
export function redundancyText({ redundancy, referenceWords }: ExplainedMethod): string {
  switch (redundancy) {
    case 'prompts':
      return t('shared features: the mean over the shown words, as published');
    case 'reference-words':
      return t('shared features: the mean over the shown words and {0} reference words', referenceWords);
    case 'empty-string':
      return t('shared features: those of the empty prompt');
    case 'none':
      return t('shared features: none removed');
  }
}

export function patchText({ row, col }: Patch): string {
  return t('row {0}, column {1}', row + 1, col + 1);
}

/** The tile in words, for those who do not see it. */
export function tileSummary(label: string, word: WordMap, maps: Maps): string {
  return t(
    '{0}: score {1}, {2}; highest at {3} of a grid of {4} by {5}',
    label,
    scoreText(word.score),
    scoreMeaning(maps),
    patchText(word.peak),
    maps.grid.rows,
    maps.grid.cols,
  );
}

/** The keys of a tile, for those who do not see the title of anything. */
export function tileKeysText(): string {
  return t(
    'Arrows read values, with Shift when large. Enter opens it large. Plus, minus and 0 zoom. Space: plain picture.',
  );
}

export function colorMapText(name: ColorMapName): string {
  return name === 'turbo' || name === 'jet' ? t('{0} (for comparison with papers)', name) : name;
}

export function templatesText(templates: TemplateChoice): string {
  switch (templates) {
    case 'none':
      return t('none (the bare prompt)');
    case 'photo':
      return t('one: “a photo of a {}”');
    case 'openai':
      return t('the 80 that OpenAI wrote for ImageNet');
    case 'clip-surgery':
      return t('the 85 of CLIP Surgery: 80 of ImageNet and 5 “in the scene”');
    default:
      return t('{0}: {1} of your own', templates.name, templates.templates.length);
  }
}

/** The same where there is little room. */
export function templatesName(templates: TemplateChoice): string {
  switch (templates) {
    case 'none':
      return t('bare prompts');
    case 'photo':
      return t('“a photo of a {}”');
    case 'openai':
      return t('80 templates');
    case 'clip-surgery':
      return t('85 templates');
    default:
      return t('{0} templates', templates.templates.length);
  }
}

type Line = [label: string, value: string];

/** All that is known of how the maps were made. */
export function provenance(explanation: Explanation): Line[] {
  const { model, method, grid, image, encoded, mapping, timings, templates, provider, precision, versions } =
    explanation;
  const { distractors = [] } = explanation;
  // Nothing takes no time: 0 is how the record says that it was known already.
  const time = (value: number) => (value === 0 ? t('from the cache') : t('{0} ms', Math.round(value) || '< 1'));
  const shape = mapping === 'keep' ? t('aspect ratio kept') : t('squashed');
  return [
    [t('model'), model.licence ? `${model.name} (${model.licence})` : model.name],
    [t('checkpoint'), `sha256 ${model.sha256}`],
    [t('method'), `${methodText(method)}; ${redundancyText(method)}`],
    [t('templates'), templatesText(templates)],
    ...(distractors.length > 0 ? [[t('negative prompts'), distractors.join(', ')] satisfies Line] : []),
    [t('picture'), t('{0} × {1} px, sha256 {2}', image.width, image.height, image.sha256.slice(0, 16))],
    [t('encoded at'), t('{0} × {1} px, {2}', encoded.width, encoded.height, shape)],
    [t('grid'), t('{0} rows × {1} columns', grid.rows, grid.cols)],
    [t('computed on'), `${provider}, ${precision}`],
    [t('picture read'), time(timings.decode)],
    [t('image encoder'), time(timings.image)],
    [t('words'), time(timings.text)],
    [t('in all'), time(timings.total)],
    [
      t('versions'),
      Object.entries(versions)
        .map((pair) => pair.join(' '))
        .join(', '),
    ],
  ];
}
