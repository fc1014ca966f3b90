/// The pages about private crates.
@NullMarked
package lazaret.web.hosting;

import org.jspecify.annotations.NullMarked;
