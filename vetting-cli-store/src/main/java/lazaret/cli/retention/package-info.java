/// The commands on stored artifacts.
@NullMarked
package lazaret.cli.retention;

import org.jspecify.annotations.NullMarked;
