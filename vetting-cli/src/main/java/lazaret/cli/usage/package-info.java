/// Messages about command lines that cannot be run.
@NullMarked
package lazaret.cli.usage;

import org.jspecify.annotations.NullMarked;
