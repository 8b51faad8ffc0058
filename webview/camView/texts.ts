import { t } from '@vscode/l10n';
import type { ColorMapName } from '../../src/heatmap/colorMap';
import type { ExplainedMethod, Explanation } from '../../src/protocol/explanation';
import type { Maps, Patch, WordMap } from './maps';

export function scoreText(score: number): string {
  return score.toFixed(2);
}

/** What the score is a share of. */
export function scoreMeaning({ explanation }: Maps): string {
  const count = explanation.prompts.length;
  return explanation.method.score === 'empty-string'
    ? t('against the empty prompt')
    : t('share among these {0} words', count);
}

export function methodText(method: ExplainedMethod): string {
  return method.name === 'raw' ? t('Raw CLIP') : t('CLIP Surgery, last {0} blocks', method.surgeryBlocks);
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
export function tileSummary(word: WordMap, maps: Maps): string {
  return t(
    '{0}: score {1}, {2}; highest at {3} of a grid of {4} by {5}',
    word.text,
    scoreText(word.score),
    scoreMeaning(maps),
    patchText(word.peak),
    maps.grid.rows,
    maps.grid.cols,
  );
}

export function colorMapText(name: ColorMapName): string {
  return name === 'turbo' || name === 'jet' ? t('{0} (for comparison with papers)', name) : name;
}

/** All that is known of how the maps were made, as label and value. */
export function provenance(explanation: Explanation): [label: string, value: string][] {
  const { model, method, grid, image, timings, templates, provider, precision, versions } = explanation;
  const ms = (value: number) => t('{0} ms', Math.round(value));
  return [
    [t('model'), model.licence ? `${model.name} (${model.licence})` : model.name],
    [t('checkpoint'), `sha256 ${model.sha256.slice(0, 16)}`],
    [t('method'), `${methodText(method)}; ${redundancyText(method)}`],
    [t('templates'), templates],
    [t('picture'), `${image.width} × ${image.height}, sha256 ${image.sha256.slice(0, 16)}`],
    [t('grid'), t('{0} rows, {1} columns', grid.rows, grid.cols)],
    [t('computed on'), `${provider}, ${precision}`],
    [
      t('time'),
      t(
        '{0} (picture {1}, image encoder {2}, words {3})',
        ms(timings.total),
        ms(timings.decode),
        ms(timings.image),
        ms(timings.text),
      ),
    ],
    [
      t('versions'),
      Object.entries(versions)
        .map((pair) => pair.join(' '))
        .join(', '),
    ],
  ];
}
