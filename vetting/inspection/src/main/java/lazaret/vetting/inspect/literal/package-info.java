/// The meaning of literals: hosts, addresses, programs, encodings.
@NullMarked
package lazaret.vetting.inspect.literal;

import org.jspecify.annotations.NullMarked;
