/// The gate: assembly of its parts, background tasks.
@NullMarked
package lazaret.vetting.gate;

import org.jspecify.annotations.NullMarked;
