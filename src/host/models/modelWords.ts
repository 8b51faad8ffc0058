import type { ModelWords } from '../vocabulary/builtIns';
import type { Models } from './models';
import { EMBEDDED } from './modelSettings';

/** The words of the model in use, as the vocabulary that has its name. */
export function modelWords(models: Models): ModelWords {
  const words = async () => (await models.info()).prompts;
  return {
    onDidChange: models.onDidChange,
    words,
    async vocabulary() {
      const { id } = await models.current();
      // Of the embedded model it is known without the engine, which would have to start to be asked.
      return id === EMBEDDED || (await words()).length > 0 ? id : undefined;
    },
  };
}
