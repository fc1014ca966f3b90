/// Data flows between the sources of a crate: secrets to calls that send, and received data to
/// calls that run it.
@NullMarked
package lazaret.vetting.inspect.reach;

import org.jspecify.annotations.NullMarked;
