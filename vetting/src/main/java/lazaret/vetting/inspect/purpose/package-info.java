/// What a crate says of itself, against which its capabilities are held.
@NullMarked
package lazaret.vetting.inspect.purpose;

import org.jspecify.annotations.NullMarked;
