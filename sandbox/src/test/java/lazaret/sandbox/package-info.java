@NullMarked
package lazaret.sandbox;

import org.jspecify.annotations.NullMarked;
