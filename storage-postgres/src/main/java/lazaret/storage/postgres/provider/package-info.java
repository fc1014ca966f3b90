/// The opening of a store on PostgreSQL from its settings.
@NullMarked
package lazaret.storage.postgres.provider;

import org.jspecify.annotations.NullMarked;
