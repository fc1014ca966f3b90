/// The requests about private crates, without HTTP.
@NullMarked
package lazaret.vetting.hosting.api;

import org.jspecify.annotations.NullMarked;
