/// Commands for keys, trust.
@NullMarked
package lazaret.cli.keys;

import org.jspecify.annotations.NullMarked;
