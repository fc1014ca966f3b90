@NullMarked
package lazaret.cli.lockfile;

import org.jspecify.annotations.NullMarked;
