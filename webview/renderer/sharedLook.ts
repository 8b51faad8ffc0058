import type { RendererContext } from 'vscode-notebook-renderer';
import type { Look } from '../camView/look';

/** The look that was chosen last, for outputs that come later. */
export class SharedLook {
  readonly #context: RendererContext<unknown>;

  constructor(context: RendererContext<unknown>) {
    this.#context = context;
  }

  /** As it was stored: anything. */
  get last(): unknown {
    return (this.#context.getState() as { look?: unknown } | undefined | null)?.look;
  }

  remember(look: Look): void {
    this.#context.setState({ look });
  }
}
