@NullMarked
package lazaret.sandbox.cargo;

import org.jspecify.annotations.NullMarked;
