/// Snapshot drafts, their publication, the port for bundles.
@NullMarked
package lazaret.vetting.desk.snapshots;

import org.jspecify.annotations.NullMarked;
