@NullMarked
package lazaret.sandbox.bubblewrap;

import org.jspecify.annotations.NullMarked;
