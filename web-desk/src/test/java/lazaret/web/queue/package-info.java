@NullMarked
package lazaret.web.queue;

import org.jspecify.annotations.NullMarked;
