@NullMarked
package lazaret.bundle.hardware;

import org.jspecify.annotations.NullMarked;
