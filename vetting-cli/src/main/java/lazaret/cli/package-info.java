/// The product from a terminal.
@NullMarked
package lazaret.cli;

import org.jspecify.annotations.NullMarked;
