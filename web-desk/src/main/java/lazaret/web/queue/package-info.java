/// The pages of requested versions.
@NullMarked
package lazaret.web.queue;

import org.jspecify.annotations.NullMarked;
