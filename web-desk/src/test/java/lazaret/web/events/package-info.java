@NullMarked
package lazaret.web.events;

import org.jspecify.annotations.NullMarked;
