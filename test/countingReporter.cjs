// Mocha's "spec" for the reader, with a line for each second try, and the numbers for test/run.mjs in the file that TEST_COUNTS names.
const { writeFileSync } = require('node:fs');
const console = require('node:console');
const { env } = require('node:process');
const Mocha = require('mocha');

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('retry', (test, error) =>
      console.log(`    again: ${test.fullTitle()} (${error.message.split('\n')[0]})`),
    );
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats;
      if (env.TEST_COUNTS) {
        writeFileSync(env.TEST_COUNTS, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      }
    });
  }
};
