/**
 * Which entity a service said that it belongs to: who uses its name after it sees nothing of what it did.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const name of ['services', 'transitions']) {
    await knex.schema.alterTable(name, table => {
      table
        .string('entity', 512)
        .comment('Claimed entity; empty for none, null where it was not noted');
    });
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of ['services', 'transitions']) {
    await knex.schema.alterTable(name, table => table.dropColumn('entity'));
  }
};
