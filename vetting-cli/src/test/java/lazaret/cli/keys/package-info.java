@NullMarked
package lazaret.cli.keys;

import org.jspecify.annotations.NullMarked;
