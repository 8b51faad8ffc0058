import { t } from '@vscode/l10n';
import type { ShownVocabulary } from '../../src/protocol/panel';
import { element, setText } from '../camView/dom';

interface VocabularyEvents {
  switch(): void;
  save(): void;
  reset(): void;
}

/** Which vocabulary the prompts follow, as a button to change that; for edited ones what can be done with them. */
export class VocabularyLine {
  readonly element = element('span', { class: 'vocabulary', hidden: '' });
  private readonly names = [element('span', { class: 'called' }), element('span', { class: 'called dim' })] as const;
  private readonly followed = element('button', { class: 'switch', type: 'button' });
  private readonly edited: HTMLElement;

  constructor(on: VocabularyEvents) {
    this.followed.append(
      element('span', { class: 'what' }, t('vocabulary:')),
      this.names[0],
      element('span', { class: 'codicon codicon-chevron-down', 'aria-hidden': 'true' }),
    );
    this.followed.onclick = () => on.switch();
    const save = link('save', [t('Save to Vocabulary'), t('Save')], t('Write these prompts into the vocabulary'), () =>
      on.save(),
    );
    const reset = link('reset', [t('Reset')], t('Back to the vocabulary'), () => on.reset());
    const state = element('span', { class: 'dim' }, `\u00a0· ${t('edited')}`);
    this.edited = element('span', { class: 'edited' }, this.names[1], state, save, reset);
    this.element.append(this.followed, this.edited);
  }

  set({ name, isFollowed }: ShownVocabulary): void {
    this.element.hidden = false;
    for (const target of this.names) setText(target, name);
    this.followed.title = t('The vocabulary {0}: choose another one', name);
    this.followed.setAttribute('aria-label', t('vocabulary: {0}', name));
    this.edited.title = t('The prompts were edited here and do not follow the vocabulary {0} any more', name);
    this.follow(isFollowed);
  }

  /** The prompts were edited here. */
  detach(): void {
    this.follow(false);
  }

  private follow(isFollowed: boolean): void {
    const hadFocus = this.edited.matches(':focus-within');
    this.followed.hidden = !isFollowed;
    this.edited.hidden = isFollowed;
    if (hadFocus && isFollowed) this.followed.focus();
  }
}

/** @param texts with a short one second, for where there is little room */
function link(name: string, [long, short = long]: readonly string[], title: string, onClick: () => void): HTMLElement {
  const target = element('button', { class: `link ${name}`, type: 'button', 'aria-label': long!, title });
  target.append(element('span', { class: 'long' }, long!), element('span', { class: 'short' }, short!));
  target.onclick = onClick;
  return target;
}
