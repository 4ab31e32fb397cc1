module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Scenarios stand beside the causes that they show; only tests read them.
      files: ['**/*.scenarios.ts'],
      rules: { 'no-restricted-imports': 'off' },
    },
  ],
});
