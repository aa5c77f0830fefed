/**
 * Records lie beside their names, not in one tree with them (`without rowid`): there each search that passes
 * an access list would read all of it, which cost a door with 100,000 Keys 17 ms of every opening. Both
 * tables are there or none is: one alone has lost the other.
 */
export const schema = `
  begin immediate;
  create table if not exists records (
    name text primary key, value blob not null
  ) strict;
  create table if not exists events (
    sequence integer primary key, encoded blob not null, hash blob not null
  ) strict;
  commit;
`;
