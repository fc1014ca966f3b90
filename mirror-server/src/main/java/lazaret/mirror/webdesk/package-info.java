/// The connection of the web desk to the server.
@NullMarked
package lazaret.mirror.webdesk;

import org.jspecify.annotations.NullMarked;
