@NullMarked
package lazaret.e2e;

import org.jspecify.annotations.NullMarked;
