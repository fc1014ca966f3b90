@NullMarked
package lazaret.sandbox.watch;

import org.jspecify.annotations.NullMarked;
