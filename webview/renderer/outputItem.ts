import { t } from '@vscode/l10n';
import type { ExplanationOutput } from '../../src/protocol/notebook';
import { DEFAULT_LOOK, restoreLook, type Look } from '../camView/look';
import type { HostLink } from './hostLink';
import { LiveEdit } from './liveEdit';
import type { Nearby } from './nearby';
import { OutputBody, tilesHeight, type Offer, type OutputState } from './outputBody';
import type { Pictures, ShownPicture } from './pictures';
import { heightOf } from './placeholder';
import type { SharedLook } from './sharedLook';
import type { Lease } from './sharedPictures';
import type { Shell } from './shell';

/** What all outputs of a document have in common. */
export interface Surroundings {
  readonly host: HostLink;
  readonly pictures: Pictures;
  readonly nearby: Nearby;
  readonly look: SharedLook;
}

/** Until the element is laid out. */
const LIKELY_WIDTH = 800;

/** One output: drawn while it is near, an empty place of the same height while it is not. */
export class OutputItem {
  readonly #state: OutputState;
  #body: OutputBody | undefined;
  #lease: Lease<ShownPicture> | undefined;
  readonly #shell: Shell;
  readonly #around: Surroundings;

  constructor(shell: Shell, stored: ExplanationOutput, around: Surroundings, offer?: Offer) {
    this.#shell = shell;
    this.#around = around;
    const edit = new LiveEdit(stored, around.host, () => this.update());
    const look: Look = { ...restoreLook(around.look.last), threshold: stored.threshold ?? DEFAULT_LOOK.threshold };
    this.#state = { edit, offer, look, isExpanded: false };
    const width = shell.host.clientWidth || LIKELY_WIDTH;
    shell.frame.style.height = `${heightOf(stored, width, tilesHeight(this.#state))}px`;
    around.nearby.watch(shell.host, (isNear) => (isNear ? this.#draw() : this.#letGo()));
  }

  /** Shows the state as it is by now. */
  update(): void {
    const problem = this.#body?.update();
    if (problem !== undefined) this.#fail(problem);
  }

  dispose(): void {
    this.#around.nearby.unwatch(this.#shell.host);
    this.#state.edit.dispose();
    this.#clear();
    this.#shell.host.remove();
  }

  #draw(): void {
    if (this.#body) return;
    const { host, look, pictures } = this.#around;
    this.#body = new OutputBody(this.#shell.frame, this.#state, host, (last) => look.remember(last));
    this.#shell.frame.style.height = '';
    this.#state.edit.setNear(true);
    this.update();
    if (!this.#body) return;
    const lease = pictures.acquire(this.#state.edit.stored);
    this.#lease = lease;
    lease.value.then(
      (shown) => {
        if (this.#lease !== lease) return;
        this.#body?.setPicture(shown);
        this.update();
      },
      (error: unknown) => this.#fail(t('The picture cannot be shown. {0}', String(error))),
    );
  }

  #letGo(): void {
    // Whoever types there has only looked elsewhere.
    if (!this.#body || this.#shell.host.matches(':focus-within')) return;
    this.#shell.frame.style.height = `${this.#shell.frame.offsetHeight}px`;
    this.#state.edit.setNear(false);
    this.#clear();
  }

  #clear(): void {
    this.#body?.dispose();
    this.#body = undefined;
    this.#lease?.release();
    this.#lease = undefined;
  }

  #fail(problem: string): void {
    this.#around.nearby.unwatch(this.#shell.host);
    this.#clear();
    this.#shell.sentence(problem, 'alert');
  }
}
