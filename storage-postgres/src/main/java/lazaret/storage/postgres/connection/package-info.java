/// Connections to the primary of a PostgreSQL cluster.
@NullMarked
package lazaret.storage.postgres.connection;

import org.jspecify.annotations.NullMarked;
