/// The store or the upstream as seen under one snapshot.
@NullMarked
package lazaret.vetting.gate.snapshots;

import org.jspecify.annotations.NullMarked;
