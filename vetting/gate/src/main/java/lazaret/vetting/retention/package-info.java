/// Limits of records that clients and upstream cause, and the counts of what was left out.
@NullMarked
package lazaret.vetting.retention;

import org.jspecify.annotations.NullMarked;
