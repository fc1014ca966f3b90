@NullMarked
package lazaret.storage.postgres.schema;

import org.jspecify.annotations.NullMarked;
