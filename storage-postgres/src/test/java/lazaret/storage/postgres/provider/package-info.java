@NullMarked
package lazaret.storage.postgres.provider;

import org.jspecify.annotations.NullMarked;
