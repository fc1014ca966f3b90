/// The stored records of private crates.
@NullMarked
package lazaret.vetting.hosting.record;

import org.jspecify.annotations.NullMarked;
