/// The commands for administrators of a gate.
@NullMarked
package lazaret.cli.admin;

import org.jspecify.annotations.NullMarked;
