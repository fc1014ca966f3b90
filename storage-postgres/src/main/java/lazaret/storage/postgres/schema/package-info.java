/// The versions of the schema in the database.
@NullMarked
package lazaret.storage.postgres.schema;

import org.jspecify.annotations.NullMarked;
