/// The commands for bundles.
@NullMarked
package lazaret.cli.bundle;

import org.jspecify.annotations.NullMarked;
