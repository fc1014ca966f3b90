@NullMarked
package lazaret.sandbox.kernel;

import org.jspecify.annotations.NullMarked;
