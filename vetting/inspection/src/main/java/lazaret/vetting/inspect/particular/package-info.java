/// Particulars of the code of a crate, by which one release is compared with the next.
///
/// They are addresses, dates, exported names and similar details. None of them is evidence alone.
@NullMarked
package lazaret.vetting.inspect.particular;

import org.jspecify.annotations.NullMarked;
