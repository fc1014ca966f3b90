/// Periods that a wrong clock neither extends nor begins.
@NullMarked
package lazaret.vetting.timing;

import org.jspecify.annotations.NullMarked;
