/**
 * What a transfer rate was measured of: engines that are set up in another way have another one.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('kv_baselines', table => {
    table
      .string('setup', 32)
      .notNullable()
      .defaultTo('')
      .comment('Fingerprint of how the engines were set up');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('kv_baselines', table => {
    table.dropColumn('setup');
  });
};
