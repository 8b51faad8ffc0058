import { Workbench } from './workbench';

/** For mocha's --require: a test that fails leaves a picture of each open window in the output folder. */
export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replaceAll(/\W+/g, '-');
    for (const workbench of Workbench.opened) console.log(`      see ${await workbench.screenshot(`failed-${name}`)}`);
  },
};
