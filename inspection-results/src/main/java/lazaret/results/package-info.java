/// Inspection results that other gates signed.
@NullMarked
package lazaret.results;

import org.jspecify.annotations.NullMarked;
