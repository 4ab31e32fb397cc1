/**
 * Lets `yarn explain <file|->` run the script of that name. Yarn has a command "explain" of its own, for its
 * error codes, and a command goes before a script; `yarn run explain` works without this.
 */
module.exports = {
  name: 'plugin-explain-service',
  factory: yarnRequire => {
    const { BaseCommand } = yarnRequire('@yarnpkg/cli');
    const { Option } = yarnRequire('clipanion');

    class ExplainService extends BaseCommand {
      constructor() {
        super();
        this.args = Option.Proxy({ required: 1 });
      }

      async execute() {
        if (/^(YN)?\d+$/.test(this.args[0])) {
          this.context.stdout.write(
            'Yarn describes its error codes on https://yarnpkg.com/advanced/error-codes\n',
          );
          return 0;
        }
        return this.cli.run(['run', 'explain', ...this.args]);
      }
    }
    ExplainService.paths = [['explain']];
    return { commands: [ExplainService] };
  },
};
