@NullMarked
package lazaret.conformance;

import org.jspecify.annotations.NullMarked;
