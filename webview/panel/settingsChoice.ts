import { t } from '@vscode/l10n';
import {
  ASPECTS,
  DEFAULT_ASPECT,
  DEFAULT_METHOD,
  METHOD_NAMES,
  type Aspect,
  type MethodName,
} from '../../src/protocol/explanation';
import type { PanelSettings, SizeChoice } from '../../src/protocol/panel';
import { aspectChoice, methodChoice } from '../camView/choices';
import { element } from '../camView/dom';
import { dropdown, type Choice } from './toolkit';

/** Method, size and shape, each a list to choose from. */
export class SettingsChoice {
  readonly element: HTMLElement;
  settings: PanelSettings = { method: DEFAULT_METHOD, aspect: DEFAULT_ASPECT };
  private sizes: readonly SizeChoice[] = [];
  private readonly method = dropdown(t('Method'), (value) => this.choose({ method: value as MethodName }));
  private readonly size = dropdown(t('Size'), (value) => this.choose({ side: this.sideFor(Number(value)) }));
  private readonly aspect = dropdown(t('Shape'), (value) => this.choose({ aspect: value as Aspect }));

  constructor(private readonly onChoice: () => void) {
    this.element = element('span', { class: 'settings' }, this.method.element, this.size.element, this.aspect.element);
    this.set(this.settings, []);
  }

  /** @param sizes none while the model is not known */
  set(settings: PanelSettings, sizes: readonly SizeChoice[]): void {
    this.settings = settings;
    this.sizes = sizes;
    const side = settings.side ?? sizes.find((size) => size.isDefault)?.side;
    this.method.set(
      METHOD_NAMES.map((value) => ({ value, ...methodChoice(value) })),
      settings.method,
    );
    this.size.set(
      sizes.map((size) => this.sizeText(size)),
      String(side),
    );
    this.size.element.hidden = sizes.length === 0;
    this.aspect.set(
      ASPECTS.map((value) => ({ value, ...aspectChoice(value) })),
      settings.aspect,
    );
  }

  private choose(part: Partial<PanelSettings>): void {
    this.set({ ...this.settings, ...part }, this.sizes);
    this.onChoice();
  }

  /** The default is left out, so that another model brings its own. */
  private sideFor(side: number): number | undefined {
    return this.sizes.some((size) => size.isDefault && size.side === side) ? undefined : side;
  }

  private sizeText({ side, patches, isNative }: SizeChoice): Choice {
    return {
      value: String(side),
      text: isNative ? t('{0} px (native)', side) : t('{0} px', side),
      title:
        this.settings.aspect === 'keep' ? t('as many patches as {0} × {0}', patches) : t('{0} × {0} patches', patches),
    };
  }
}
