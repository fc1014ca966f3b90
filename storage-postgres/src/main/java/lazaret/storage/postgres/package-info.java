/// The store on PostgreSQL, which several nodes share.
@NullMarked
package lazaret.storage.postgres;

import org.jspecify.annotations.NullMarked;
