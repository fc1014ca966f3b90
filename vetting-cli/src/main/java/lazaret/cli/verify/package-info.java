/// The result of `verify` and its output forms for people and tools.
@NullMarked
package lazaret.cli.verify;

import org.jspecify.annotations.NullMarked;
