/// The commands that record decisions.
@NullMarked
package lazaret.cli.decision;

import org.jspecify.annotations.NullMarked;
