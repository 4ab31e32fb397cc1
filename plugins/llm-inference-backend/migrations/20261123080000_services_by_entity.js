/**
 * The last verdict is known of a service under each entity that it said it belongs to, or that misses it: what
 * one entity is told does not depend on whose service has the name.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('services_by_entity', table => {
    table.comment('The last verdict that is known of each service');
    table
      .string('service', 512)
      .notNullable()
      .comment('cluster/namespace/name');
    table
      .string('entity', 512)
      .notNullable()
      .comment('Claimed entity; empty for none, - where it was not noted');
    table.string('verdict', 32).notNullable();
    table.string('root_cause', 64);
    table.bigInteger('since').notNullable().comment('Milliseconds since 1970');
    table.string('notified', 32).comment('What its owner was told last');
    table.primary(['service', 'entity']);
  });
  await knex.raw(
    `insert into services_by_entity (service, entity, verdict, root_cause, since, notified)
     select service, coalesce(entity, '-'), verdict, root_cause, since, notified from services`,
  );
  await knex.schema.dropTable('services');
  await knex.schema.renameTable('services_by_entity', 'services');
};

/**
 * Keeps of each service what was known last.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.renameTable('services', 'services_by_entity');
  await knex.schema.createTable('services', table => {
    table.string('service', 512).primary();
    table.string('verdict', 32).notNullable();
    table.string('root_cause', 64);
    table.bigInteger('since').notNullable();
    table.string('notified', 32);
    table.string('entity', 512);
  });
  const rows = await knex('services_by_entity').orderBy('since');
  const last = new Map(
    rows.map(({ entity, ...row }) => [
      row.service,
      { ...row, entity: entity === '-' ? null : entity },
    ]),
  );
  for (const row of last.values()) await knex('services').insert(row);
  await knex.schema.dropTable('services_by_entity');
};
