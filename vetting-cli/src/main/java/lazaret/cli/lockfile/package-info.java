/// The commands that check a lockfile.
@NullMarked
package lazaret.cli.lockfile;

import org.jspecify.annotations.NullMarked;
