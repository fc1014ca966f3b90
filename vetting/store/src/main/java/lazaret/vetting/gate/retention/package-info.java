/// Limits on what clients or upstream make the server keep.
@NullMarked
package lazaret.vetting.gate.retention;

import org.jspecify.annotations.NullMarked;
