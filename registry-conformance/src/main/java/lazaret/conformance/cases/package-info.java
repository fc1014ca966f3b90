/// The cases of the suite.
@NullMarked
package lazaret.conformance.cases;

import org.jspecify.annotations.NullMarked;
