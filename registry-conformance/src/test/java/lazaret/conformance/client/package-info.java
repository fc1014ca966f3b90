@NullMarked
package lazaret.conformance.client;

import org.jspecify.annotations.NullMarked;
