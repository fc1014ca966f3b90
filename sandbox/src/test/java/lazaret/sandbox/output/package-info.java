@NullMarked
package lazaret.sandbox.output;

import org.jspecify.annotations.NullMarked;
