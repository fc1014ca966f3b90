@NullMarked
package lazaret.sandbox.filter;

import org.jspecify.annotations.NullMarked;
