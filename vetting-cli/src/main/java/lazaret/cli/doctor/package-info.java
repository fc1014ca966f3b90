/// The check that cargo in a project uses the gate.
///
/// It reads the files that cargo reads.
@NullMarked
package lazaret.cli.doctor;

import org.jspecify.annotations.NullMarked;
