/**
 * When each part of a service was last seen ready: tells a pool that has broken from one that never worked.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('ready_times', table => {
    table.comment('When the parts of each service were last seen ready');
    table.string('service', 512).primary().comment('cluster/namespace/name');
    table.bigInteger('decode').comment('Milliseconds since 1970');
    table.bigInteger('prefill').comment('Milliseconds since 1970');
    table.bigInteger('scheduler').comment('Milliseconds since 1970');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ready_times');
};
