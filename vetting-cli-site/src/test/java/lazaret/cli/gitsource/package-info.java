@NullMarked
package lazaret.cli.gitsource;

import org.jspecify.annotations.NullMarked;
