/// Removal of old snapshots.
@NullMarked
package lazaret.vetting.desk.retention;

import org.jspecify.annotations.NullMarked;
