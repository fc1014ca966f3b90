/// The commands for the keys of bundles or the trusted root.
@NullMarked
package lazaret.cli.keys;

import org.jspecify.annotations.NullMarked;
