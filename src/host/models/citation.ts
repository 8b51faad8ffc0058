import * as vscode from 'vscode';
import type { Models } from './models';

const CLIP_SURGERY = `@article{li2025clipsurgery,
  title   = {A Closer Look at the Explainability of Contrastive Language-Image Pre-training},
  author  = {Li, Yi and Wang, Hualiang and Duan, Yiqun and Zhang, Jiheng and Li, Xiaomeng},
  journal = {Pattern Recognition},
  volume  = {162},
  pages   = {111409},
  year    = {2025},
  doi     = {10.1016/j.patcog.2025.111409},
  note    = {arXiv:2304.05653}
}
`;

/** "Copy Citation": BibTeX of the method and, where the model in use has one, of the model. */
export async function copyCitation(models: Pick<Models, 'info'>): Promise<void> {
  const info = await models.info().catch(() => undefined);
  const entries = [CLIP_SURGERY, ...(info?.citation ? [`${info.citation.trim()}\n`] : [])];
  await vscode.env.clipboard.writeText(entries.join('\n'));
  vscode.window.setStatusBarMessage(vscode.l10n.t('citation copied'), 3000);
}
