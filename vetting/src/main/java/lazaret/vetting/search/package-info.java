/// Search over the names of held crates, at a cost that depends on neither their number nor their
/// versions.
@NullMarked
package lazaret.vetting.search;

import org.jspecify.annotations.NullMarked;
