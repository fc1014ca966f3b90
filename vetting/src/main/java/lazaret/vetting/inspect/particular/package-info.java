/// Particulars of the code of a crate by which one release is compared with the next: addresses,
/// dates, exported names and the like, each of which says nothing alone.
@NullMarked
package lazaret.vetting.inspect.particular;

import org.jspecify.annotations.NullMarked;
