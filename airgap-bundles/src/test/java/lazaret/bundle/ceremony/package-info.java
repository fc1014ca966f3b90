@NullMarked
package lazaret.bundle.ceremony;

import org.jspecify.annotations.NullMarked;
