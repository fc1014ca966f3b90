@NullMarked
package lazaret.tracing;

import org.jspecify.annotations.NullMarked;
