/// Values of the operations on snapshots or bundles.
@NullMarked
package lazaret.vetting.deskapi.bundles;

import org.jspecify.annotations.NullMarked;
