/// Access of commands to the trust in bundles of a store.
@NullMarked
package lazaret.cli.trust;

import org.jspecify.annotations.NullMarked;
