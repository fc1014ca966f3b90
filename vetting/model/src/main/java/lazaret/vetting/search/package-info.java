/// Search for the names of stored crates. The number of summaries and index lines that it reads is
/// bounded.
@NullMarked
package lazaret.vetting.search;

import org.jspecify.annotations.NullMarked;
