/// The command `documentation`.
@NullMarked
package lazaret.cli.documentation;

import org.jspecify.annotations.NullMarked;
