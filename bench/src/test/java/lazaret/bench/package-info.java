@NullMarked
package lazaret.bench;

import org.jspecify.annotations.NullMarked;
