/**
 * The tables of a `.gslab` file and the numbered steps that lead to them. A file's `user_version` is the number of
 * migrations it went through; a released migration is never edited, because a file is recognised by comparing its
 * schema, word for word, with what these steps make of an empty database.
 *
 * Rollback journal, not WAL: what is committed is then in the one file, whatever killed the writer, and whoever
 * copies or mails that file has everything. A `-journal` exists only while a transaction is being written.
 */
import { DatabaseSync } from 'node:sqlite';

/** "GSLB" in the header's application id: tells our files from any other SQLite database. */
export const APPLICATION_ID = 0x47_53_4c_42;

/** Migration n (counted from 1) leads from schema n − 1 to schema n. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE session (
     only INTEGER PRIMARY KEY CHECK (only = 1),
     id TEXT NOT NULL,
     created_at TEXT NOT NULL,
     app_version TEXT NOT NULL,
     notes TEXT NOT NULL
   ) STRICT;
   CREATE TABLE machine (
     id INTEGER PRIMARY KEY,
     record TEXT NOT NULL UNIQUE
   ) STRICT;
   CREATE TABLE run (
     id INTEGER PRIMARY KEY,
     started_at TEXT NOT NULL,
     finished_at TEXT,
     status TEXT NOT NULL,
     request TEXT NOT NULL,
     order_seed INTEGER NOT NULL,
     round_order TEXT NOT NULL,
     machine INTEGER NOT NULL REFERENCES machine (id)
   ) STRICT;
   CREATE TABLE variant (
     run INTEGER NOT NULL REFERENCES run (id),
     variant INTEGER NOT NULL,
     backend TEXT NOT NULL,
     status TEXT NOT NULL,
     adapter TEXT,
     trouble TEXT,
     verification TEXT,
     summary TEXT,
     field TEXT,
     PRIMARY KEY (run, variant)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE sample (
     run INTEGER NOT NULL,
     variant INTEGER NOT NULL,
     round INTEGER NOT NULL,
     batch INTEGER NOT NULL,
     steps INTEGER NOT NULL,
     seconds REAL NOT NULL,
     gpu_seconds REAL,
     PRIMARY KEY (run, variant, round, batch),
     FOREIGN KEY (run, variant) REFERENCES variant (run, variant)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE kept_field (
     run INTEGER NOT NULL,
     variant INTEGER NOT NULL,
     step INTEGER NOT NULL,
     grid_rows INTEGER NOT NULL,
     grid_cols INTEGER NOT NULL,
     PRIMARY KEY (run, variant),
     FOREIGN KEY (run, variant) REFERENCES variant (run, variant)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE kept_field_part (
     id INTEGER PRIMARY KEY,
     run INTEGER NOT NULL,
     variant INTEGER NOT NULL,
     species TEXT NOT NULL,
     part INTEGER NOT NULL,
     packed BLOB NOT NULL,
     UNIQUE (run, variant, species, part),
     FOREIGN KEY (run, variant) REFERENCES kept_field (run, variant)
   ) STRICT;
   CREATE TABLE exercise_done (
     position INTEGER PRIMARY KEY,
     exercise TEXT NOT NULL UNIQUE
   ) STRICT;`,
  `CREATE TABLE span (
     id INTEGER PRIMARY KEY,
     run INTEGER NOT NULL,
     variant INTEGER NOT NULL,
     round INTEGER NOT NULL,
     what TEXT NOT NULL,
     image INTEGER NOT NULL,
     begin_seconds REAL NOT NULL,
     end_seconds REAL NOT NULL,
     FOREIGN KEY (run, variant) REFERENCES variant (run, variant)
   ) STRICT;
   CREATE INDEX span_of_variant ON span (run, variant);`,
  `CREATE TABLE observation (
     run INTEGER NOT NULL,
     variant INTEGER NOT NULL,
     round INTEGER NOT NULL,
     step INTEGER NOT NULL,
     name TEXT NOT NULL,
     value REAL,
     PRIMARY KEY (run, variant, round, name, step),
     FOREIGN KEY (run, variant) REFERENCES variant (run, variant)
   ) STRICT, WITHOUT ROWID;`,
  'ALTER TABLE sample ADD COLUMN steps_per_submit INTEGER;',
  `CREATE TABLE round_condition (
     run INTEGER NOT NULL REFERENCES run (id),
     round INTEGER NOT NULL,
     variant INTEGER NOT NULL,
     record TEXT NOT NULL,
     PRIMARY KEY (run, round, variant)
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE ceilings (
     machine INTEGER PRIMARY KEY REFERENCES machine (id),
     record TEXT NOT NULL
   ) STRICT;`,
  // An entry of the order is a variant, or the control where it is the number of variants. Of runs from before, the turns
  // whose samples have all of their steps are finished.
  `ALTER TABLE run ADD COLUMN control_variant INTEGER;
   CREATE TABLE control_sample (
     run INTEGER NOT NULL REFERENCES run (id),
     round INTEGER NOT NULL,
     batch INTEGER NOT NULL,
     steps INTEGER NOT NULL,
     seconds REAL NOT NULL,
     gpu_seconds REAL,
     steps_per_submit INTEGER,
     PRIMARY KEY (run, round, batch)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE finished_turn (
     run INTEGER NOT NULL REFERENCES run (id),
     round INTEGER NOT NULL,
     entry INTEGER NOT NULL,
     PRIMARY KEY (run, round, entry)
   ) STRICT, WITHOUT ROWID;
   INSERT INTO finished_turn
     SELECT run.id, sample.round, sample.variant FROM sample JOIN run ON run.id = sample.run
     WHERE json_valid(run.request)
     GROUP BY run.id, sample.round, sample.variant
     HAVING total(sample.steps) =
       coalesce(json_extract(run.request, '$.variants[' || sample.variant || '].steps'), json_extract(run.request, '$.steps'));`,
  `CREATE TABLE annotation (
     run INTEGER NOT NULL,
     variant INTEGER NOT NULL,
     name TEXT,
     note TEXT,
     hidden INTEGER NOT NULL,
     PRIMARY KEY (run, variant),
     FOREIGN KEY (run, variant) REFERENCES variant (run, variant)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE baseline (
     only INTEGER PRIMARY KEY CHECK (only = 1),
     run INTEGER NOT NULL,
     variant INTEGER NOT NULL,
     FOREIGN KEY (run, variant) REFERENCES variant (run, variant)
   ) STRICT;`,
];

function headerNumber(database: DatabaseSync, pragma: 'user_version' | 'application_id'): number {
  return database.prepare(`PRAGMA ${pragma}`).get()?.[pragma] as number;
}

export const schemaVersion = (database: DatabaseSync): number => headerNumber(database, 'user_version');

/**
 * Brings the database to the newest schema, each migration whole or not at all: a failing one leaves the schema before
 * it. May run inside a transaction.
 */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  for (let version = schemaVersion(database); version < migrations.length; version++) {
    database.exec('SAVEPOINT migration');
    try {
      database.exec(migrations[version]!);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version + 1}; RELEASE migration`);
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK TO migration; RELEASE migration');
      throw error;
    }
  }
}

/** Every table and index of the schema with its SQL, in a form that two databases of one schema have in common. */
export function schemaText(database: DatabaseSync): string {
  const objects = database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT 1000').all();
  return objects
    .map(({ type, name, tbl_name: table, sql }) => [type, name, table, sql ?? ''].join('\u0000'))
    .sort()
    .join('\n');
}

/** What `schemaText` gives for a file that went through the first `version` migrations. */
export function expectedSchemaText(version: number, migrations: readonly string[] = MIGRATIONS): string {
  using database = new DatabaseSync(':memory:');
  migrate(database, migrations.slice(0, version));
  return schemaText(database);
}
