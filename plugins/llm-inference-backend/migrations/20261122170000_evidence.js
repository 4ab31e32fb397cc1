/**
 * What was seen of services beside their objects: lines of logs by run of a container, and the rate at which
 * KV cache moved when a service was known good.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('log_evidence', table => {
    table.comment('Lines that are evidence, by run of a container');
    table.string('incarnation', 320).primary();
    table.string('service', 512).notNullable();
    table.text('lines').notNullable().comment('JSON list, secrets replaced');
    table.boolean('after_transfer').notNullable();
    table.bigInteger('at').notNullable().comment('Milliseconds since 1970');
    table.index(['service']);
    table.index(['at']);
  });
  await knex.schema.createTable('kv_baselines', table => {
    table.comment('Transfer rates of services when they were known good');
    table.string('service', 512).primary();
    table.double('bytes_per_second').notNullable();
    table.bigInteger('at').notNullable().comment('Milliseconds since 1970');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('kv_baselines');
  await knex.schema.dropTable('log_evidence');
};
