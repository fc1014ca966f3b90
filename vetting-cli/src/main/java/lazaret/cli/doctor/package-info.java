/// Finds out whether cargo in a project really goes through the gate, by reading what cargo reads.
@NullMarked
package lazaret.cli.doctor;

import org.jspecify.annotations.NullMarked;
