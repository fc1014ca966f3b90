/// The trust in bundles that was set up in a store, as a command reads it.
@NullMarked
package lazaret.cli.trust;

import org.jspecify.annotations.NullMarked;
