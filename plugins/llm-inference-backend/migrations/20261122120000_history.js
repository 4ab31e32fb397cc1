/**
 * History of services: their current verdict, every transition, and the times in which somebody looked.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('services', table => {
    table.comment('The last verdict that is known of each service');
    table.string('service', 512).primary().comment('cluster/namespace/name');
    table.string('verdict', 32).notNullable();
    table.string('root_cause', 64);
    table.bigInteger('since').notNullable().comment('Milliseconds since 1970');
    table.string('notified', 32).comment('What its owner was told last');
  });
  await knex.schema.createTable('transitions', table => {
    table.comment('Changes of verdict or root cause, each once');
    table.bigIncrements('id');
    table.string('service', 512).notNullable();
    table.bigInteger('at').notNullable();
    table.string('previous_verdict', 32);
    table.string('verdict', 32).notNullable();
    table.string('root_cause', 64);
    table.text('summary').notNullable();
    table.index(['service', 'at']);
    table.index(['at']);
  });
  await knex.schema.createTable('observed', table => {
    table.comment('Spans in which a cluster was watched');
    table.bigIncrements('id');
    table.string('cluster', 255).notNullable();
    table.bigInteger('from').notNullable();
    table.bigInteger('until').notNullable();
    table.index(['cluster', 'until']);
  });
  await knex.schema.createTable('lease', table => {
    table.comment('Which replica records');
    table.string('name', 32).primary();
    table.string('holder', 64).notNullable();
    table.bigInteger('expires').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of ['lease', 'observed', 'transitions', 'services']) {
    await knex.schema.dropTable(table);
  }
};
