@NullMarked
package lazaret.storage.postgres.connection;

import org.jspecify.annotations.NullMarked;
