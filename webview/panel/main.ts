import { config } from '@vscode/l10n';
import { adoptStyles } from '../camView/styles';
import { adoptPromptStyles } from '../prompts/styles';
import { setMenuContext } from './contextMenu';
import { HostLink } from './hostLink';
import { Panel } from './panel';
import './panel.css';

const { l10n } = document.body.dataset;
if (l10n) config({ contents: l10n });

setMenuContext(document.body, { preventDefaultContextMenuItems: true });
adoptStyles(document);
adoptPromptStyles(document);
const host = new HostLink();
const panel = new Panel(document.getElementById('app')!, host);

// One after the other: what follows a picture waits until that is decoded.
let last = Promise.resolve();
host.listen((message) => {
  last = last.then(() => panel.receive(message)).catch(reportError);
});

host.post({ type: 'ready' });
