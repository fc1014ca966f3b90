/// The bounded search over the names of stored crates.
@NullMarked
package lazaret.vetting.search;

import org.jspecify.annotations.NullMarked;
