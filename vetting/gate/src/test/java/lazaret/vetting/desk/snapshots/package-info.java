@NullMarked
package lazaret.vetting.desk.snapshots;

import org.jspecify.annotations.NullMarked;
