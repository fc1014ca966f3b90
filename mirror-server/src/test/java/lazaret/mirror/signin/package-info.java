@NullMarked
package lazaret.mirror.signin;

import org.jspecify.annotations.NullMarked;
