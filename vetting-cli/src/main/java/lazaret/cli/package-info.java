/// The command line program.
@NullMarked
package lazaret.cli;

import org.jspecify.annotations.NullMarked;
