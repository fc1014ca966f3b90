/// The reader of `.crate` files: gzip member, tar entries, path rules.
@NullMarked
package lazaret.vetting.archive;

import org.jspecify.annotations.NullMarked;
