/// Limits on what clients and upstream make the server keep, and the counts of what was left out.
@NullMarked
package lazaret.vetting.retention;

import org.jspecify.annotations.NullMarked;
