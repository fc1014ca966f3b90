/// Requests and replies about snapshots and bundles.
@NullMarked
package lazaret.vetting.deskapi.bundles;

import org.jspecify.annotations.NullMarked;
