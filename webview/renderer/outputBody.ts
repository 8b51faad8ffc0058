import { t } from '@vscode/l10n';
import type { Look } from '../camView/look';
import { looksOf, WordLooks } from '../camView/wordLooks';
import { Banner } from './banner';
import { Header } from './header';
import { needsExtension, type HostLink } from './hostLink';
import type { LiveEdit } from './liveEdit';
import type { ShownPicture } from './pictures';
import { TakeAway } from './takeAway';
import { Views } from './views';

/** Of the tiles, in CSS pixels: a cell's output is looked at between others. */
const HEIGHT = 300;
const LARGE_HEIGHT = 760;

/** The way to store an answer that is only shown. */
export interface Offer {
  isTaken: boolean;
  failure: string | undefined;
  keep(): void;
}

/** What stays of an output while it is out of sight. */
export interface OutputState {
  readonly edit: LiveEdit;
  /** For an answer that no cell holds yet. */
  readonly offer?: Offer;
  look: Look;
  isExpanded: boolean;
}

export function tilesHeight({ isExpanded }: Pick<OutputState, 'isExpanded'>): number {
  return isExpanded ? LARGE_HEIGHT : HEIGHT;
}

/** All that is seen of an output. It is made when the output comes near, and goes when that is far away. */
export class OutputBody {
  readonly #header: Header;
  readonly #banner: Banner;
  readonly #views: Views;
  readonly #takeAway: TakeAway;
  readonly #looks = new WordLooks();
  #shown: ShownPicture;
  readonly #frame: HTMLElement;
  readonly #state: OutputState;
  readonly #host: HostLink;

  constructor(frame: HTMLElement, state: OutputState, host: HostLink, onLook: (look: Look) => void) {
    this.#frame = frame;
    this.#state = state;
    this.#host = host;
    const { edit, offer } = state;
    this.#header = new Header(this.#looks, {
      change: (change) => edit.change(change),
      hot: (index) => this.#views.setHot(index),
      take: (action) => void this.#takeAway.take(action, this.#views, this.#image.path, this.#frame),
      open: () => host.post({ type: 'open', id: edit.stored.id, request: edit.wanted }),
      expand: () => this.#expand(!state.isExpanded),
      near: () => host.learnSizes(),
    });
    this.#banner = new Banner({
      store: () => (offer ? offer.keep() : edit.update()),
      discard: () => edit.discard(),
    });
    this.#views = new Views({
      ...{ look: state.look, looks: this.#looks, tilesHeight: tilesHeight(state) },
      onLook: (look) => {
        state.look = look;
        onLook(look);
      },
      onHot: (index) => this.#header.chips.setHot(index),
    });
    this.#takeAway = new TakeAway(host, (text) => this.#header.say(text));
    const { width, height } = this.#image;
    this.#shown = { picture: { width, height } };
    this.#frame.replaceChildren(this.#header.element, this.#banner.element, this.#views.element);
    this.#frame.onkeydown = (event) => this.#undo(event);
    this.#header.setExpanded(state.isExpanded);
  }

  setPicture(shown: ShownPicture): void {
    this.#shown = shown;
    this.#header.setNote(shown.note);
  }

  /** Shows the state as it is by now. @returns why it cannot be drawn, if so */
  update(): string | undefined {
    const { edit, offer } = this.#state;
    const { hello } = this.#host;
    const { wanted, shown } = edit;
    const noHost = hello ? undefined : needsExtension();
    this.#header.show(wanted, hello, noHost ?? (offer && t('keep it in the notebook first, to change it')), noHost);
    this.#looks.give(looksOf(shown.explanations[0]!.prompts));
    this.#header.chips.set(edit.words);
    this.#header.chips.refresh();
    this.#header.provenance.set(shown.explanations);
    this.#showBanner();
    return this.#views.show({
      picture: this.#shown.picture,
      words: this.#header.chips.words,
      methods: wanted.methods,
      explanations: shown.explanations,
      stage: edit.stage,
      hasFailed: edit.failure !== undefined,
    });
  }

  dispose(): void {
    this.#views.dispose();
    this.#takeAway.dispose();
    this.#frame.onkeydown = null;
    this.#frame.replaceChildren();
  }

  get #image() {
    return this.#state.edit.stored.explanations[0]!.image;
  }

  #showBanner(): void {
    const { edit, offer } = this.#state;
    if (offer) {
      const whyNot = offer.isTaken ? t('it is being put into the notebook') : undefined;
      const store = { label: t('Keep in Notebook'), whyNot };
      this.#banner.show({ text: t('live, not saved'), failure: offer.failure, store, canDiscard: false });
      return;
    }
    if (!edit.request) return this.#banner.show({ text: undefined, canDiscard: false });
    const whyNot = edit.words.length === 0 ? t('there are no prompts') : undefined;
    this.#banner.show({
      text: [edit.followsChange && t('vocabulary changed'), t('not saved · Run again to store'), edit.stage]
        .filter(Boolean)
        .join(' · '),
      failure: edit.failure,
      store: { label: t('Update the Cell'), whyNot },
      canDiscard: true,
    });
  }

  #expand(isExpanded: boolean): void {
    this.#state.isExpanded = isExpanded;
    this.#header.setExpanded(isExpanded);
    this.#views.setTilesHeight(tilesHeight(this.#state));
  }

  #undo(event: KeyboardEvent): void {
    const isUndo = event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isUndo || event.target instanceof HTMLInputElement) return;
    // The editor would undo an edit of a cell.
    event.preventDefault();
    event.stopPropagation();
    this.#header.chips.undo();
  }
}
