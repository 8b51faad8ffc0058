import { config } from '@vscode/l10n';
import { adoptStyles } from '../camView/styles';
import { HostLink } from './hostLink';
import { Panel } from './panel';
import './panel.css';

const { l10n } = document.body.dataset;
if (l10n) config({ contents: l10n });

adoptStyles(document);
const host = new HostLink();
const panel = new Panel(document.getElementById('app')!, host);

// One after the other: what follows a picture waits until that is decoded.
let last = Promise.resolve();
host.listen((message) => {
  last = last.then(() => panel.receive(message));
});

document.addEventListener('keydown', (event) => {
  const isText = event.target instanceof HTMLInputElement && event.target.type === 'text';
  if (isText || event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  event.preventDefault();
  // The editor would undo in a text editor of its own.
  event.stopPropagation();
  panel.undo();
});

host.post({ type: 'ready' });
