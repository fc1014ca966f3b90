@NullMarked
package lazaret.mirror.webdesk;

import org.jspecify.annotations.NullMarked;
