/// The configuration of cargo as a project has it.
@NullMarked
package lazaret.cli.cargo;

import org.jspecify.annotations.NullMarked;
