@NullMarked
package lazaret.mirror.following;

import org.jspecify.annotations.NullMarked;
