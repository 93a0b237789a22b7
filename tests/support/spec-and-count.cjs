// The reporter of every suite: mocha's own "spec", the names of tests that passed only when tried again, and why
// a test was skipped. tests/support is loaded by mocha with require, so this file is CommonJS.
const { reporters, Runner } = require("mocha");

module.exports = class SpecAndCount extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on(Runner.constants.EVENT_TEST_RETRY, (test, error) => {
      console.log(`      again: ${test.fullTitle()}: ${error.message}`);
    });
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats;
      console.log(`pgt-count ${String(passes)} ${String(failures)} ${String(pending)}`);
    });
  }
};
