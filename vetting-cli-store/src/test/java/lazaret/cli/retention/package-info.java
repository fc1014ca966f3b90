@NullMarked
package lazaret.cli.retention;

import org.jspecify.annotations.NullMarked;
