/// The data flows between the sources of a crate, from secrets to calls that send or from received
/// data to calls that run it.
@NullMarked
package lazaret.vetting.inspect.reach;

import org.jspecify.annotations.NullMarked;
