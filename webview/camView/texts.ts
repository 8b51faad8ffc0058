import { t } from '@vscode/l10n';
import type { ColorMapName } from '../../src/heatmap/colorMap';
import type { Range } from '../../src/heatmap/scale';
import type { ExplainedMethod, TemplateChoice } from '../../src/protocol/explanation';
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

export function methodText(method: ExplainedMethod): string {
  switch (method.name) {
    case 'clip-surgery':
      return t('CLIP Surgery, {0}', surgeryPlace(method));
    case 'architecture-surgery':
      return t('Architecture surgery only, {0}', surgeryPlace(method));
    case 'feature-surgery':
      return t('Feature surgery only');
    case 'raw':
      return t('Raw CLIP');
  }
}

/** A ResNet has one attention, after its last layer. */
function surgeryPlace({ surgeryBlocks, keys }: ExplainedMethod): string {
  if (keys === 'normalised') return t('attention pool with normalised keys');
  return keys ? t('attention pool') : t('last {0} blocks', surgeryBlocks);
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

/** As short as on a figure. */
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
