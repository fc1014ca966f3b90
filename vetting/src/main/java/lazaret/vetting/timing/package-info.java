/// Periods that a clock that was wrong neither prolongs nor begins.
@NullMarked
package lazaret.vetting.timing;

import org.jspecify.annotations.NullMarked;
