/// The gate as a server: its start, its configuration and its parts list.
@NullMarked
package lazaret.mirror;

import org.jspecify.annotations.NullMarked;
