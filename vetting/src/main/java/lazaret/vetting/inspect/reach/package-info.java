/// Values that pass from one source of a crate to another: secrets on their way to what sends, and
/// what was received on its way to what runs it.
@NullMarked
package lazaret.vetting.inspect.reach;

import org.jspecify.annotations.NullMarked;
