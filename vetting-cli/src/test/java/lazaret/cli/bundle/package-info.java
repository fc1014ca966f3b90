@NullMarked
package lazaret.cli.bundle;

import org.jspecify.annotations.NullMarked;
