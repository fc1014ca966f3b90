/// The storage of files by their SHA-256.
@NullMarked
package lazaret.site.store;

import org.jspecify.annotations.NullMarked;
