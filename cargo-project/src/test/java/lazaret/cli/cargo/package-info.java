@NullMarked
package lazaret.cli.cargo;

import org.jspecify.annotations.NullMarked;
