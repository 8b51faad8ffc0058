import type { Stage } from '../../protocol/engine';
import { workingMessage } from '../panel/messages';

/** What the engine does, in the same words as in the panel. */
export function stageText(stage: Stage): string {
  const message = workingMessage(stage);
  return message.type === 'working' ? message.stage : '';
}
