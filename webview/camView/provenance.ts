import { t } from '@vscode/l10n';
import { providerName } from '../../src/protocol/execution';
import type { Explanation, TemplateChoice } from '../../src/protocol/explanation';
import { methodText, redundancyText } from './texts';

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
    [t('computed on'), `${providerName(provider)}, ${precision}`],
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

function templatesText(templates: TemplateChoice): string {
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
