import * as vscode from 'vscode';
import type { ModelInfo } from '../../protocol/engine';
import type { Models } from './models';

const CLIP_SURGERY = `@misc{li2023clipsurgery,
  title         = {{CLIP} Surgery for Better Explainability with Enhancement in Open-Vocabulary Tasks},
  author        = {Yi Li and Hualiang Wang and Yiqun Duan and Xiaomeng Li},
  year          = {2023},
  eprint        = {2304.05653},
  archivePrefix = {arXiv},
  primaryClass  = {cs.CV}
}
`;

/** Models may say how they want to be cited. */
type Citable = ModelInfo & { readonly citation?: string };

/** "Copy Citation": BibTeX of the method and, where the model in use has one, of the model. */
export async function copyCitation(models: Pick<Models, 'info'>): Promise<void> {
  const info: Citable | undefined = await models.info().catch(() => undefined);
  const entries = [CLIP_SURGERY, ...(info?.citation ? [`${info.citation.trim()}\n`] : [])];
  await vscode.env.clipboard.writeText(entries.join('\n'));
  vscode.window.setStatusBarMessage(vscode.l10n.t('citation copied'), 3000);
}
