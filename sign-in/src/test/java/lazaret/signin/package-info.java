@NullMarked
package lazaret.signin;

import org.jspecify.annotations.NullMarked;
