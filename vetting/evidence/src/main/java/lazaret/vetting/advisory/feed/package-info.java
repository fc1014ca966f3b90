/// The readers of advisory feeds: RustSec, OSV, local lists.
@NullMarked
package lazaret.vetting.advisory.feed;

import org.jspecify.annotations.NullMarked;
