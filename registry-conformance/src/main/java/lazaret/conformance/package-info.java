/// The runner of the suite.
@NullMarked
package lazaret.conformance;

import org.jspecify.annotations.NullMarked;
