import type { FromPanel, PanelState, ToPanel } from '../../src/protocol/panel';
import { restoreLook, type Look } from '../camView/look';

/** Milliseconds of rest after which a moved slider is remembered. */
const REST = 250;

/** The extension host as the page sees it: messages both ways and the state that survives a reload. */
export class HostLink {
  private readonly api = acquireVsCodeApi<PanelState>();
  private state = this.api.getState();
  private timer: number | undefined;
  look: Look = restoreLook(this.state?.look);

  post(message: FromPanel): void {
    this.api.postMessage(message);
  }

  /** Messages of a known type, in order. */
  listen(receive: (message: ToPanel) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isToPanel(data)) receive(data);
    });
  }

  remember(state: Omit<PanelState, 'look'>): void {
    this.state = { ...state, look: this.look };
    this.api.setState(this.state);
  }

  /** Keeps the look with what the host asked to remember; before that there is nothing to keep it with. */
  rememberLook(look: Look): void {
    this.look = look;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.state && this.remember(this.state), REST);
  }
}

const FIELDS: Readonly<Record<ToPanel['type'], readonly string[]>> = {
  setup: ['prompts', 'looks', 'vocabulary', 'settings', 'sizes', 'isDemo'],
  place: ['place'],
  thumbnail: ['index', 'image', 'bytes'],
  picture: ['picture'],
  working: ['stage'],
  explanation: ['explanation'],
  failed: ['message'],
  cancelled: [],
  gone: [],
  empty: [],
  take: ['taken'],
  done: ['message'],
  remember: ['state'],
};

function isToPanel(data: unknown): data is ToPanel {
  if (typeof data !== 'object' || data === null || !('type' in data) || typeof data.type !== 'string') return false;
  return Object.hasOwn(FIELDS, data.type) && FIELDS[data.type as ToPanel['type']].every((field) => field in data);
}
